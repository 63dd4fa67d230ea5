"""Which claims of the register a sentence makes: by meaning, figures and subject."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from app.advert.asserted import Asserted, Understood
from corpus.figures import figures_in
from corpus.library import Library
from ingest.index import Index

SAME: Final = 0.72
"""Cosine similarity from which a sentence makes a claim of the register."""
SAME_WITH_FIGURE: Final = 0.6
"""The same, where they share a figure."""
_ALIKE: Final = {"benefit": {"figure", "testimonial", "benefit", "root_cause", "mechanism"}}


class Register:
    """The register's claims by meaning."""

    def __init__(self, library: Library, index: Index) -> None:
        """Embeds nothing yet: that is done on first use."""
        self._claims = list(library.claims.values())
        self._embeddings = index.embeddings
        self._figures = [figures_in(" ".join((c.claim, *c.figures))) for c in self._claims]
        self._vectors: npt.NDArray[np.float32] | None = None

    def near(self, texts: Sequence[str]) -> list[list[tuple[str, float]]]:
        """For each text the claims that are like it, most like it first."""
        if not texts or not self._claims:
            return [[] for _ in texts]
        if self._vectors is None:
            known = self._embeddings.embed_documents([claim.claim for claim in self._claims])
            self._vectors = np.asarray(known, np.float32)
        asked = np.asarray(self._embeddings.embed_documents(list(texts)), np.float32)
        scores = asked @ self._vectors.T
        found = []
        for text, row in zip(texts, scores, strict=True):
            figures = figures_in(text)
            like = []
            for n in np.argsort(-row)[:5]:
                least = SAME_WITH_FIGURE if figures & self._figures[n] else SAME
                if row[n] >= least:
                    like.append((self._claims[n].id, float(row[n])))
            found.append(like)
        return found

    def meant(
        self, near: Sequence[tuple[str, float]], asserted: Asserted, sentence: Understood
    ) -> str | None:
        """The claim of the register that is asserted, on the same subject and of the same kind."""
        by_id = {claim.id: claim for claim in self._claims}
        for id_, _ in near:
            claim = by_id[id_]
            kinds = _ALIKE.get(asserted.rule.asserts, {asserted.rule.asserts})
            subject = not sentence.topics or set(sentence.topics) & set(claim.topics)
            if claim.kind in kinds and subject:
                return id_
        return None
