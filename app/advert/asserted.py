"""What the sentences of an advert assert, and on which topics."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.advert.likeness import Likeness, Marks
from app.advert.lines import Line
from app.cues import CueList, Reading, Vocabulary
from app.topics import TopicNames
from corpus.advert import AdvertScope, Assertion
from corpus.library import Library
from corpus.topic import Topic
from corpus.vocabulary import ClaimKind
from ingest.index import Index

MOST_TOPICS: Final = 6
"""Illnesses of one sentence that are judged each by itself."""
LIKELY: Final = 0.22
"""Probability from which a sentence is taken to assert something beside what is likeliest."""
MOST: Final = 2
_NOT_ALONE: Final = 0.5
"""Probability of claiming nothing from which nothing is read from a sentence without a cue."""
_ABOUT: Final[dict[str, tuple[str, ...]]] = {
    "mechanism": ("mechanism", "condition", "use"),
    "root_cause": ("mechanism", "condition"),
    "safety": ("contraindication", "harm", "route"),
    "approval": ("rule",),
    "practice": ("route",),
    "dose": (),
    "pressure": (),
    "authority": (),
}
"""Kinds of topic that an assertion is about, those that say most first."""
_USES: Final = ("condition", "use")
"""The kinds of topic of all other assertions."""
_LIMITED: Final = 0.33
"""Probability from which a sentence is taken to limit itself though no word of it says so, or to
tell how ozone is given though it names an illness."""
_TOLD: Final = 0.6
"""The same for a study, which may be made up, and beside words of a promise."""
_PART: Final = 0.45
"""Probability from which a part of a sentence asserts something of its own."""
_PART_WORDS: Final = 3
_BETWEEN: Final = re.compile(
    r"\s*[;|•\u2600-\u27bf\U0001f300-\U0001faff]+\s*|\s+[-–—]\s+|—|,\s+(?=and\b|but\b|so\b|which\b|because\b)|:\s+|\?\s+"
)
"""Where a sentence falls into parts that may each assert something."""
_QUOTED: Final = ('"', "“", "”", "’", "«")


@dataclass(frozen=True)
class Asserted:
    """One thing asserted. `topics` are ids; `untold` is the page's word for what has no topic."""

    rule: Assertion
    kind: ClaimKind
    topics: tuple[str, ...]
    untold: str = ""


@dataclass(frozen=True)
class Understood:
    """A sentence with its words read once."""

    line: Line
    reading: Reading
    topics: tuple[str, ...]
    untold: tuple[str, ...]


class AssertionReader:
    """The corpus's examples and cues for what adverts assert."""

    def __init__(self, library: Library, index: Index) -> None:
        """Reads the cues once; the examples are learnt on first use."""
        self._library = library
        self._index = index
        self._names = TopicNames(library)
        self._rules = {rule.id: rule for rule in library.of(Assertion)}
        scopes = library.of(AdvertScope)
        self._honest = tuple(cue for scope in scopes for cue in scope.honest)
        self._contact = tuple(cue for scope in scopes for cue in scope.contact)
        self._strong = tuple(cue for scope in scopes for cue in scope.strong)
        self._hedged = tuple(cue for scope in scopes for cue in scope.hedged)
        cues = [
            *(c for r in self._rules.values() for gs in r.when for group in gs for c in group),
            *(cue for rule in self._rules.values() for cue in rule.unless),
            *(*self._honest, *self._contact, *self._strong, *self._hedged),
        ]
        self._vocabulary = Vocabulary([*cues, *self._names.cues])
        self._cues = CueList([*cues, *self._names.cues])
        known = index.asserted_as
        texts = [text for rule in library.of(Assertion) for text in rule.examples]
        marks = [self._marks(self.understood(Line(text))) for text in texts]
        self._likeness = Likeness(index, np.array(marks, np.float32).reshape(len(known.ids), -1))

    def understood(self, line: Line) -> Understood:
        """The sentence's words, and the topics that it names."""
        reading = Reading(line.text, self._vocabulary, self._cues)
        named = self._names.find(line.text, reading)
        return Understood(line, reading, named.topics, named.uncovered)

    def asserted(
        self, sentences: Sequence[Understood], vectors: Marks, page: Sequence[str]
    ) -> list[list[Asserted]]:
        """What each sentence asserts; `vectors`: theirs; `page`: topics that it is about."""
        if not sentences:
            return []
        parts = [_parts(sentence.line) for sentence in sentences]
        read = [*sentences, *(self.understood(part) for found in parts for part in found)]
        marks = np.array([self._marks(sentence) for sentence in read], np.float32)
        of_read = self._with_parts(vectors, [s.line.text for s in read[len(sentences) :]])
        likely = self._likeness.of(of_read, marks)
        of_parts = iter(zip(read[len(sentences) :], likely[len(sentences) :], strict=True))
        contexts = self._contexts(sentences, page)
        asserted = []
        for n, sentence in enumerate(sentences):
            chosen = self._chosen(sentence, likely[n])
            for part, chances in [next(of_parts) for _ in parts[n]]:
                self._add(chosen, part, chances)
            asserted.append(
                [self._about(rule, kind, sentence, contexts[n]) for kind, rule in chosen.items()]
            )
        return asserted

    def _contexts(
        self, sentences: Sequence[Understood], page: Sequence[str]
    ) -> list[tuple[str, ...]]:
        """What a sentence without a subject is about: its heading's, the last one's, the page's."""
        found: list[tuple[str, ...]] = []
        under = ""
        last: tuple[str, ...] = ()
        for sentence in sentences:
            if sentence.line.under != under:
                under, last = sentence.line.under, ()
            named = tuple(i for i in sentence.topics if self._topic(i).kind in _USES)
            last = named or last
            found.append(last or tuple(page))
        return found

    def _add(
        self,
        chosen: dict[ClaimKind, Assertion],
        part: Understood,
        chances: dict[str, float],
    ) -> None:
        """Adds what a part of a sentence clearly asserts beside the whole of it."""
        id_ = max(chances, key=lambda one: chances[one])
        rule = self._rules[id_]
        if part.reading.has_any(self._honest):
            rule = self._limited(rule)
        if chances[id_] < _PART or not rule.asserts or len(chosen) > MOST:
            return
        limits = any(one.limited for one in chosen.values())
        told = chosen.get("safety")
        if told and told.limited and told.when and self._certain(told, part.reading):
            return
        if limits and not (rule.dangerous and rule.asserts == "safety"):
            return  # what limits itself is not taken apart
        if rule.dangerous:
            chosen[rule.asserts] = rule
        chosen.setdefault(rule.asserts, rule)

    def _with_parts(self, vectors: Marks, parts: list[str]) -> Marks:
        """The rows of whole sentences, and one for each part of one."""
        if not parts:
            return vectors
        found = self._index.embeddings.embed_documents(parts)
        return np.vstack([vectors, np.array(found, np.float32)])

    def _marks(self, sentence: Understood) -> list[float]:
        """The cues of a sentence as numbers."""
        reading, text = sentence.reading, sentence.line.text
        marks = [self._certain(rule, reading) for rule in self._rules.values() if rule.when]
        marks += [
            reading.has_any(cues)
            for cues in (self._honest, self._strong, self._hedged, self._contact)
        ]
        marks += [bool(sentence.topics or sentence.untold), text.endswith("?"), "%" in text]
        marks += [any(c.isdigit() for c in text), any(mark in text for mark in _QUOTED)]
        return [float(mark) for mark in marks]

    def _certain(self, rule: Assertion, reading: Reading) -> bool:
        asked = any(reading.has_groups(groups) for groups in rule.when)
        return asked and not reading.has_any(rule.unless)

    def _chosen(
        self, sentence: Understood, chances: dict[str, float]
    ) -> dict[ClaimKind, Assertion]:
        """The likeliest assertion of each kind, those that its words tell for certain first."""
        reading = sentence.reading
        if reading.has_any(self._contact):
            return {}
        limited = reading.has_any(self._honest)
        sure = [r for r in self._rules.values() if r.when and self._certain(r, reading)]
        praised = {i for i, r in self._rules.items() if r.limited or r.asserts == "practice"}
        denied = {i for i in praised if reading.has_any(self._rules[i].unless)}
        order = sorted(set(chances) - denied, key=lambda id_: -chances[id_])
        if not limited:
            order = [i for i in order if chances[i] >= self._needed(i, sentence)]
        best = self._rules[order[0]]
        if best.asserts is None and chances[order[0]] >= _NOT_ALONE and not sure:
            return {}
        likely = [
            self._rules[id_]
            for n, id_ in enumerate(order[: MOST + 1])
            if (n == 0 and not sure) or chances[id_] >= LIKELY
        ]
        found = [self._limited(rule) if limited else rule for rule in (*sure, *likely)]
        if any(rule.limited for rule in found[:1]) and limited:
            # What a sentence limits it does not promise in the same breath.
            found = [rule for rule in found if rule.limited]
        kept: dict[ClaimKind, Assertion] = {}
        for rule in found:
            if rule.asserts and len(kept) < max(MOST, len(sure)):
                kept.setdefault(rule.asserts, rule)
        return kept

    def _needed(self, id_: str, sentence: Understood) -> float:
        """How likely an assertion must be that would be called supported."""
        rule = self._rules[id_]
        if rule.limited:
            promised = sentence.reading.has_any(self._strong)
            return _TOLD if promised or rule.asserts == "reference" else _LIMITED
        ill = sentence.untold or any(self._topic(i).kind == "condition" for i in sentence.topics)
        return _LIMITED if rule.asserts == "practice" and ill else 0.0

    def _limited(self, rule: Assertion) -> Assertion:
        return self._rules[rule.limited_as] if rule.limited_as else rule

    def _about(
        self, rule: Assertion, kind: ClaimKind, sentence: Understood, page: Sequence[str]
    ) -> Asserted:
        kinds = _ABOUT.get(kind, _USES)
        for wanted in kinds:
            named = [id_ for id_ in sentence.topics if self._topic(id_).kind == wanted]
            if named:
                return Asserted(rule, kind, tuple(named[:MOST_TOPICS]))
        if sentence.untold and "condition" in kinds:
            return Asserted(rule, kind, (), ", ".join(sentence.untold[:2]))
        if rule.topics:
            own = tuple(id_ for id_ in rule.topics if id_ in self._library.topics)
            return Asserted(rule, kind, own)
        # A sentence without an illness of its own is about what the page is about.
        return Asserted(rule, kind, tuple(page[:2]) if "condition" in kinds else ())

    def _topic(self, topic_id: str) -> Topic:
        return self._library.topics[topic_id]


def _parts(line: Line) -> list[Line]:
    """The parts of a sentence that may assert something each; none where it is in one piece."""
    parts = [part.strip() for part in _BETWEEN.split(line.text)]
    long = [part for part in parts if len(part.split()) >= _PART_WORDS]
    return [Line(part, under=line.under) for part in long] if len(parts) > 1 else []
