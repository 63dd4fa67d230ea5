"""Which claims of the register a sentence makes: by meaning, figures and subject."""

from collections.abc import Collection
from typing import Final

import numpy as np
import numpy.typing as npt

from app.advert.asserted import Asserted, Understood
from app.claims import telling_figures
from corpus.claim import Claim
from corpus.library import Library
from corpus.vocabulary import Verdict
from ingest.index import Index

SAME: Final = 0.72
"""Cosine similarity from which a sentence makes a claim of the register."""
SAME_WORDS: Final = 0.9
"""The same, where it tells no figure and the claim does."""
SAME_WITH_FIGURE: Final = 0.55
"""The same, where they share a figure."""
_NEAREST: Final = 5
_OPEN: Final[tuple[Verdict, ...]] = ("unproven", "overstated", "not_located")
_CLOSED: Final[tuple[Verdict, ...]] = ("supported", "too_vague")
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
        self,
        vector: npt.NDArray[np.float32],
        asserted: Asserted,
        sentence: Understood,
        verdicts: Collection[Verdict],
    ) -> Claim | None:
        """The claim of the register that is asserted, on the same subject and of a like kind.

        `verdicts`: what the table says of the assertion; the claim's must not differ in class.
        """
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
            if self._figures[claim.id] and not same and (figures or scores[row] < SAME_WORDS):
                continue  # another figure, or none, makes another claim
            if not any(_agree(verdict, claim.verdict) for verdict in verdicts):
                continue
            named = sentence.topics or asserted.topics
            subject = not named or set(named) & set(claim.topics)
            if subject and _alike(asserted.kind, claim.kind):
                return claim
        return None


def _agree(told: Verdict, known: Verdict) -> bool:
    """Whether a verdict of the register may stand for one of the table."""
    return told == known or (told in _OPEN and known not in _CLOSED)


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in kinds and other in kinds for kinds in _ALIKE)
