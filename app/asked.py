"""A field that a reader asks for ("how many people?"), said first, from the record that has it."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from app.answer import Statement
from app.choose import Chooser
from app.cues import Reading, Vocabulary
from app.understanding import Understanding
from app.wants import others_of
from corpus.library import Library, Point
from corpus.paper import Paper
from corpus.review import Review
from corpus.topic import Topic
from corpus.vocabulary import AspectName

_RECORDS: Final = 2
"""Records that answer one field: the leading one, and one that may say otherwise."""
_COMPARED: Final = 2
_TIMES: Final = 3
_COMPARATORS: Final = 4
_AUTHOR: Final = re.compile(r"^(?P<name>.+?)(?:,| [A-Z][A-Z-]{0,3}$)")
_ASIDE: Final = re.compile(r"\s*\(not [^)]*\)")


class Asked:
    """Answers a field from the records of a topic, or from the record that was named."""

    def __init__(self, library: Library, chooser: Chooser) -> None:
        """`chooser` knows which findings may be shown."""
        self._library = library
        self._labels = library.wording.labels
        self._chooser = chooser
        self._others = others_of(library)
        self._vocabulary = Vocabulary(cue for cues in self._others.values() for cue in cues)

    def statements(self, understood: Understanding, topics: Sequence[Topic]) -> list[Statement]:
        """What answers the fields asked for; nothing where none was asked for."""
        said: list[Statement] = []
        for aspect in understood.aspects:
            if aspect == "compared":
                said += self._compared(understood, topics)
            elif aspect == "quality" and not understood.sources:
                continue  # of a subject, the bottom line and its certainty say it
            elif aspect == "sessions":
                said += self._sessions(understood, topics)
            elif aspect != "certainty":  # the composer says it of a bottom line
                said += self._field(aspect, self._records(understood, topics))
        return said

    def name(self, record: Paper) -> str:
        """A record as a sentence can begin with it: "Systematic review by Liu (2015)"."""
        kind = self._library.wording.kinds[getattr(record, "kind", "topic")].label
        kind = _ASIDE.sub("", kind)
        if record.authors:
            match = _AUTHOR.match(record.authors[0])
            key, who = "which_review", match.group("name") if match else record.authors[0]
        elif record.organisation:
            key, who = "which_body", record.organisation
        else:
            key, who = "nameless", record.title
        year = record.year or self._labels["not_stated"]
        return self._labels[key].format(kind=kind, who=who, year=year)

    def _points(self, understood: Understanding, topics: Sequence[Topic]) -> list[Point]:
        if understood.sources:
            papers = [self._library[id_] for id_ in understood.sources]
            ids = [f"{paper.id}#{finding.key}" for paper in papers for finding in paper.findings]
            return self._chooser.points(ids)
        named = [
            id_
            for topic in topics
            for id_ in (*topic.bottom_line.finding_ids, *topic.benefit_ids, *topic.rule_ids)
        ]
        return self._chooser.points(named)

    def _records(
        self, understood: Understanding, topics: Sequence[Topic]
    ) -> list[tuple[Paper, Point]]:
        """Each record with the first of its findings: reviews before single studies."""
        found: dict[str, tuple[Paper, Point]] = {}
        for point in self._points(understood, topics):
            found.setdefault(point.record.id, (point.record, point))
        return sorted(found.values(), key=lambda pair: not isinstance(pair[0], Review))

    def _field(self, aspect: AspectName, records: Sequence[tuple[Paper, Point]]) -> list[Statement]:
        say = _SAYS[aspect]
        said = [
            self._statement(text, point).model_copy(
                update={"citations": self._cited(aspect, record, point)}
            )
            for record, point in records
            if (text := say(self, record, point))
        ]
        if said or not records:
            return said[:_RECORDS]
        record, point = records[0]
        text = self._labels[f"asked_{aspect}_not"].format(name=self.name(record))
        return [self._statement(text, point)]

    def _cited(self, aspect: AspectName, record: Paper, point: Point) -> tuple[str, ...]:
        """The finding, and beside it what a follow-up time or a limit stands in."""
        if aspect == "quality" and record.limits and record.limits.plain:
            return (point.id, f"{record.id}#limits")
        if aspect != "followed":
            return (point.id,)
        timed = [f"{record.id}#{finding.key}" for finding in record.findings if finding.timepoint]
        return tuple(p.id for p in self._chooser.points(timed))

    def _people(self, record: Paper, point: Point) -> str | None:
        people = record.n_participants or point.finding.n_participants
        studies = record.n_studies if isinstance(record, Review) else None
        if not people:
            return None
        key = "asked_people_studies" if studies and record.n_participants else "asked_people"
        return self._labels[key].format(
            name=self.name(record), people=f"{people:,}", studies=studies
        )

    def _studies(self, record: Paper, _: Point) -> str | None:
        if not isinstance(record, Review):
            return self._labels["asked_one_study"].format(name=self.name(record))
        if record.n_studies is None:
            return None
        key = "asked_studies_random" if record.n_rcts else "asked_studies"
        return self._labels[key].format(
            name=self.name(record), studies=record.n_studies, random=record.n_rcts
        )

    def _searched(self, record: Paper, _: Point) -> str | None:
        if not record.search_until:
            return None
        name = self.name(record)
        return self._labels["asked_searched"].format(name=name, until=record.search_until)

    def _published(self, record: Paper, _: Point) -> str | None:
        year = getattr(record, "date", None) or record.year
        if not year:
            return None
        return self._labels["asked_published"].format(name=self.name(record), year=year)

    def _funding(self, record: Paper, _: Point) -> str | None:
        said = []
        if record.funding:
            text = self._labels["asked_funding"]
            said.append(text.format(name=self.name(record), funding=record.funding.rstrip(".")))
        if record.authors_promote_ozone and not record.conflicts:
            said.append(self._labels["asked_promoters"].format(name=self.name(record)))
        if record.conflicts:
            conflicts = record.conflicts.rstrip(".")
            if not said:
                said.append(self._labels["asked_funding_not"].format(name=self.name(record)))
            said.append(self._labels["asked_conflicts"].format(conflicts=conflicts))
        return " ".join(said) or None

    def _followed(self, record: Paper, _: Point) -> str | None:
        times = dict.fromkeys(f.timepoint for f in record.findings if f.timepoint)
        if not times:
            return None
        text = "; ".join(list(times)[:_TIMES])
        return self._labels["asked_followed"].format(name=self.name(record), times=text)

    def _control(self, record: Paper, _: Point) -> str | None:
        before = any(f.design == "before_after" for f in record.findings)
        found = (f.comparator for f in record.findings if f.design != "before_after")
        others = dict.fromkeys(other for other in found if other)
        if not before:
            others = dict.fromkeys([*record.comparators, *others])
        if not others:
            none = self._labels["asked_control_none"].format(name=self.name(record))
            return none if before else None
        listed = "; ".join(list(others)[:_COMPARATORS])
        return self._labels["asked_control"].format(name=self.name(record), others=listed)

    def _quality(self, record: Paper, _: Point) -> str | None:
        name = self.name(record)
        for appraisal in record.appraisals:
            say = self._labels["asked_quality_rated"]
            return say.format(by=appraisal.by, name=name, rating=appraisal.rating)
        if record.limits and record.limits.plain:
            return self._labels["asked_quality"].format(name=name, text=record.limits.plain)
        return None

    def _who(self, record: Paper, _: Point) -> str | None:
        return self._labels["asked_who"].format(name=self.name(record))

    def _sessions(self, understood: Understanding, topics: Sequence[Topic]) -> list[Statement]:
        """Findings that say how often it was given; else that none does."""
        word = self._labels["sessions_word"]
        telling = [
            point
            for point in self._points(understood, topics)
            if point.finding.plain and word in point.finding.plain
        ]
        if telling:
            return self._chooser.statements(telling, most=_RECORDS)
        if not topics:
            return []
        text = self._labels["asked_sessions_not"].format(topic=topics[0].name)
        return [Statement(text=text, clinical=text, citations=(f"{topics[0].id}#bottom-line",))]

    def _compared(self, understood: Understanding, topics: Sequence[Topic]) -> list[Statement]:
        """Findings against what was named; without one, that nobody has compared the two."""
        # "Better than platelet-rich plasma for my ears" is about the ears alone.
        about = [topic for topic in topics if topic.kind == "condition"]
        about = about or [topic for topic in topics if topic.kind in ("use", "route")]
        if not understood.others or not about:
            return []
        other = understood.others[0]
        against = self._against(other, self._points(understood, about))
        if against:
            return self._chooser.statements(against, most=_COMPARED)
        if understood.sources:  # asked is what this record did, not what there is
            asked = "control" in understood.aspects
            return [] if asked else self._field("control", self._records(understood, topics))
        text = self._labels["asked_compared_not"].format(topic=about[0].name, other=other)
        cited = (f"{about[0].id}#bottom-line",)
        said = [Statement(text=text, clinical=text, citations=cited)]
        reviews = [p for p in self._library.points.values() if isinstance(p.record, Review)]
        elsewhere = self._against(other, self._chooser.points(p.id for p in reviews))
        for statement in self._chooser.statements(elsewhere, most=1):
            text = self._labels["asked_compared_elsewhere"].format(text=statement.text)
            said.append(statement.model_copy(update={"text": text}))
        return said

    def _against(self, other: str, points: Sequence[Point]) -> list[Point]:
        """The findings, shown to patients, whose comparator is what was named."""
        cues = self._others[other]
        return [
            point
            for point in points
            if point.finding.comparator
            and point.finding.plain
            and Reading(point.finding.comparator, self._vocabulary).has_any(cues)
        ]

    def _statement(self, text: str, point: Point) -> Statement:
        return Statement(text=text, clinical=text, citations=(point.id,))


_Say = Callable[[Asked, Paper, Point], str | None]
_SAYS: Final[dict[AspectName, _Say]] = {
    "people": Asked._people,
    "studies": Asked._studies,
    "searched": Asked._searched,
    "published": Asked._published,
    "funding": Asked._funding,
    "followed": Asked._followed,
    "control": Asked._control,
    "quality": Asked._quality,
    "who": Asked._who,
}
