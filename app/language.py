"""In which language a question is asked: English unless most of it is surely not."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from app.cues import english, normalise, tokens
from corpus.library import Library
from corpus.triage import Language, Scope
from corpus.vocabulary import LanguageCode

STRANGE: Final = 0.2
"""Share of words that English does not have, below which no other language is thought of: of 845
English questions in the open suites 3 % are above it, of 200 in five other languages all. A text
that is surely of another language is read in it all the same."""
POSSIBLE: Final = 0.02
"""Probability from which a language's safety rules are read too."""
ENOUGH: Final = 2
"""Words of a language's own that settle it; in a very short text half of the words do."""
SURE: Final = 0.9
"""Probability from which one word of its own is enough."""
_ENGLISH: Final[LanguageCode] = "en"


@cache
def _identifier(codes: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([_ENGLISH, *codes])
    return identifier


class Languages:
    """The languages that the corpus has data for."""

    def __init__(self, library: Library) -> None:
        """Reads the words by which each language is known."""
        ours = {w for scope in library.of(Scope) for cue in scope.therapy for w in tokens(cue)}
        # "Ozono" speaks for a language; "ozone" and "o3" are written in all of them.
        ours = {word for word in ours if word in english() or not word.isalpha()}
        self._known: dict[LanguageCode, frozenset[str]] = {
            language.code: frozenset(
                word
                for text in (*language.everyday, *language.therapy)
                for word in tokens(text)
                if word not in english() and word not in ours
            )
            for language in library.of(Language)
            if language.code != _ENGLISH
        }
        self._words = {
            language.code: frozenset(w for text in language.everyday for w in tokens(text))
            for language in library.of(Language)
        } | {_ENGLISH: frozenset(w for scope in library.of(Scope) for w in scope.everyday)}

    def possible(self, text: str) -> tuple[LanguageCode, ...]:
        """Languages other than English in which the text may be, most likely first."""
        words = [word for word in tokens(text) if not word.isdigit()]
        strange = sum(word not in english() for word in words)
        if not self._known or not words:
            return ()
        ranked = _identifier(tuple(self._known)).rank(normalise(text))
        foreign = ranked[0][0] != _ENGLISH and ranked[0][1] >= SURE
        if strange / len(words) < STRANGE and not foreign:
            return ()
        likely = {code for code, probability in ranked if probability >= POSSIBLE}
        own = {code: sum(word in known for word in words) for code, known in self._known.items()}
        found = [code for code, count in own.items() if count or code in likely]
        order = {code: place for place, (code, _) in enumerate(ranked)}
        return tuple(sorted(found, key=lambda code: (code not in likely, order[code])))

    def in_conversation(self, text: str, earlier: Sequence[str]) -> LanguageCode:
        """The language of a text; one too short to tell has that of what was said before it."""
        code = self.of(text)
        words = tokens(text)
        if code != _ENGLISH or not words or not earlier:
            return code
        before = self.of(earlier[-1])
        if before == _ENGLISH:
            before = self.of(earlier[0])
        if before == _ENGLISH:
            return code
        strange = sum(word not in english() for word in words)
        own = any(word in self._known[before] for word in words)
        if own or strange / len(words) > STRANGE:
            return before
        # "Chi lo dice?" has only words that English lists too; which language uses them more?
        here, there = (sum(w in self._words[of] for w in words) for of in (_ENGLISH, before))
        return before if there > here else code

    def of(self, text: str) -> LanguageCode:
        """The language of the text; English where its own words speak for no other one."""
        words = set(tokens(text))
        for code in self.possible(text)[:1]:
            own = len(words & self._known[code])
            ranked = dict(_identifier(tuple(self._known)).rank(normalise(text)))
            alone = own and (2 * own >= len(words) or ranked.get(code, 0.0) >= SURE)
            if own >= ENOUGH or alone:
                return code
        return _ENGLISH
