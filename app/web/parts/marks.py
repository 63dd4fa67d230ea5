"""Citation numbers and the shapes of verdicts, as the templates need them."""

from collections.abc import Sequence
from typing import Any, Final

from app.answer import CitedPassage, Source
from corpus.vocabulary import Verdict
from corpus.wording import Wording

SHAPES: Final[dict[Verdict, str]] = {
    "supported": "✓",
    "overstated": "△",
    "unproven": "○",
    "contradicted": "✕",
    "not_located": "?",
    "too_vague": "~",
}


class Marks:
    """Turns cited passages into numbers of sources."""

    def __init__(
        self, sources: Sequence[Source], passages: Sequence[CitedPassage], wording: Wording
    ) -> None:
        """`sources` and `passages` of one answer or report."""
        by_id = {source.id: source for source in sources}
        self._by_number = {source.n: source for source in sources}
        self._source_of = {p.id: by_id[p.source_id] for p in passages}
        self._label = wording.labels["opens_source"]

    def of(self, citations: Sequence[str]) -> list[dict[str, Any]]:
        """One number a source, in ascending order, with the passages meant."""
        cited: dict[int, list[str]] = {}
        for id_ in citations:
            cited.setdefault(self._source_of[id_].n, []).append(id_)
        return [
            {
                "n": n,
                "passages": " ".join(ids),
                "label": self._label.format(n=n, title=self._by_number[n].title),
            }
            for n, ids in sorted(cited.items())
        ]
