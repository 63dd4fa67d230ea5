"""Finds cues (short phrases from the corpus) in what people type, misspellings included."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import Stemmer
from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein
from spellchecker import SpellChecker

from app.sound import sound

_WORD: Final = re.compile(r"[a-z0-9]+")
_APOSTROPHE: Final = re.compile(r"[’'`´]")
_SENTENCE: Final = re.compile(r"(?:[!?;\n]|\.(?!\d))+")
_LONG_WORD: Final = 10
_FUZZY_FROM: Final = 4
_ANY_FIRST: Final = 8
"""Letters from which the first one may be mistyped too ("sellulite")."""
_HEARD: Final = 3
_WRITTEN: Final = (75, 65)
"""How like, in %, a word must be written to one that sounds the same: with fewer sounds than
`_HEARD`, and with as many."""
_WORSE: Final = 8
"""How much less like it another one may be that is meant as well, in %."""
CLOSE: Final = 12
"""How many words one that was mistyped may stand for: lists hold misspellings too."""
_CANNOT: Final = re.compile(r"\bcan ?not\b")
_GAP: Final = ".."
_REPEATED: Final = re.compile(r"(.)\1{2,}")


def normalise(text: str) -> str:
    """Lower case, no accents or invisible marks, long runs of a letter cut, one form of "can't"."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(
        c for c in folded if (not unicodedata.combining(c) and c.isprintable()) or c == "\n"
    )
    return _CANNOT.sub("cant", _REPEATED.sub(r"\1\1", _APOSTROPHE.sub("", kept)))


def tokens(text: str) -> list[str]:
    """The words of a text, normalised; a hyphen separates words."""
    return _WORD.findall(normalise(text))


@dataclass(frozen=True)
class _CueWord:
    words: frozenset[str]
    prefixes: tuple[str, ...]
    gap: int = 0
    """How many words may stand before it; a cue writes `..3` for up to three."""

    def matches(self, token: str, meant: frozenset[str]) -> bool:
        return bool(self.words & meant) or (bool(self.prefixes) and token.startswith(self.prefixes))


@lru_cache(maxsize=50_000)
def _compile(cue: str) -> tuple[_CueWord, ...]:
    compiled: list[_CueWord] = []
    gap = 0
    for part in normalise(cue.replace("-", " ")).split():
        if part.startswith(_GAP):
            gap = int(part[len(_GAP) :])
            continue
        options = part.split("|")
        compiled.append(
            _CueWord(
                frozenset(option for option in options if not option.endswith("*")),
                tuple(option[:-1] for option in options if option.endswith("*")),
                gap,
            )
        )
        gap = 0
    return tuple(compiled)


def _tolerance(word: str) -> int:
    if len(word) < _FUZZY_FROM:
        return 0
    return 2 if len(word) >= _LONG_WORD else 1


@dataclass(frozen=True)
class Span:
    """Where a cue stands: token positions, end excluded."""

    start: int
    end: int


@cache
def english() -> SpellChecker:
    """The English word list."""
    return SpellChecker()


@lru_cache(maxsize=100_000)
def _commonness(word: str) -> float:
    return english().word_usage_frequency(word)


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


class Vocabulary:
    """All words of a set of cues, so that each typed word is compared once."""

    def __init__(self, cues: Iterable[str]) -> None:
        """Every cue that will be looked for."""
        self._words = sorted({w for cue in cues for part in _compile(cue) for w in part.words})
        self._exact = frozenset(self._words)
        self._long = [word for word in self._words if len(word) > _FUZZY_FROM]
        self._by_stem: dict[str, set[str]] = {}
        self._number = {
            word: frozenset({word, other})
            for word in self._exact
            if len(word) > _FUZZY_FROM
            and (other := word[:-1] if word.endswith("s") else f"{word}s") in self._exact
        }
        """Words that stand in the cues as one and as many ("infection", "infections")."""
        self._by_sound: dict[str, list[str]] = {}
        for word in self._long:
            self._by_sound.setdefault(sound(word), []).append(word)
        for word, stem in zip(self._long, _stemmer().stemWords(self._long), strict=True):
            self._by_stem.setdefault(stem, set()).add(word)

    def meant(self, token: str) -> frozenset[str]:
        """The vocabulary words that a typed word may stand for.

        A word that English has is not a misspelling of another one ("wants" is not "warts"); it
        stands for itself and its other forms. Anything else stands for what it is close to.
        """
        listed = token in self._exact
        known = token in english()
        if len(token) < _FUZZY_FROM or (listed and known):
            # A cue that names one infection is meant by "infections" too.
            return self._number.get(token) or frozenset({token})
        if known:
            return frozenset({token, *self._by_stem.get(_stemmer().stemWord(token), ())})
        close = process.extract(
            token,
            self._long,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=_tolerance(token),
            limit=CLOSE,
        )
        # The first letter is rarely mistyped; a changed one usually makes another word.
        any_first = len(token) >= _ANY_FIRST
        near = [word for word, _, _ in close if any_first or word[0] == token[0]]
        near += self._sounding_like(token)
        if listed:
            # A misspelling that one name lists ("carpal tunel") is the English word in others;
            # a name that English does not have is none.
            near = [*self._number.get(token, ()), *(word for word in near if word in english())]
        return frozenset({token, *near})

    def _sounding_like(self, token: str) -> list[str]:
        """The words that a typed word was heard as ("diseez")."""
        if len(token) <= _FUZZY_FROM:
            return []  # "tmrw" is no tumour
        heard = sound(token)
        alike = {word: fuzz.ratio(word, token) for word in self._by_sound.get(heard, ())}
        # The best of them: "thyroyd" sounds like "third" too.
        least = max(_WRITTEN[len(heard) >= _HEARD], max(alike.values(), default=0) - _WORSE)
        return [word for word, share in alike.items() if share >= least]


class Reading:
    """A text read with a vocabulary: its tokens and what each may mean."""

    def __init__(self, text: str, vocabulary: Vocabulary, cues: "CueList | None" = None) -> None:
        """Reads the whole of `text` as one run of words.

        `cues`: looked for at once and remembered, where many lists of cues are asked for.
        """
        self.tokens: Sequence[str] = tokens(text)
        self._meant = [vocabulary.meant(token) for token in self.tokens]
        self.meant: frozenset[str] = frozenset().union(*self._meant)
        self._places: dict[str, list[int]] = {}
        self._starting: dict[str, list[int]] = {}
        """Where each beginning of a word stands, for cues that match any ending."""
        for place, words in enumerate(self._meant):
            for word in words:
                self._places.setdefault(word, []).append(place)
            token = self.tokens[place]
            for length in range(1, len(token) + 1):
                self._starting.setdefault(token[:length], []).append(place)
        self._cues = cues
        self._heard: dict[str, list[Span]] = {}
        for cue in cues.possible(self) if cues else ():
            if spans := self._search(cue):
                self._heard[cue] = spans

    def find(self, cue: str) -> list[Span]:
        """Every place where the cue's words stand in a row."""
        if self._cues and cue in self._cues:
            return self._heard.get(cue, [])
        return self._search(cue)

    def _search(self, cue: str) -> list[Span]:
        parts = _compile(cue)
        # Most cues share no word with the text: reject them at once.
        if not parts or any(not self._may_hold(part) for part in parts):
            return []
        first = parts[0]
        starts = {n for word in first.words for n in self._places.get(word, ())}
        starts.update(n for prefix in first.prefixes for n in self._starting.get(prefix, ()))
        ends = ((start, self._end(parts, 0, start)) for start in sorted(starts))
        return [Span(start, end) for start, end in ends if end is not None]

    def _may_hold(self, part: _CueWord) -> bool:
        return not part.words.isdisjoint(self.meant) or any(
            prefix in self._starting for prefix in part.prefixes
        )

    def _end(self, parts: Sequence[_CueWord], number: int, place: int) -> int | None:
        """Where the cue's words from `number` on end if they stand from `place` on."""
        if number == len(parts):
            return place
        part = parts[number]
        for at in range(place, min(place + part.gap + 1, len(self.tokens))):
            if part.matches(self.tokens[at], self._meant[at]):
                end = self._end(parts, number + 1, at + 1)
                if end is not None:
                    return end
        return None

    @property
    def beginnings(self) -> Iterable[str]:
        """Every beginning of a word of the text."""
        return self._starting

    def has(self, cue: str) -> bool:
        """Whether the cue occurs."""
        return bool(self.find(cue))

    def has_any(self, cues: Iterable[str]) -> bool:
        """Whether one of the cues occurs."""
        return any(self.has(cue) for cue in cues)

    def has_groups(self, groups: Iterable[Iterable[str]]) -> bool:
        """Whether every group has a cue that occurs."""
        return all(self.has_any(group) for group in groups)


class CueList:
    """Many cues in a fixed order, of which few share a word with any one text."""

    def __init__(self, cues: Iterable[str]) -> None:
        """Sorts the cues by their most telling word: few texts have it."""
        self._cues = list(dict.fromkeys(cues))
        self._known = frozenset(self._cues)
        self._by_word: dict[str, list[int]] = {}
        self._by_prefix: dict[str, list[int]] = {}
        held = Counter(word for cue in self._cues for part in _compile(cue) for word in part.words)

        def commonness(part: _CueWord) -> float:
            # What many cues hold ("ozone") most texts hold too, whatever English at large does.
            return sum(_commonness(w) + held[w] / (20 * len(self._cues)) for w in part.words)

        for n, cue in enumerate(self._cues):
            parts = _compile(cue)
            whole = [part for part in parts if not part.prefixes]
            telling = min(whole, key=commonness) if whole else parts[0]
            for prefix in telling.prefixes:
                self._by_prefix.setdefault(prefix, []).append(n)
            for word in telling.words:
                self._by_word.setdefault(word, []).append(n)

    def __contains__(self, cue: str) -> bool:
        """Whether the list has the cue."""
        return cue in self._known

    def possible(self, reading: Reading) -> list[str]:
        """The cues whose most telling word the text has, in the list's order."""
        possible: set[int] = set()
        for word in reading.meant:
            possible.update(self._by_word.get(word, ()))
        for beginning in reading.beginnings:
            possible.update(self._by_prefix.get(beginning, ()))
        return [self._cues[n] for n in sorted(possible)]

    def find(self, reading: Reading) -> list[tuple[str, Span]]:
        """Every cue that occurs, with its places, in the list's order."""
        return [(cue, span) for cue in self.possible(reading) for span in reading.find(cue)]


def sentences(text: str) -> list[str]:
    """The text cut at full stops (not in "39.5"), question marks, semicolons and line ends."""
    return [part for part in _SENTENCE.split(text) if part.strip()]
