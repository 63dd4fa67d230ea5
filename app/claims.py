"""Which advertised claim a reader asks about."""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from corpus.claim import Claim
from corpus.figures import figures_in
from corpus.library import Library
from ingest.index import Index

_SAME_TOPIC: Final = 0.08
_SAME_FIGURE: Final = 0.15
"""Added to the cosine similarity for a claim on the same topic, or with the same figure."""
LIKE: Final = 0.48
"""From here a claim is shown beside the answer."""
MEANT: Final = 0.68
"""From here it is taken to be the claim that was asked about: its verdict is said first."""
SURE: Final = 0.78
"""From here even without a word that says that somebody claimed it. All on the open half."""


class ClaimFinder:
    """Compares what somebody was told with the register's claims."""

    def __init__(self, library: Library, index: Index) -> None:
        """Embeds nothing yet: the vectors come from the marketing lane on first use."""
        self._claims: list[Claim] = list(library.claims.values())
        self._figures = [
            figures_in(" ".join((claim.claim, *claim.figures))) for claim in self._claims
        ]
        self._index = index
        self._vectors: np.ndarray | None = None

    def asked_about(
        self, text: str, vector: Sequence[float], topics: Collection[str]
    ) -> list[tuple[str, float]]:
        """Ids of the claims that are like the text with how much, best first."""
        if not self._claims:
            return []
        if self._vectors is None:
            texts = [f"{claim.claim} {claim.fact}" for claim in self._claims]
            self._vectors = np.asarray(self._index.embeddings.embed_documents(texts), np.float32)
        scores = self._vectors @ np.asarray(vector, np.float32)
        figures = figures_in(text)
        for n, claim in enumerate(self._claims):
            scores[n] += _SAME_TOPIC * bool(set(claim.topics) & set(topics))
            scores[n] += _SAME_FIGURE * bool(figures & self._figures[n])
        order: Sequence[int] = [int(n) for n in np.argsort(-scores)]
        return [(self._claims[n].id, float(scores[n])) for n in order if scores[n] >= LIKE]
