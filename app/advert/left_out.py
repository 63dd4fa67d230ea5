"""What an advert leaves out: seven things that its readers would need."""

from collections.abc import Sequence
from typing import Final

from app.advert.asserted import Understood
from app.advert.report import Mentioned
from app.cues import CueList, Reading, Vocabulary
from corpus.advert import OmissionWords
from corpus.library import Library
from corpus.vocabulary import OMISSIONS, Omission

_ROUTE: Final = "route"


class LeftOut:
    """The corpus's words for what adverts seldom mention."""

    def __init__(self, library: Library) -> None:
        """Reads the words once."""
        self._library = library
        self._words = library.of(OmissionWords)
        cues = [c for w in self._words for groups in w.when for group in groups for c in group]
        cues += [cue for words in self._words for cue in words.unless]
        self._vocabulary = Vocabulary(cues)
        self._cues = CueList(cues)

    def of(self, sentences: Sequence[Understood]) -> dict[Omission, Mentioned]:
        """Each thing with whether the advert mentions it anywhere."""
        readings = [
            (Reading(sentence.line.text, self._vocabulary, self._cues), sentence)
            for sentence in sentences
        ]
        of_route = any(self._names_route(sentence) for sentence in sentences)
        return {
            omission: "mentioned"
            if any(self._mentions(omission, reading, of_route) for reading, _ in readings)
            else "left_out"
            for omission in OMISSIONS
        }

    def _mentions(self, omission: Omission, reading: Reading, of_route: bool) -> bool:
        return any(
            words.omission == omission
            and (of_route or not words.of_route)
            and any(reading.has_groups(groups) for groups in words.when)
            and not reading.has_any(words.unless)
            for words in self._words
        )

    def _names_route(self, sentence: Understood) -> bool:
        return any(self._library.topics[id_].kind == _ROUTE for id_ in sentence.topics)


def not_applicable() -> dict[Omission, Mentioned]:
    """For a text that is no advert for treating people with ozone."""
    return dict.fromkeys(OMISSIONS, "not_applicable")
