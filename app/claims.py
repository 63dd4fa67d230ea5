"""Which advertised claim a reader asks about."""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import Stemmer

from app.cues import sentences, tokens
from app.own_word import RARE, rarity
from corpus.claim import Claim
from corpus.figures import figures_in
from corpus.library import Library
from ingest.index import Index

_SAME_TOPIC: Final = 0.05
_SAME_FIGURE: Final = 0.1
"""Added to the cosine similarity for a claim on the same topic, or with the same figure."""
LIKE: Final = 0.55
"""From here a claim is shown beside the answer."""
MEANT: Final = 0.7
"""From here a claim on the same topic is taken to be the one that was asked about: its verdict is
said first."""
ALONE: Final = 0.75
"""From here even if the question names no topic: then the claim's topic answers."""
SURE: Final = 0.8
"""From here even without a word that asks whether it is true. All chosen on the open half."""
CLEAR: Final = 0.15
"""A claim that is so much more like it than all others is meant though it is less like it."""
TIED: Final = 0.03
"""Claims that are this near to the best one may be meant as well."""
_ONE_DIGIT: Final = 1


def telling_figures(text: str) -> frozenset[str]:
    """The figures that make a claim known again; those of one digit stand everywhere."""
    return frozenset(figure for figure in figures_in(text) if len(figure) > _ONE_DIGIT)


class ClaimFinder:
    """Compares what somebody was told with the ways in which the register's claims are said."""

    def __init__(self, library: Library, index: Index) -> None:
        """Reads nothing yet: the vectors come from the index on first use."""
        self._claims: list[Claim] = list(library.claims.values())
        self._place = {claim.id: n for n, claim in enumerate(self._claims)}
        self._figures = [
            telling_figures(" ".join((claim.claim, *claim.figures))) for claim in self._claims
        ]
        self._index = index
        self._stemmer = Stemmer.Stemmer("english")

    def asked_about(
        self, text: str, vector: Sequence[float], topics: Collection[str]
    ) -> list[tuple[Claim, float]]:
        """The claims that are like the text with how much, best first."""
        if not self._claims:
            return []
        scores = self._likeness(vector)
        told = max(parts, key=len) if len(parts := sentences(text)) > 1 else ""
        if told:
            # What somebody was told drowns in a story; it mostly is the longest sentence of it.
            nearer = self._likeness(self._index.embeddings.embed_query(told))
            scores = np.maximum(scores, nearer)
        figures = telling_figures(text)
        for n, claim in enumerate(self._claims):
            scores[n] += _SAME_TOPIC * bool(set(claim.topics) & set(topics))
            scores[n] += _SAME_FIGURE * bool(figures & self._figures[n])
        order: Sequence[int] = [int(n) for n in np.argsort(-scores)]
        return [(self._claims[n], float(scores[n])) for n in order if scores[n] >= LIKE]

    def same_figure(self, claim: Claim, text: str) -> bool:
        """Whether a text names a figure of the claim."""
        return bool(telling_figures(text) & self._figures[self._place[claim.id]])

    def explains(self, claim: Claim, unknown: Collection[str]) -> bool:
        """Whether the word that tells most of those that no topic has is one of the claim's.

        "Gets you over mono quicker" is like "over an infection quicker", and about something else.
        """
        word = max(unknown, key=rarity, default="")
        if not word or rarity(word) < RARE:
            return True
        own = tokens(" ".join((claim.claim, claim.fact, *claim.said_as)))
        return self._stemmer.stemWord(word) in self._stemmer.stemWords(own)

    def _likeness(self, vector: Sequence[float]) -> np.ndarray:
        """How like each claim's nearest way of saying it is."""
        said = self._index.said_as
        best = np.zeros(len(self._claims), np.float32)
        rows = np.array([self._place[id_] for id_ in said.ids], np.intp)
        np.maximum.at(best, rows, said.vectors @ np.asarray(vector, np.float32))
        return best
