"""Which of a topic's findings are said, in which order, and how much of them fits."""

from collections.abc import Collection, Iterable, Sequence
from math import inf
from typing import Final

from rapidfuzz import fuzz

from app.answer import Statement
from app.body import weakened_by
from app.retrieve import Hit
from corpus.figures import figures_in
from corpus.library import Library, Point
from corpus.reading import words
from corpus.render import clinical_line
from corpus.review import Review
from corpus.topic import Topic
from ingest.passages import Passage

TREATED: Final = ("condition", "use", "route")
"""Kinds of topic in which somebody is treated, so that harms belong to the answer."""

FIRST: Final = 5
"""Findings are named in the order of their weight: a short one is looked for among these."""


class Chooser:
    """Picks findings for statements; every statement is one vetted record's own sentence."""

    def __init__(self, library: Library, passages: dict[str, Passage]) -> None:
        """`passages`: every passage of the index by id."""
        self._library = library
        self._passages = passages

    def points(self, ids: Iterable[str]) -> list[Point]:
        """The findings with these ids that may stand behind an answer, each once."""
        named = (self._library.points.get(id_) for id_ in dict.fromkeys(ids))
        return [p for p in named if p and p.record.may_support and p.id in self._passages]

    def shown(self, ids: Iterable[str]) -> list[Point]:
        """Those of the findings that have a sentence for patients."""
        return [point for point in self.points(ids) if self._passages[point.id].for_patients]

    def ranked(self, points: list[Point], hits: Sequence[Hit]) -> list[Point]:
        """By tier, then by how well the passage fits the question."""
        score = {hit.passage.id: hit.score for hit in hits}
        return sorted(points, key=lambda p: (self._passages[p.id].tier > 2, -score.get(p.id, 0.0)))

    def dissenting(self, points: Sequence[Point]) -> list[Point]:
        """The first review that says something else than the leading one."""
        reviews = [p for p in points if isinstance(p.record, Review) and p.finding.kind == "effect"]
        if not reviews:
            return []
        other = [
            p
            for p in reviews
            if p.finding.favours not in ("unclear", reviews[0].finding.favours)
            and p.record.id != reviews[0].record.id
        ]
        return other[:1]

    def risks(self, topics: Sequence[Topic], used: Collection[str] = ()) -> list[Point]:
        """Harms of this use; where none is left, a serious one of the therapy as a whole."""
        own = self.shown(id_ for topic in topics for id_ in topic.harm_ids)
        fresh = [point for point in own if point.id not in used]
        if fresh or not any(topic.kind in TREATED for topic in topics):
            return fresh
        general = self._library.topics.get(self._library.wording.labels["harm_topic"])
        named = self.shown(general.harm_ids if general else ())
        return [point for point in named if point.id not in used][:1]

    def source_of(self, passage_id: str) -> str:
        """The record a passage belongs to."""
        return self._passages[passage_id].source_id

    def statements(
        self,
        points: Iterable[Point],
        budget: float = inf,
        most: int | None = None,
        *,
        each: bool = False,
    ) -> list[Statement]:
        """Findings as statements, one a record, until the words are used up; one at least.

        `budget`: words for all of them; `most`: how many at the most; `each`: several findings
        of one record may be said.
        """
        ordered = list(points)
        said: list[Point] = []
        left = budget
        for point in ordered:
            size = self._size(point)
            spoken = not each and point.record.id in {other.record.id for other in said}
            if size <= left and not spoken:
                said.append(point)
                left -= size
        if ordered and not said:
            # None fits: of the first ones, the shortest.
            said.append(min(ordered[:FIRST], key=self._size))
        return [self._statement(point) for point in said[:most]]

    def _size(self, point: Point) -> int:
        return len(words(self._passages[point.id].text))

    def _statement(self, point: Point) -> Statement:
        return Statement(
            text=self._passages[point.id].text,
            clinical=clinical_line(point.finding, self._library.wording.labels),
            citations=(point.id,),
            certainty=point.finding.certainty
            or ("not_rated" if point.finding.kind == "effect" else None),
            weakened_by=tuple(weakened_by(point)[:3]),
        )

    def holders(self, topic: Topic, text: str, figures: Iterable[str]) -> tuple[str, ...]:
        """The findings that hold these figures, one a figure: of several, the one most like it."""
        found = []
        for figure in sorted(figures):
            holding = [p for p in self.shown(topic.point_ids) if figure in self._figures(p.id)]
            if holding:
                found.append(max(holding, key=lambda p: self._likeness(p.id, text)).id)
        return tuple(dict.fromkeys(found))

    def _figures(self, passage_id: str) -> frozenset[str]:
        passage = self._passages[passage_id]
        return figures_in(f"{passage.text} {passage.clinical}")

    def _likeness(self, passage_id: str, text: str) -> float:
        return fuzz.token_set_ratio(self._passages[passage_id].searchable, text)
