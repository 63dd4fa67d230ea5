"""What a question names beside a topic: a source, an advertised claim, a country."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.claims import MEANT, SURE, ClaimFinder
from app.cues import Reading, normalise
from app.named import SourceNames
from app.understanding import Understanding
from corpus.figures import figures_in
from corpus.library import Library
from corpus.triage import Scope
from ingest.index import Index

_ABOUT: Final = ("condition", "use", "route", "neighbour")


class Links:
    """Adds sources, claims and countries to what was understood."""

    def __init__(self, library: Library, index: Index) -> None:
        """Reads names of sources, claims and countries from the library."""
        self._library = library
        self._sources = SourceNames(library)
        self._claims = ClaimFinder(library, index)
        self.countries = tuple(name for s in library.of(Scope) for name in s.countries)
        rules = [topic for topic in library.topics.values() if topic.kind == "rule"]
        self._ruled = frozenset(
            normalise(n) for topic in rules for n in (*topic.names, *topic.cues)
        )
        self.of_country = frozenset(
            topic.id
            for topic in rules
            if {normalise(n).rstrip("*") for n in (*topic.names, *topic.cues)} & set(self.countries)
        )
        """Topics on the rules of one country."""

    def with_sources(self, understood: Understanding, history: Sequence[str]) -> Understanding:
        """The records that are named; a follow-up means those of the question before it."""
        subject = understood.topics or understood.about_therapy
        if "source" not in understood.intents and subject:
            return understood  # an author's name alone asks for nothing
        of_topic = {
            point.split("#")[0]
            for id_ in understood.topics
            for point in self._library.topics[id_].point_ids
        }
        earlier = reversed(history) if understood.follows_up else ()
        for text in (understood.question, *earlier):
            if named := self._sources.find(text, of_topic):
                topics = understood.topics or self._topics_of(named[0])
                return replace(understood, sources=named, topics=topics, about_therapy=True)
        return understood

    def _topics_of(self, source_id: str) -> tuple[str, ...]:
        """The topic that leans on a record most: where it stands first."""
        found: dict[str, int] = {}
        for topic in self._library.topics.values():
            sources = [id_.split("#")[0] for id_ in topic.point_ids]
            if source_id in sources:
                found[topic.id] = sources.index(source_id)
        return (min(found, key=lambda id_: (found[id_], id_)),) if found else ()

    def with_claims(self, understood: Understanding) -> Understanding:
        """The advertised claims that are asked about, whose topic answers if none is named."""
        found = self._claims.asked_about(understood.question, understood.vector, understood.topics)
        best = found[0][1] if found else 0.0
        if "claim_check" not in understood.intents:
            if best < SURE or not figures_in(understood.question):
                return understood  # nobody said that somebody claims it
            understood = replace(understood, intents=(*understood.intents, "claim_check"))
        kinds = {self._library.topics[id_].kind for id_ in understood.topics}
        claims = tuple(id_ for id_, _ in found)
        meant = best >= MEANT and self._fits(claims[0], understood)
        if not meant or kinds & set(_ABOUT) or understood.uncovered:
            return replace(understood, claims=claims, claim_meant=meant)
        topics = (*self._library.claims[claims[0]].topics[:1], *understood.topics)
        return replace(
            understood,
            claims=claims,
            claim_meant=True,
            topics=tuple(dict.fromkeys(topics)),
            about_therapy=True,
        )

    def _fits(self, claim_id: str, understood: Understanding) -> bool:
        """On the same subject, or with the same figure: what is merely like it is another claim."""
        claim = self._library.claims[claim_id]
        figures = figures_in(" ".join((claim.claim, *claim.figures)))
        same = figures & figures_in(understood.question)
        return bool(same or set(claim.topics) & set(understood.topics))

    def with_country(self, understood: Understanding, reading: Reading) -> Understanding:
        """A question on the law of a country from which no rule is on record."""
        if "approval" not in understood.intents:
            return understood
        if any(self._library.topics[id_].kind == "condition" for id_ in understood.topics):
            return understood
        named = [country for country in self.countries if reading.has(country)]
        if not named or any(name in self._ruled for name in named):
            return understood
        return replace(understood, topics=(), own_word=named[0], no_rule=True, about_therapy=True)
