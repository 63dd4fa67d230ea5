"""What a text names: topics of the corpus, and illnesses that no topic covers."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.cues import CueList, Reading, Span, normalise, tokens
from corpus.library import Library
from corpus.triage import AllOf, Scope, Uncovered

_SENTENCE: Final = re.compile(r"[^.!?;\n]+([.!?;\n]*)")
_ANSWERS_NO: Final = re.compile(r"\s*(?:no|nope|nah)\s*[,.!;:-]", re.IGNORECASE)
_WITH_THERAPY: Final = 1.0
_ASKED: Final = 0.5
_LAST: Final = 0.25
_AGAIN: Final = 0.2
"""How much it speaks for a topic that its sentence names the therapy, asks, or ends the message,
and that it is named more than once. Chosen on the open half of the question suites."""
_HAD: Final = 0.8
"""How much it speaks for an illness of a story that somebody has it ("diagnosed with ...")."""
LONG: Final = 25
"""Words from which a message tells a story: what is named in passing is then left out."""
_BESIDE: Final = 4
"""Words between an illness and the part of the body where somebody has it."""
_WHERE: Final = frozenset({"on", "in", "of", "at", "round", "around", "behind", "over", "under"})
_FROM: Final = frozenset({"above", "below", "beneath"})
_JOINED: Final = frozenset({"or", "and", "nor"})
_REACH: Final = 2
"""Words between a cue ("not my ...", "diagnosed with ...") and what it speaks of."""


@dataclass(frozen=True)
class Mention:
    """One thing named. `topic` is None for an illness without a topic; `word` as it was typed."""

    topic: str | None
    word: str
    span: Span
    weight: float
    exact: bool = False
    """Typed just as one of its names is written."""
    by_name: bool = True
    """By what it is called; a cue ("I cannot fall asleep") only points to it."""
    parts: tuple[Span, ...] = ()
    """Where the parts of a description stand."""


@dataclass(frozen=True)
class Named:
    """Everything a text names, in the order of the text, and the words that are so explained."""

    mentions: tuple[Mention, ...]
    explained: frozenset[int]
    set_aside: bool = False
    """Everything named is only set aside ("no, not that")."""

    @property
    def weights(self) -> dict[str | None, float]:
        """How much speaks for each topic; None stands for what has no topic."""
        found: dict[str | None, float] = {}
        ends: dict[str | None, int] = {}
        for mention in self.mentions:
            topic, span = mention.topic, mention.span
            if topic not in found:
                found[topic] = mention.weight
            elif span.start >= ends[topic]:
                found[topic] = max(found[topic], mention.weight) + _AGAIN
            # What several names say of the same words is said once.
            ends[topic] = max(ends.get(topic, 0), span.end)
        return found

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics named, each once, first named first."""
        return tuple(dict.fromkeys(m.topic for m in self.mentions if m.topic))

    @property
    def exactly(self) -> tuple[str, ...]:
        """The topics whose name was typed as it is written."""
        return tuple(dict.fromkeys(m.topic for m in self.mentions if m.topic and m.exact))

    @property
    def described(self) -> frozenset[str | None]:
        """The topics that are only described, which says less than a name."""
        named = {m.topic for m in self.mentions if not m.parts}
        return frozenset(m.topic for m in self.mentions) - named

    @property
    def pointed_to(self) -> frozenset[str | None]:
        """The topics that no name stands for, only what points to them."""
        named = {m.topic for m in self.mentions if m.by_name}
        return frozenset(m.topic for m in self.mentions) - named

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The reader's words for what has no topic."""
        return tuple(dict.fromkeys(m.word for m in self.mentions if m.topic is None))


class TopicNames:
    """All names, cues and descriptions of topics, ready to be looked for in a text."""

    def __init__(self, library: Library) -> None:
        """Reads them from the library; no two topics share a name (see the corpus tests)."""
        scopes = library.of(Scope)
        # The therapy's own name stands in most questions and tells no topic apart.
        self.therapy = tuple(cue for scope in scopes for cue in scope.therapy)
        own = {normalise(cue) for cue in self.therapy}
        named: dict[str, str | None] = {
            name: None for record in library.of(Uncovered) for name in record.names
        }
        for topic in library.topics.values():
            named |= {
                name: topic.id for name in (*topic.names, *topic.cues) if normalise(name) not in own
            }
        topics = library.topics.values()
        self._cued = frozenset(
            cue for topic in topics for cue in topic.cues if cue not in topic.names
        )
        self._routes = frozenset(topic.id for topic in topics if topic.kind == "route")
        self._plain = frozenset(w for scope in scopes for w in scope.everyday)
        self._body = {id_: words for s in scopes for id_, words in s.places.items()}
        self._ills = frozenset(topic.id for topic in topics if topic.kind == "condition")
        self._elsewhere = frozenset(topic.id for topic in topics if topic.off_topic)
        self._named: Mapping[str, str | None] = named
        # Longer names are read first: "knee pain" before "knee".
        self._names = CueList(sorted(named, key=lambda name: -len(name.split())))
        self._described: list[tuple[str, AllOf]] = [
            (topic.id, groups) for topic in library.topics.values() for groups in topic.described_as
        ]
        self._aside = tuple(cue for scope in scopes for cue in scope.set_aside)
        self._having = tuple(cue for scope in scopes for cue in scope.having)
        described = [cue for _, groups in self._described for group in groups for cue in group]
        self._parts = CueList(described)
        self.cues = (*named, *described, *self._aside, *self._having, *self.therapy)

    def find(self, text: str, reading: Reading) -> Named:
        """Every topic that the text names or describes."""
        weights = self._weights(text, reading)
        aside = [span for cue in self._aside for span in reading.find(cue)]
        if _ANSWERS_NO.match(text):
            aside = [span for span in aside if span.start > 0]  # "No, my shoulder."
        story = len(reading.tokens) > LONG
        had = [span for cue in self._having for span in reading.find(cue)] if story else []
        mentions = list(self._mentions(reading, weights))
        mentions += self._descriptions(text, reading, weights)
        mentions = [replace(m, weight=m.weight + _HAD) if _follows(m, had) else m for m in mentions]
        mentions.sort(key=lambda mention: (mention.span.start, -mention.span.end))
        # What is set aside ends with the sentence ("Not decay. Sensitive teeth.").
        starts = [start for start, _, _ in _sentences(text)]
        cut = [bisect_right(starts, span.start) for span in aside]
        kept = [
            m
            for m in mentions
            if not _follows(
                m,
                [
                    span
                    for span, sentence in zip(aside, cut, strict=True)
                    if sentence == bisect_right(starts, m.span.start)
                    and not _another_between(span, m, mentions, reading)
                ],
            )
        ]
        kept = self._without_set_aside(mentions, kept)
        kept = self._without_bystanders(text, kept)
        kept = self._without_places(reading, kept)
        explained = {n for m in mentions for n in range(m.span.start, m.span.end)}
        return Named(tuple(kept or mentions), frozenset(explained), bool(mentions) and not kept)

    def _without_set_aside(self, every: list[Mention], kept: list[Mention]) -> list[Mention]:
        """What is set aside by name is not meant by what else would point to it."""
        aside = {m.topic for m in every if m not in kept and m.by_name and m.topic}
        named = {m.topic for m in kept if m.by_name}
        return [m for m in kept if m.topic not in aside or m.topic in named]

    def _without_places(self, reading: Reading, mentions: list[Mention]) -> list[Mention]:
        """An elbow is no illness of its own where somebody has another one ("psoriasis on my ...").

        Between the two stand only words that say where.
        """

        def only_where(mention: Mention) -> bool:
            if not self._only_body(mention.topic, mention.span, reading):
                return False
            for other in mentions:
                between = reading.tokens[other.span.end : mention.span.start]
                ill = other.topic is None or other.topic in self._ills
                if not ill or other.topic == mention.topic or other.topic in self._body:
                    continue
                if other.by_name and not other.parts and between:
                    if _FROM.intersection(between[-2:]):
                        return True  # "phantom pain below the knee"
                    if (
                        len(between) < _BESIDE
                        and between[0] in _WHERE
                        and self._plain.issuperset(between)
                    ):
                        return True
            return False

        return [m for m in mentions if not only_where(m)]

    def _without_bystanders(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """A pet or an air cleaner is in passing where an illness stands in sentences of its own."""
        if not any(m.topic in self._elsewhere for m in mentions):
            return mentions
        places = [(start, end) for start, end, _ in _sentences(text)]

        def standing(among: Collection[str]) -> set[int]:
            starts = [m.span.start for m in mentions if m.topic in among]
            return {n for n, (a, b) in enumerate(places) if any(a <= s < b for s in starts)}

        ill, other = standing(self._ills), standing(self._elsewhere)
        asked = len(places) - 1 in other
        if not ill or ill & other or asked:
            return mentions
        return [m for m in mentions if m.topic not in self._elsewhere]

    def sets_therapy_aside(self, reading: Reading) -> bool:
        """Whether the reader says that it is not about the therapy ("not ozone for once")."""
        aside = [span for cue in self._aside for span in reading.find(cue)]
        named = (span for cue in self.therapy for span in reading.find(cue))
        return any(_stands_behind(span, aside) for span in named)

    def _mentions(self, reading: Reading, weights: Sequence[float]) -> Iterator[Mention]:
        taken: list[tuple[Span, str | None]] = []
        found = list(self._names.find(reading))
        without = [self._telling(span, reading) for name, span in found if not self._named[name]]
        for name, span in found:
            topic = self._named[name]
            inside = [
                (s, of)
                for s, of in taken
                if s.start <= span.start
                and span.end <= s.end
                # "Ozone in the knee" is a way to give it, and a knee.
                and not (of in self._routes and self._only_body(topic, span, reading))
            ]
            if inside and span not in (s for s, _ in inside):
                continue
            # "My kidney" in "my kidney stones" is no illness of the kidneys.
            if topic and any(self._telling(span, reading) < other for other in without):
                continue
            taken.append((span, topic))
            word = " ".join(reading.tokens[span.start : span.end])
            exact, by_name = normalise(name) == word, name not in self._cued
            yield Mention(topic, word, span, weights[span.start], exact, by_name)

    def _only_body(self, topic: str | None, span: Span, reading: Reading) -> bool:
        """Whether a name says no more than the part of the body ("my elbows")."""
        parts = {w for cue in self._body.get(topic or "", ()) for w in cue.split("|")}
        return {reading.tokens[n] for n in self._telling(span, reading)} <= parts

    def _telling(self, span: Span, reading: Reading) -> frozenset[int]:
        """The places of the words of a name that are not words of every day."""
        places = range(span.start, span.end)
        return frozenset(n for n in places if reading.tokens[n] not in self._plain)

    def _descriptions(
        self, text: str, reading: Reading, weights: Sequence[float]
    ) -> Iterator[Mention]:
        """Topics described in one sentence without being named."""
        places: dict[str, list[Span]] = {}
        for cue, span in self._parts.find(reading):
            places.setdefault(cue, []).append(span)
        if not places:
            return
        for start, end, _ in _sentences(text):
            for topic, groups in self._described:
                spans = []
                for group in groups:
                    here = [
                        s
                        for cue in group
                        for s in places.get(cue, ())
                        if start <= s.start and s.end <= end
                    ]
                    if not here:
                        break
                    spans.append(min(here, key=lambda span: span.start))
                else:
                    first = min(spans, key=lambda span: span.start)
                    word = " ".join(reading.tokens[first.start : first.end])
                    weight = weights[first.start] + _AGAIN
                    yield Mention(topic, word, first, weight, by_name=False, parts=tuple(spans))

    def _weights(self, text: str, reading: Reading) -> list[float]:
        """How much each word's sentence is what the question is about."""
        therapy = [span.start for cue in self.therapy for span in reading.find(cue)]
        weights = [0.0] * (len(reading.tokens) + 1)
        found = list(_sentences(text))
        for number, (start, end, ending) in enumerate(found):
            weight = 1.0
            weight += _WITH_THERAPY * any(start <= place < end for place in therapy)
            weight += _ASKED * ("?" in ending)
            weight += _LAST * (number == len(found) - 1)
            for place in range(start, min(end, len(weights))):
                weights[place] = weight
        return weights


def asking(text: str) -> list[tuple[int, int]]:
    """The first word and the end of each sentence that ends as a question."""
    return [(start, end) for start, end, ending in _sentences(text) if "?" in ending]


def _sentences(text: str) -> Iterator[tuple[int, int, str]]:
    """The first word, the end and the closing marks of each sentence."""
    start = 0
    for match in _SENTENCE.finditer(text):
        end = start + len(tokens(match.group(0)))
        yield start, end, match.group(1)
        start = end


def _follows(mention: Mention, cues: Sequence[Span]) -> bool:
    """Whether what is named, or a part of what is described, stands behind one of the cues.

    A name may begin within the cue ("I don't have thrush", where "have thrush" is a name).
    """
    return any(_stands_behind(span, cues) for span in mention.parts or (mention.span,))


def _another_between(
    cue: Span, mention: Mention, mentions: Sequence[Mention], reading: Reading
) -> bool:
    """Whether the cue is spent on another name ("not thrush, eczema"), to which none is joined."""
    before = reading.tokens[mention.span.start - 1] if mention.span.start else ""
    return before not in _JOINED and any(
        cue.end <= other.span.start and other.span.end <= mention.span.start
        for other in mentions
        if other.topic != mention.topic and not other.parts
    )


def _stands_behind(span: Span, cues: Sequence[Span]) -> bool:
    return any(cue.start < span.start < cue.end + _REACH for cue in cues)
