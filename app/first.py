"""What is said before the body of evidence: just what the reader asked for."""

from collections.abc import Sequence
from typing import Final

from app.answer import Statement
from app.asked import Asked
from app.cells import Cells
from app.choose import Chooser
from app.understanding import Understanding
from corpus.library import Library
from corpus.topic import Topic
from corpus.vocabulary import CellKind, Intent

SOURCE_WORDS: Final = 70
MOST_OF_SOURCE: Final = 3
"""What is said of a record that is asked about by name."""
_CELL_FOR: Final[dict[Intent, CellKind]] = {"waiting": "nothing", "alternatives": "alternatives"}


class First:
    """The verdict on a claim, a field of a record, a record's own findings, one of the cells."""

    def __init__(self, library: Library, chooser: Chooser, cells: Cells) -> None:
        """`chooser` and `cells` as the composer has them."""
        self._library = library
        self._labels = library.wording.labels
        self._chooser = chooser
        self._cells = cells
        self._fields = Asked(library, chooser)

    def statements(self, understood: Understanding, topics: Sequence[Topic]) -> list[Statement]:
        """What was asked for, in the order in which it is said; all of it cites something."""
        said = self._claim_checked(understood, topics)
        said += self._fields.statements(understood, topics)
        return said + self._of_source(understood, said)

    def cells(self, understood: Understanding, topics: Sequence[Topic]) -> list[Statement]:
        """What happens without it, or what else there is, to who asks just that.

        An empty cell says that it is empty, and cites nothing.
        """
        wanted = [kind for intent, kind in _CELL_FOR.items() if intent in understood.intents]
        said: list[Statement] = []
        for cell in self._cells.of(topics) if wanted else ():
            if cell.kind in wanted:
                empty = Statement(text=cell.empty or "", clinical=cell.empty or "")
                said += cell.statements or [empty]
        return said

    def _claim_checked(self, understood: Understanding, topics: Sequence[Topic]) -> list[Statement]:
        for id_ in understood.claims[:1] if understood.claim_meant else ():
            claim = self._library.claims[id_]
            verdict = self._library.wording.verdicts[claim.verdict]
            text = self._labels["claim_checked"].format(
                verdict=verdict.label.lower(), plain=verdict.plain
            )
            leans = [point.id for point in self._chooser.points(claim.explanation.finding_ids)]
            about = [f"{topic.id}#bottom-line" for topic in topics[:1]]
            return [Statement(text=text, clinical=text, citations=tuple(leans or about))]
        return []

    def _of_source(self, understood: Understanding, said: Sequence[Statement]) -> list[Statement]:
        """What a record that is asked about found, in its own order."""
        spoken = {id_ for statement in said for id_ in statement.citations}
        papers = [self._library[id_] for id_ in understood.sources]
        ids = [f"{paper.id}#{finding.key}" for paper in papers for finding in paper.findings]
        shown = self._chooser.shown(ids)
        # Who asks for one field is told at least what the record found.
        points = [point for point in shown if point.id not in spoken] or shown[:1]
        return self._chooser.statements(points, SOURCE_WORDS, most=MOST_OF_SOURCE, each=True)
