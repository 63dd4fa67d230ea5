"""Whether a text is an advert for treating people with ozone, and what in it is no advert."""

import base64
import re
from binascii import Error
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from app.advert.likeness import Marks, Sorter
from app.advert.lines import Line
from app.cues import CueList, Reading, Vocabulary
from corpus.advert import AdvertScope, Assertion
from corpus.library import Library
from corpus.triage import Scope
from ingest.index import Index

_THINGS: Final = 0.1
"""Mean likeness to sentences on animals and things from which a text is on those."""
_FEW_LINES: Final = 0.2
_PEOPLE: Final = 3
"""The same where words on people stand at least so many times as often as those on things."""
_LETTERS: Final = 0.3
"""Mean likeness to sentences of letters from which a text is one."""
_LEANS: Final = 0.1
"""The same for a text with a mark of a letter."""
_ENOUGH: Final = 3
"""How often ozone is named in a page that sells it, whatever else is sold."""
_ORDER: Final = 0.4
"""Probability from which a sentence without a telling word is written for a machine."""
_NEXT_TO_ORDER: Final = 0.15
"""The same beside a sentence that is, and where no reader of the page sees it."""
_ENCODED: Final = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_SPACED: Final = re.compile(r"\b(?:\w[ .\-_]){4,}\w\b")
_OPENS: Final = ("<!--", "[inst]", "<system>", "<|")
_CLOSES: Final = ("-->", "[/inst]", "</system>", "|>")


@dataclass(frozen=True)
class Text:
    """What kind of text it is; `instructions` are the places of lines written for a machine."""

    about_ozone: bool
    human: bool
    letter: bool
    instructions: frozenset[int]


class TextKind:
    """The corpus's words and examples that tell texts apart."""

    def __init__(self, library: Library, index: Index) -> None:
        """Reads the words once; the examples are learnt on first use."""
        self._index = index
        self._scopes = library.of(AdvertScope)
        scopes = self._scopes
        self._assertions = library.of(Assertion)
        self._therapy = tuple(c for scope in library.of(Scope) for c in scope.therapy)
        self._not_people = tuple(c for scope in scopes for c in scope.not_people)
        self._people = tuple(c for scope in scopes for c in scope.people)
        self._others = tuple(c for scope in scopes for c in scope.other_therapies)
        self._without = tuple(c for scope in scopes for c in scope.without_ozone)
        self._letters = tuple(groups for scope in scopes for groups in scope.letters)
        self._instructions = tuple(groups for scope in scopes for groups in scope.instructions)
        grouped = (*self._letters, *self._instructions)
        cues = [
            *self._therapy,
            *self._not_people,
            *self._people,
            *self._others,
            *self._without,
            *(cue for groups in grouped for group in groups for cue in group),
        ]
        self._vocabulary = Vocabulary(cues)
        self._cues = CueList(cues)

    def of(self, lines: Sequence[Line], vectors: Marks) -> Text:
        """The kind of a text from all its lines; `vectors`: one for each."""
        if not lines:
            return Text(about_ozone=False, human=True, letter=False, instructions=frozenset())
        readings = [Reading(line.text, self._vocabulary, self._cues) for line in lines]
        instructions = self._for_machines(lines, readings, vectors)
        rest = [n for n in range(len(lines)) if n not in instructions]
        plain = [readings[n] for n in rest]
        ozone = sum(_count(reading, self._therapy) for reading in readings)
        others = sum(_count(reading, self._others) for reading in plain)
        things = sum(_count(reading, self._not_people) for reading in plain)
        people = sum(_count(reading, self._people) for reading in plain)
        marks = sum(
            any(reading.has_groups(groups) for reading in plain) for groups in self._letters
        )
        of_things, of_letter = self._reads_as(vectors[rest])
        human = of_things < _THINGS and (of_things < _THINGS / 2 or things <= people)
        human = human or (of_things < _FEW_LINES and people >= _PEOPLE * max(1, things))
        letter = of_letter >= (_LEANS if marks else _LETTERS)
        # A page that names ozone once among other things that it sells is not about ozone.
        about = ozone > 0 and (ozone >= _ENOUGH or ozone >= others)
        if ozone < _ENOUGH and any(reading.has_any(self._without) for reading in plain):
            about = False
        return Text(about and human, human, letter, instructions)

    def _for_machines(
        self, lines: Sequence[Line], readings: Sequence[Reading], vectors: Marks
    ) -> frozenset[int]:
        """The places of lines that tell a machine what to do, and of what belongs to them."""
        likely = self._sorters[0].of(vectors, self._told(readings))
        sure = {
            n
            for n, reading in enumerate(readings)
            if likely[n] >= _ORDER or self._is_order(reading) or self._is_hidden(lines[n].text)
        }
        found = set(sure)
        for run in _comments(lines):
            if sure & set(run) or any(likely[n] >= _NEXT_TO_ORDER for n in run):
                found |= set(run)
        for step in (1, -1):
            for n in sorted(sure, reverse=step < 0):
                at = n + step
                while 0 <= at < len(lines) and likely[at] >= _NEXT_TO_ORDER:
                    found.add(at)
                    at += step
        return frozenset(found)

    def _is_order(self, reading: Reading) -> bool:
        return any(reading.has_groups(groups) for groups in self._instructions)

    def _is_hidden(self, text: str) -> bool:
        """Whether an order stands in it encoded, or with its letters apart."""
        shown = [_SPACED.sub(lambda m: re.sub(r"[ .\-_]", "", m.group()), text)]
        for run in _ENCODED.findall(text):
            try:
                shown.append(base64.b64decode(run + "=" * (-len(run) % 4)).decode("utf-8"))
            except (Error, UnicodeDecodeError):
                continue
            if shown[-1].isprintable() and " " in shown[-1]:
                return True  # nobody writes to patients like this
        return shown[0] != text and self._is_order(Reading(shown[0], self._vocabulary, self._cues))

    def _reads_as(self, vectors: Marks) -> tuple[float, float]:
        """Which share of the sentences is on animals and things, and which reads like a letter."""
        if not len(vectors):
            return 0.0, 0.0
        none = np.zeros((len(vectors), 0), np.float32)
        things, letters = (sorter.of(vectors, none) for sorter in self._sorters[1:])
        return float(things.mean()), float(letters.mean())

    @cached_property
    def _sorters(self) -> tuple[Sorter, Sorter, Sorter]:
        """For what is written for machines, on things, and in letters."""
        own, known = self._index.mentioned_as, self._index.asserted_as
        texts = [*own.ids, *(text for rule in self._assertions for text in rule.examples)]
        vectors = np.vstack([own.vectors, known.vectors])
        orders = {text for scope in self._scopes for text in scope.instructed}
        things = {text for scope in self._scopes for text in scope.of_things}
        letters = {text for scope in self._scopes for text in scope.of_letters}
        readings = [Reading(text, self._vocabulary, self._cues) for text in texts]
        none = np.zeros((len(texts), 0), np.float32)
        return (
            Sorter(vectors, self._told(readings), [text in orders for text in texts]),
            Sorter(vectors, none, [text in things for text in texts]),
            Sorter(vectors, none, [text in letters for text in texts]),
        )

    def _told(self, readings: Sequence[Reading]) -> Marks:
        return np.array([[self._is_order(reading)] for reading in readings], np.float32)


def _comments(lines: Sequence[Line]) -> list[range]:
    """Runs of lines that stand within marks which no reader of a page sees."""
    runs, start = [], -1
    for n, line in enumerate(lines):
        text = line.text.casefold()
        if start < 0 and any(mark in text for mark in _OPENS):
            start = n
        if start >= 0 and any(mark in text for mark in _CLOSES):
            runs.append(range(start, n + 1))
            start = -1
    return runs if start < 0 else [*runs, range(start, len(lines))]


def _count(reading: Reading, cues: Sequence[str]) -> int:
    return len({span.start for cue in cues for span in reading.find(cue)})
