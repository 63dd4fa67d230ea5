"""What a question names beside a topic: a source, an advertised claim, a country."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from app.claims import ALONE, CLEAR, MEANT, SURE, TIED, ClaimFinder, telling_figures
from app.cues import Reading, normalise, tokens
from app.lead import usual_topics
from app.named import SourceNames
from app.understanding import Understanding
from corpus.claim import Claim
from corpus.library import Library
from corpus.topic import Topic
from corpus.triage import Scope
from ingest.index import Index

_LATE: Final = 99
_ABOUT_KIND: Final = {
    "regulation": ("rule",),
    "guideline": ("rule",),
    "case_report": ("harm",),
}
"""Which kind of topic a record of a kind is about; the others are about an illness."""
_ABOUT: Final = ("condition", "use", "route", "neighbour")


class Links:
    """Adds sources, claims and countries to what was understood."""

    def __init__(self, library: Library, index: Index) -> None:
        """Reads names of sources, claims and countries from the library."""
        self._library = library
        self._sources = SourceNames(library)
        self._claims = ClaimFinder(library, index)
        self._usual = usual_topics(library)
        self.reporting = tuple(cue for s in library.of(Scope) for cue in s.reporting)
        """Words by which somebody tells what was said; asked about only if it is a known claim."""
        self.countries = tuple(name for s in library.of(Scope) for name in s.countries)
        rules = [topic for topic in library.topics.values() if topic.kind == "rule"]
        of = {topic.id: self._countries_in(topic) for topic in rules}
        self._ruled = frozenset[str]().union(*of.values())
        self.of_country = frozenset(id_ for id_, countries in of.items() if countries)
        """Topics on the rules of one country."""

    def _countries_in(self, topic: Topic) -> frozenset[str]:
        """The countries by whose name a topic goes, alone or within a name ("in Spain")."""
        names = [f" {normalise(n).rstrip('*')} " for n in (*topic.names, *topic.cues)]
        return frozenset(c for c in self.countries if any(f" {c} " in name for name in names))

    def with_sources(self, understood: Understanding) -> Understanding:
        """The records that the question names."""
        particular = self._sources.particular(understood.question)
        subject = understood.topics or understood.about_therapy
        if "source" not in understood.intents and not particular and subject:
            return understood  # an author's name alone asks for nothing
        of_topic = [id_ for topic in understood.topics for id_ in self._records_of(topic)]
        illness = [id_ for id_ in understood.topics if self._kind(id_) == "condition"]
        of_illness = {id_ for topic in illness for id_ in self._on_illness(topic)}
        named = self._sources.find(understood.question, of_topic, of_illness)
        return self.of_record(understood, named)

    def of_record(self, understood: Understanding, named: tuple[str, ...]) -> Understanding:
        """The question as one about these records, if there are any."""
        if not named:
            return understood
        return replace(
            understood,
            sources=named,
            topics=self._fitting(named[0], understood.topics),
            intents=tuple(dict.fromkeys((*understood.intents, "source"))),
            about_therapy=True,
        )

    def _kind(self, topic_id: str) -> str:
        return self._library.topics[topic_id].kind

    def _records_of(self, topic_id: str) -> list[str]:
        """A topic's records, the one that it leans on most first."""
        topic = self._library.topics[topic_id]
        return list(dict.fromkeys(id_.split("#")[0] for id_ in topic.point_ids))

    def _on_illness(self, topic_id: str) -> set[str]:
        """A topic's records, and those that study its illness and that it does not use."""
        topic = self._library.topics[topic_id]
        names = (topic.name, *topic.names)
        own = {p.id for p in self._library.papers if _about(p.condition, names) is not None}
        return own | set(self._records_of(topic_id))

    def _fitting(self, source_id: str, topics: Sequence[str]) -> tuple[str, ...]:
        """Of the topics that were named, those that a record speaks of; else its own topic."""
        holding = [id_ for id_ in topics if source_id in self._records_of(id_)]
        home = self._topics_of(source_id)
        if any(self._kind(id_) == "condition" or self._leads(source_id, id_) for id_ in holding):
            return tuple(holding)
        illness = [id_ for id_ in topics if self._kind(id_) == "condition" and id_ not in holding]
        return tuple(dict.fromkeys((*home, *holding, *illness)))

    def _leads(self, source_id: str, topic_id: str) -> bool:
        """Whether the short answer of a topic leans on a record."""
        bottom_line = self._library.topics[topic_id].bottom_line
        return any(id_.split("#")[0] == source_id for id_ in bottom_line.finding_ids)

    def _topics_of(self, source_id: str) -> tuple[str, ...]:
        """The topic that a record is about: by its illness, else the one that leans on it most."""
        record = self._library[source_id]
        kind = getattr(record, "kind", "")
        fits = _ABOUT_KIND.get(kind, ("condition", "use"))
        found: dict[str, tuple[int, bool, bool, bool, int, str]] = {}
        for topic in self._library.topics.values():
            sources = self._records_of(topic.id)
            if source_id not in sources:
                continue
            names = (topic.name, *topic.names)
            illness = _about(record.condition, names) if topic.kind in fits else None
            found[topic.id] = (
                _LATE if illness is None or topic.kind != "condition" else illness,
                topic.kind not in fits,
                topic.id not in self.of_country and "rule" in fits,
                not self._leads(source_id, topic.id),
                sources.index(source_id),
                topic.id,
            )
        return (min(found, key=lambda id_: found[id_]),) if found else ()

    def with_claims(self, understood: Understanding, reading: Reading) -> Understanding:
        """The advertised claims that are asked about, whose topic answers if none is named."""
        text = understood.question
        checked = "claim_check" in understood.intents
        if not (checked or reading.has_any(self.reporting) or telling_figures(text)):
            return understood  # nobody said that somebody claims it
        found = self._claims.asked_about(text, understood.vector, understood.topics)
        if not checked:
            if not found or found[0][1] < SURE:
                return understood
            understood = replace(understood, intents=(*understood.intents, "claim_check"))
        understood = replace(understood, claims=tuple(claim.id for claim, _ in found))
        if not self._is_meant(found, understood):
            return understood
        understood = replace(understood, claim_meant=True, about_therapy=True)
        if understood.uncovered:
            return understood
        own = found[0][0].topics[:1]
        named = (
            (*understood.topics, *own)
            if self._named_use(understood)
            else (*own, *understood.topics)
        )
        return replace(understood, topics=tuple(dict.fromkeys(named)))

    def _is_meant(self, found: Sequence[tuple[Claim, float]], understood: Understanding) -> bool:
        """On the same subject, or with the same figure: what is merely like it is another claim."""
        if not found:
            return False
        claim, best = found[0]
        if len({rival.verdict for rival, score in found if score >= best - TIED}) > 1:
            return False  # two may be meant, and we think differently of them
        clear = len(found) == 1 or best - found[1][1] >= CLEAR
        fits = set(claim.topics) & set(understood.topics)
        if fits or self._claims.same_figure(claim, understood.question):
            return clear or best >= MEANT
        if self._named_use(understood) or understood.uncovered:
            return False
        told = self._claims.explains(claim, understood.unknown_words)
        return told and (clear or best >= ALONE)

    def _named_use(self, understood: Understanding) -> bool:
        """Whether the question names what ozone is used for, or how; not only what it costs."""
        return any(
            self._library.topics[id_].kind in _ABOUT and id_ not in self._usual
            for id_ in understood.topics
        )

    def with_country(self, understood: Understanding, reading: Reading) -> Understanding:
        """A question on the law of a country from which no rule is on record."""
        if "approval" not in understood.intents:
            return understood
        if any(self._library.topics[id_].kind == "condition" for id_ in understood.topics):
            return understood
        named = [country for country in self.countries if reading.has(country)]
        if not named or not self._ruled.isdisjoint(named):
            return understood
        return replace(understood, topics=(), own_word=named[0], no_rule=True, about_therapy=True)


def _about(conditions: Sequence[str], names: Collection[str]) -> int | None:
    """The first of a record's illnesses that is one of a topic's names, or holds one."""
    for place, condition in enumerate(conditions):
        illness = f" {' '.join(tokens(condition))} "
        if any(f" {' '.join(tokens(name))} " in illness for name in names):
            return place
    return None
