"""Whether a text is an advert for treating people with ozone, and what in it is no advert."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.advert.lines import Line
from app.cues import CueList, Reading, Vocabulary
from corpus.advert import AdvertScope
from corpus.library import Library
from corpus.triage import Scope

_LETTER: Final = 2
"""Different marks of a letter, a result or an invoice from which a text is taken for one."""


@dataclass(frozen=True)
class Text:
    """What kind of text it is; `instructions` are the places of lines written for a machine."""

    about_ozone: bool
    human: bool
    letter: bool
    instructions: frozenset[int]


class TextKind:
    """The corpus's words that tell texts apart."""

    def __init__(self, library: Library) -> None:
        """Reads the words once."""
        scopes = library.of(AdvertScope)
        self._therapy = tuple(c for scope in library.of(Scope) for c in scope.therapy)
        self._not_people = tuple(c for scope in scopes for c in scope.not_people)
        self._people = tuple(c for scope in scopes for c in scope.people)
        self._others = tuple(c for scope in scopes for c in scope.other_therapies)
        self._letters = tuple(groups for scope in scopes for groups in scope.letters)
        self._instructions = tuple(groups for scope in scopes for groups in scope.instructions)
        grouped = (*self._letters, *self._instructions)
        cues = [
            *self._therapy,
            *self._not_people,
            *self._people,
            *self._others,
            *(cue for groups in grouped for group in groups for cue in group),
        ]
        self._vocabulary = Vocabulary(cues)
        self._cues = CueList(cues)

    def of(self, lines: Sequence[Line]) -> Text:
        """The kind of a text from all its lines."""
        readings = [Reading(line.text, self._vocabulary, self._cues) for line in lines]
        instructions = frozenset(
            n
            for n, reading in enumerate(readings)
            if any(reading.has_groups(groups) for groups in self._instructions)
        )
        plain = [reading for n, reading in enumerate(readings) if n not in instructions]
        ozone = sum(_count(reading, self._therapy) for reading in plain)
        others = sum(_count(reading, self._others) for reading in plain)
        things = sum(_count(reading, self._not_people) for reading in plain)
        people = sum(_count(reading, self._people) for reading in plain)
        marks = sum(
            any(reading.has_groups(groups) for reading in plain) for groups in self._letters
        )
        human = people >= things
        # A page that names ozone once among other things that it sells is not about ozone.
        about = ozone > 0 and (ozone >= 2 or ozone >= others)
        return Text(about and human, human, marks >= _LETTER, instructions)


def _count(reading: Reading, cues: Sequence[str]) -> int:
    return sum(len(reading.find(cue)) for cue in cues)
