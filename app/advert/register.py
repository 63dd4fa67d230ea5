"""Which claims of the register a sentence makes: by meaning, figures and subject."""

from typing import Final

import numpy as np
import numpy.typing as npt

from app.advert.asserted import Asserted, Understood
from app.claims import telling_figures
from corpus.claim import Claim
from corpus.library import Library
from ingest.index import Index

SAME: Final = 0.72
"""Cosine similarity from which a sentence makes a claim of the register."""
SAME_WITH_FIGURE: Final = 0.55
"""The same, where they share a figure."""
_NEAREST: Final = 5
_ALIKE: Final = (
    {"benefit", "figure", "testimonial", "reference", "comparison"},
    {"mechanism", "root_cause", "benefit"},
    {"dose", "practice"},
    {"reference", "approval"},
    {"safety", "practice"},
)
"""Kinds that one and the same claim may be taken for."""


class Register:
    """The register's claims by the ways in which they are said."""

    def __init__(self, library: Library, index: Index) -> None:
        """Reads nothing yet: the vectors come from the index on first use."""
        self._claims: dict[str, Claim] = dict(library.claims)
        self._figures = {
            id_: telling_figures(" ".join((claim.claim, *claim.figures)))
            for id_, claim in self._claims.items()
        }
        self._index = index

    def meant(
        self, vector: npt.NDArray[np.float32], asserted: Asserted, sentence: Understood
    ) -> Claim | None:
        """The claim of the register that is asserted, on the same subject and of a like kind."""
        said = self._index.said_as
        if not said.ids:
            return None
        figures = telling_figures(sentence.line.text)
        scores = said.vectors @ vector
        for row in np.argsort(-scores)[:_NEAREST]:
            claim = self._claims[said.ids[int(row)]]
            same = figures & self._figures[claim.id]
            if scores[row] < (SAME_WITH_FIGURE if same else SAME):
                continue
            if asserted.rule.limited != (claim.verdict == "supported"):
                continue  # what limits itself is not the promise, and a promise not what is true
            if figures and not same and self._figures[claim.id]:
                continue  # another figure makes another claim
            subject = not sentence.topics or set(sentence.topics) & set(claim.topics)
            if subject and _alike(asserted.kind, claim.kind):
                return claim
        return None


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in kinds and other in kinds for kinds in _ALIKE)
