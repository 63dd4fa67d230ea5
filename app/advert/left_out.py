"""What an advert leaves out: seven things that its readers would need."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np

from app.advert.asserted import Understood
from app.advert.likeness import Marks, Sorter
from app.advert.report import Mentioned
from app.cues import CueList, Reading, Vocabulary
from corpus.advert import AdvertScope, Assertion, OmissionWords
from corpus.library import Library
from corpus.vocabulary import OMISSIONS, Omission
from ingest.index import Index

_TOLD: Final = 0.33
"""Probability from which a sentence mentions something that its words tell of."""
_UNTOLD: Final = 0.65
"""The same for a sentence without such words."""


class LeftOut:
    """The corpus's examples and words for what adverts seldom mention."""

    def __init__(self, library: Library, index: Index) -> None:
        """Reads the words once; the examples are learnt on first use."""
        self._index = index
        self._words = library.of(OmissionWords)
        scopes = library.of(AdvertScope)
        self._assertions = library.of(Assertion)
        self._weighed = [
            *(group for words in self._words for groups in words.when for group in groups),
            *(words.unless for words in self._words),
            *(words for one in scopes for words in (one.honest, one.strong, one.denied)),
        ]
        """Groups of cues that are told to the learner one by one."""
        cues = [cue for group in self._weighed for cue in group]
        cues += [cue for words in self._words for cue in words.sure]
        self._vocabulary = Vocabulary(cues)
        self._cues = CueList(cues)

    def of(self, sentences: Sequence[Understood], vectors: Marks) -> dict[Omission, Mentioned]:
        """Each thing with whether the advert mentions it anywhere; `vectors`: of the sentences."""
        read = [n for n, sentence in enumerate(sentences) if not _asks(sentence.line.text)]
        if not read:
            return dict.fromkeys(OMISSIONS, "left_out")
        readings = [self._reading(sentences[n].line.text) for n in read]
        marks = self._marks(readings)
        mentioned = {
            words.omission
            for words, sorter in zip(self._words, self._sorters, strict=True)
            for reading, chance in zip(readings, sorter.of(vectors[read], marks), strict=True)
            if _mentions(words, reading, float(chance))
        }
        return {key: "mentioned" if key in mentioned else "left_out" for key in OMISSIONS}

    @cached_property
    def _sorters(self) -> list[Sorter]:
        """One for each list of examples."""
        own, known = self._index.mentioned_as, self._index.asserted_as
        texts = [*own.ids, *(text for rule in self._assertions for text in rule.examples)]
        vectors = np.vstack([own.vectors, known.vectors])
        marks = self._marks([self._reading(text) for text in texts])
        sorters = []
        for words in self._words:
            does = set(words.examples)
            told = [(text in does, True) for text in own.ids]
            told += [
                (rule.id in words.asserted, rule.id not in words.unsure)
                for rule in self._assertions
                for _ in rule.examples
            ]
            kept = [n for n, (_, sure) in enumerate(told) if sure]
            answers = [told[n][0] for n in kept]
            sorters.append(Sorter(vectors[kept], marks[kept], answers))
        return sorters

    def _reading(self, text: str) -> Reading:
        return Reading(text, self._vocabulary, self._cues)

    def _marks(self, readings: Sequence[Reading]) -> Marks:
        rows = [[reading.has_any(group) for group in self._weighed] for reading in readings]
        return np.array(rows, np.float32)


def _mentions(words: OmissionWords, reading: Reading, chance: float) -> bool:
    if reading.has_any(words.unless):
        return False
    told = any(reading.has_groups(groups) for groups in words.when)
    return chance >= (_TOLD if told else _UNTOLD) or reading.has_any(words.sure)


def _asks(text: str) -> bool:
    """A heading of a page's questions and answers mentions nothing by itself."""
    return text.rstrip().endswith("?")


def not_applicable() -> dict[Omission, Mentioned]:
    """For a text that is no advert for treating people with ozone."""
    return dict.fromkeys(OMISSIONS, "not_applicable")
