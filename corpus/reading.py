"""Reading grade of plain text: Flesch-Kincaid, with names of conditions and procedures masked.

Grade = 0.39 * words/sentences + 11.8 * syllables/words - 15.59 (Kincaid 1975). Syllables are the
larger of Pyphen's hyphenation points and a count of vowel groups, so the grade errs upwards.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import pyphen

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"'’)]*\s+(?=[A-Z0-9\"'“(])")
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’%-]*")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_TOKEN: Final = re.compile(r"\w+")
_MASK: Final = "this"
# Abbreviations whose full stop ends no sentence.
_ABBREVIATION: Final = re.compile(r"\b(?:e\.g|i\.e|vs|Dr|approx|No(?=\.\s*\d))\.")


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables `word` has, at least one; a figure counts as one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if not letters:
        return 1
    groups = len(_VOWELS.findall(letters))
    silent_e = letters.endswith("e") and not letters.endswith(("le", "ee", "ye"))
    silent_ed = letters.endswith("ed") and not letters.endswith(("ted", "ded"))
    groups -= silent_e or silent_ed
    return max(1, groups, len(_hyphenation().positions(letters)) + 1)


def sentences(text: str) -> list[str]:
    """The sentences of `text`, abbreviations and decimals left whole."""
    guarded = _ABBREVIATION.sub(lambda match: match.group(0)[:-1], text.strip())
    return [part for part in _SENTENCE_END.split(guarded) if part.strip()]


def words(text: str) -> list[str]:
    """The words of `text`, figures included."""
    return _WORD.findall(text)


class Mask:
    """Replaces names that a patient cannot avoid by one short word before grading."""

    def __init__(self, names: Iterable[str]) -> None:
        """Longest names first, so that "low back pain" goes before "back pain"."""
        groups: dict[str, list[str]] = {}
        for name in sorted({name.lower() for name in names}, key=len, reverse=True):
            if first := _TOKEN.match(name):
                groups.setdefault(first.group(0), []).append(name)
        # One pattern a first word: thousands of names in one would be tried at every letter.
        self._patterns = {
            first: re.compile(rf"(?:{'|'.join(map(re.escape, group))})(?:e?s)?\b", re.IGNORECASE)
            for first, group in groups.items()
        }
        self._masked = lru_cache(maxsize=20_000)(self._mask)

    def __call__(self, text: str) -> str:
        """`text` with every name replaced; a capital stays one, so that sentences stay apart."""
        return self._masked(text)

    def _mask(self, text: str) -> str:
        parts: list[str] = []
        at = 0
        for word in _TOKEN.finditer(text):
            if word.start() < at or (found := self._name_at(text, word)) is None:
                continue
            mask = _MASK.title() if found.group(0)[0].isupper() else _MASK
            parts += [text[at : found.start()], mask]
            at = found.end()
        return "".join([*parts, text[at:]])

    def _name_at(self, text: str, word: re.Match[str]) -> re.Match[str] | None:
        """The longest name that starts at a word, in the singular or the plural."""
        typed = word.group(0).lower()
        for first in (typed, typed.removesuffix("s"), typed.removesuffix("es")):
            pattern = self._patterns.get(first)
            if pattern and (found := pattern.match(text, word.start())):
                return found
        return None


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of `text`; 0 for a text without words. Mask names first."""
    counted = words(text)
    if not counted:
        return 0.0
    parts = max(1, len(sentences(text)))
    total = sum(syllables(word) for word in counted)
    return 0.39 * len(counted) / parts + 11.8 * total / len(counted) - 15.59


def longest_sentence(text: str) -> int:
    """The number of words in the longest sentence of `text`."""
    return max((len(words(part)) for part in sentences(text)), default=0)
