"""What one sentence of an advert asserts: kinds, how much, and on which topics."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.advert.lines import Line
from app.cues import CueList, Reading, Vocabulary
from app.topics import TopicNames
from corpus.advert import AdvertScope, Assertion, DegreeWords
from corpus.library import Library
from corpus.topic import Topic
from corpus.vocabulary import Degree

MOST_TOPICS: Final = 6
"""Illnesses of one sentence that are judged each by itself."""
_ABOUT: Final[dict[str, tuple[str, ...]]] = {
    "benefit": ("condition", "use"),
    "testimonial": ("condition", "use"),
    "figure": ("condition", "use"),
    "comparison": ("condition", "use"),
    "mechanism": ("mechanism", "condition", "use"),
    "root_cause": ("mechanism", "condition"),
    "safety": ("contraindication", "harm"),
    "approval": ("rule",),
    "practice": ("route",),
}
"""Kinds of topic that an assertion is about, those that say most first."""
_PAGE: Final = ("benefit", "testimonial", "figure", "comparison")
"""Assertions that are about what the page is about where they name nothing themselves."""
_ORDER: Final[tuple[Degree, ...]] = ("limited", "absolute", "hedged")
"""Of several degrees in a sentence the first of these holds; plain is what is left."""


@dataclass(frozen=True)
class Asserted:
    """One thing asserted. `topics` are ids; `untold` is the reader's word for what has no topic."""

    rule: Assertion
    degree: Degree
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
    """The corpus's cues for what adverts assert."""

    def __init__(self, library: Library) -> None:
        """Reads the cues once."""
        self._library = library
        self._names = TopicNames(library)
        self._rules = sorted(library.of(Assertion), key=lambda rule: (rule.rank, rule.id))
        self._degrees = {words.degree: words.when for words in library.of(DegreeWords)}
        scopes = library.of(AdvertScope)
        self._honest = tuple(cue for scope in scopes for cue in scope.honest)
        self._contact = tuple(cue for scope in scopes for cue in scope.contact)
        cues = [
            *(c for r in self._rules for groups in r.when for group in groups for c in group),
            *(cue for rule in self._rules for cue in rule.unless),
            *(cue for words in self._degrees.values() for cue in words),
            *self._honest,
            *self._contact,
        ]
        self._vocabulary = Vocabulary([*cues, *self._names.cues])
        self._cues = CueList([*cues, *self._names.cues])

    def understood(self, line: Line) -> Understood:
        """The sentence's words, and the topics that it names."""
        reading = Reading(line.text, self._vocabulary, self._cues)
        named = self._names.find(line.text, reading)
        return Understood(line, reading, named.topics, named.uncovered)

    def asserted(self, sentence: Understood, page: Sequence[str]) -> list[Asserted]:
        """What the sentence asserts; `page`: the topics that the whole page is about."""
        reading = sentence.reading
        if reading.has_any(self._contact):
            return []
        found: list[Asserted] = []
        for rule in self._rules:
            if any(rule.asserts == other.rule.asserts for other in found):
                continue
            if not any(reading.has_groups(groups) for groups in rule.when):
                continue
            if reading.has_any(rule.unless):
                continue
            topics, untold = self._topics(rule, sentence, page)
            found.append(Asserted(rule, self._degree(rule, reading), topics, untold))
            if rule.alone:
                return found[-1:]
        return found

    def _degree(self, rule: Assertion, reading: Reading) -> Degree:
        if rule.degree:
            return rule.degree
        if reading.has_any(self._honest):
            return "limited"
        return next((d for d in _ORDER if reading.has_any(self._degrees.get(d, ()))), "plain")

    def _topics(
        self, rule: Assertion, sentence: Understood, page: Sequence[str]
    ) -> tuple[tuple[str, ...], str]:
        kinds = _ABOUT.get(rule.asserts, ())
        for kind in kinds:
            named = [id_ for id_ in sentence.topics if self._topic(id_).kind == kind]
            if named:
                return tuple(named[:MOST_TOPICS]), ""
        if sentence.untold and "condition" in kinds:
            return (), ", ".join(sentence.untold[:2])
        if rule.topics:
            return tuple(id_ for id_ in rule.topics if id_ in self._library.topics), ""
        if rule.asserts in _PAGE:
            return tuple(page[:1]), ""
        return (), ""

    def _topic(self, topic_id: str) -> Topic:
        return self._library.topics[topic_id]
