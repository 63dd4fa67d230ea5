"""Fifth step: the answer's sections, whole statements taken from vetted records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.answer import Section, SectionKind, Statement, Status
from app.body import agreement_of, certainty_of, shared_weaknesses, weakened_by
from app.retrieve import Hit
from app.triage import Triage
from app.understand import Understanding
from corpus.library import Library, Point
from corpus.reading import words
from corpus.review import Review
from corpus.topic import Topic
from ingest.passages import Passage

FINDING_WORDS: Final = 55
HARM_WORDS: Final = 40
"""Word budgets of two sections: with the short answer a whole answer stays near 80-180 words."""
MOST_TOPICS: Final = 2
MOST_QUESTIONS: Final = 4


@dataclass
class Draft:
    """Sections before they are verified."""

    sections: list[Section] = field(default_factory=list)

    def add(self, kind: SectionKind, statements: Iterable[Statement]) -> None:
        """Adds a section unless it would be empty."""
        if found := tuple(statements):
            self.sections.append(Section(kind=kind, statements=found))


class Composer:
    """Arranges bottom lines, findings, harms, gaps and questions for one understood question."""

    def __init__(self, library: Library, passages: dict[str, Passage]) -> None:
        """`passages`: every passage of the index by id."""
        self._library = library
        self._passages = passages
        self._labels = library.wording.labels

    def compose(
        self, status: Status, triage: Triage, understood: Understanding, hits: Sequence[Hit]
    ) -> Draft:
        """The sections that fit the status."""
        draft = Draft()
        if status == "refused" and triage.refusal:
            draft.add("note", [self._said(triage.refusal.message)])
            draft.add("questions_to_ask", [self._said(text) for text in triage.refusal.instead])
            return draft
        if triage.urgent and triage.urgent.level == "now":
            draft.add("note", [self._said(self._labels["evidence_later"])])
            return draft
        topics = [self._library.topics[id_] for id_ in understood.topics][:MOST_TOPICS]
        if not topics:
            key = "no_evidence" if status == "no_evidence" else "off_topic"
            if status == "urgent":
                key = "evidence_later"
            draft.add("note", [self._said(self._labels[key])])
            return draft
        if status == "off_topic":
            draft.add("short_answer", [self._bottom_line(topics[0])])
            draft.add("note", [self._said(self._labels["off_topic"])])
            return draft
        self._fill(draft, [topic for topic in topics if not topic.off_topic], hits)
        return draft

    def _fill(self, draft: Draft, topics: list[Topic], hits: Sequence[Hit]) -> None:
        short = []
        for topic in topics:
            short.append(self._bottom_line(topic))
            if caution := self._caution(topic, short[-1]):
                short.append(caution)
        draft.add("short_answer", short)
        used = {id_ for statement in short for id_ in statement.citations}
        draft.add("findings", self._findings(topics, hits, used))
        draft.add("harms", self._harms(topics, hits, used))
        draft.add("unknowns", self._unknowns(topics))
        asked = [text for topic in topics for text in topic.questions_to_ask]
        draft.add("questions_to_ask", [self._said(text) for text in asked[:MOST_QUESTIONS]])

    def _said(self, text: str) -> Statement:
        return Statement(text=text, clinical=text)

    def _points(self, ids: Iterable[str]) -> list[Point]:
        named = (self._library.points.get(id_) for id_ in dict.fromkeys(ids))
        return [p for p in named if p and p.record.may_support and p.id in self._passages]

    def _bottom_line(self, topic: Topic) -> Statement:
        points = self._points(topic.bottom_line.finding_ids)
        shown = [point.id for point in points if self._passages[point.id].show != "clinical"]
        body = self._points((*topic.bottom_line.finding_ids, *topic.benefit_ids))
        search = [f"{topic.id}#search"] if topic.search and topic.gap else []
        return Statement(
            text=topic.bottom_line.plain,
            clinical=topic.bottom_line.clinical,
            citations=(*shown, *search) or (f"{topic.id}#bottom-line",),
            certainty=None if topic.off_topic else certainty_of(self._library, topic),
            agreement=None if topic.off_topic else agreement_of(body, topic),
            weakened_by=() if topic.off_topic else shared_weaknesses(points),
        )

    def _caution(self, topic: Topic, bottom_line: Statement) -> Statement | None:
        """How sure it is, said by the certainty table; effects only, rules need no rating."""
        points = self._points(topic.bottom_line.finding_ids)
        if not any(point.finding.kind in ("effect", "marker") for point in points):
            return None
        certainty = bottom_line.certainty or "not_rated"
        if certainty == "none":
            certainty = "not_rated"
        sentence = self._library.wording.certainty[certainty].sentence
        if not any(isinstance(point.record, Review) for point in points):
            sentence = self._labels["no_review_rating"]
        reasons = [
            self._library.wording.weakened_by[reason] for reason in bottom_line.weakened_by[:2]
        ]
        text = sentence
        if reasons and certainty == "not_rated":
            text += " " + self._labels["weakened_by"].format(reasons="; ".join(reasons))
        return Statement(
            text=text, clinical=text, citations=bottom_line.citations, certainty=certainty
        )

    def _findings(
        self, topics: Sequence[Topic], hits: Sequence[Hit], used: set[str]
    ) -> list[Statement]:
        """Named findings, each record once; a dissenting review is always among them."""
        named = [id_ for t in topics for id_ in (*t.bottom_line.finding_ids, *t.benefit_ids)]
        named += [id_ for t in topics for id_ in t.rule_ids]
        points = self._ranked(self._points(named), hits)
        lead = [point for point in points if self._is_shown(point)]
        dissent = self._dissenting(lead)
        fresh = [point for point in lead if point.id not in used]
        ordered = [*dissent, *fresh, *(point for point in lead if point.id in used)]
        return self._statements(ordered, FINDING_WORDS)

    def _harms(
        self, topics: Sequence[Topic], hits: Sequence[Hit], used: set[str]
    ) -> list[Statement]:
        own = self._points(id_ for topic in topics for id_ in topic.harm_ids)
        general = self._points(
            id_
            for safety in self._library.topics.values()
            if safety.id == self._labels.get("harm_topic")
            for id_ in safety.harm_ids
        )
        fresh = [point for point in (*own, *general) if point.id not in used]
        return self._statements([p for p in fresh if self._is_shown(p)], HARM_WORDS)

    def _is_shown(self, point: Point) -> bool:
        return self._passages[point.id].show != "clinical"

    def _ranked(self, points: list[Point], hits: Sequence[Hit]) -> list[Point]:
        """By tier, then by how well the passage fits the question."""
        score = {hit.passage.id: hit.score for hit in hits}
        return sorted(
            points, key=lambda p: (self._passages[p.id].tier > 2, -score.get(p.id, 0.0))
        )

    def _dissenting(self, points: Sequence[Point]) -> list[Point]:
        reviews = [
            p for p in points if isinstance(p.record, Review) and p.finding.kind == "effect"
        ]
        if not reviews:
            return []
        other = [
            p
            for p in reviews
            if p.finding.favours not in ("unclear", reviews[0].finding.favours)
            and p.record.id != reviews[0].record.id
        ]
        return [reviews[0], *other[:1]]

    def _statements(self, points: Iterable[Point], budget: int) -> list[Statement]:
        """Findings as statements, one a record, until the words are used up; one at least."""
        statements: list[Statement] = []
        records: set[str] = set()
        left = budget
        for point in points:
            if point.record.id in records:
                continue
            passage = self._passages[point.id]
            size = len(words(passage.text))
            if statements and size > left:
                continue
            records.add(point.record.id)
            left -= size
            statements.append(
                Statement(
                    text=passage.text,
                    clinical=passage.clinical,
                    citations=(point.id,),
                    certainty=point.finding.certainty
                    or ("not_rated" if point.finding.kind == "effect" else None),
                    weakened_by=tuple(weakened_by(point)[:3]),
                )
            )
        return statements

    def _unknowns(self, topics: Sequence[Topic]) -> list[Statement]:
        return [
            Statement(text=topic.unknown.plain, clinical=topic.unknown.clinical)
            for topic in topics[:1]
            if topic.unknown and topic.unknown.plain
        ]
