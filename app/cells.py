"""What a person who decides weighs: benefits, risks, alternatives and doing nothing."""

from collections.abc import Sequence
from typing import Final

from app.answer import Cell, Statement
from app.choose import TREATED, Chooser
from corpus.library import Library, Point
from corpus.topic import Topic
from corpus.vocabulary import CellKind
from ingest.passages import Passage

EACH: Final = 2
"""Statements in a cell at most: no side gets more room than another."""


class Cells:
    """Fills the four cells of a treated topic in equal detail; an empty one says that it is."""

    def __init__(self, library: Library, passages: dict[str, Passage]) -> None:
        """`passages`: every passage of the index by id."""
        self._labels = library.wording.labels
        self._chooser = Chooser(library, passages)
        self._passages = passages

    def of(self, topics: Sequence[Topic]) -> tuple[Cell, ...]:
        """The cells of the first topic in which somebody is treated, an illness before a use."""
        treated = [t for t in topics if t.kind in TREATED and not t.off_topic]
        treated.sort(key=lambda topic: topic.kind != "condition")
        if not treated:
            return ()
        topic = treated[0]
        found: dict[CellKind, list[Statement]] = {
            "benefits": self._said(self._effects(topic)),
            "risks": self._said(self._chooser.risks([topic])),
            "alternatives": self._said(self._chooser.shown(topic.alternative_ids)),
            "nothing": self._waiting(topic),
        }
        return tuple(self.cell(kind, topic.id, said) for kind, said in found.items())

    def cell(self, kind: CellKind, topic_id: str, said: Sequence[Statement]) -> Cell:
        """A cell, which says that it is empty where nothing is known."""
        empty = None if said else self._labels[f"empty_{kind}"]
        return Cell(kind=kind, topic=topic_id, statements=tuple(said), empty=empty)

    def _effects(self, topic: Topic) -> list[Point]:
        """The leading result, then a review that says otherwise, then the next."""
        named = (*topic.bottom_line.finding_ids, *topic.benefit_ids)
        points = [p for p in self._chooser.shown(named) if p.finding.kind in ("effect", "marker")]
        dissent = self._chooser.dissenting(points)
        return [*points[:1], *dissent, *(p for p in points[1:] if p not in dissent)]

    def _said(self, points: Sequence[Point]) -> list[Statement]:
        return self._chooser.statements(points, most=EACH)

    def _waiting(self, topic: Topic) -> list[Statement]:
        said = topic.waiting
        if said is None or said.plain is None:
            return []
        cited = tuple(id_ for id_ in topic.waiting_ids if id_ in self._passages)
        return [Statement(text=said.plain, clinical=said.clinical, citations=cited)]
