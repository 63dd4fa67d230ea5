"""Third step: the passages that bear on the question, vectors, words and curation fused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.understanding import Understanding
from corpus.library import Library
from ingest.index import Index
from ingest.passages import Lane, Passage

RRF_K: Final = 60
"""Damping of reciprocal rank fusion; 60 as in Cormack, Clarke and Buettcher, SIGIR 2009."""
DEPTH: Final = 24
"""How many passages each ranked list contributes."""


@dataclass(frozen=True)
class Hit:
    """A passage with its fused score."""

    passage: Passage
    score: float


def fuse(rankings: Iterable[Sequence[str]], k: int = RRF_K) -> dict[str, float]:
    """Reciprocal rank fusion: each list adds 1 / (k + rank) to the ids it holds, best first."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, id_ in enumerate(ranking, start=1):
            scores[id_] = scores.get(id_, 0.0) + 1.0 / (k + rank)
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))


class Retriever:
    """Hybrid search: Chroma, BM25 and, for known topics, the order their curator chose."""

    def __init__(self, library: Library, index: Index) -> None:
        """Searches `index`, which was built from `library`."""
        self._library = library
        self._index = index

    def dense(self, vector: Sequence[float], lane: Lane, k: int = DEPTH) -> list[str]:
        """Passage ids by cosine similarity to the question, best first."""
        return self._index.shelf.nearest(vector, lane, k)

    def lexical(self, question: str, lane: Lane, k: int = DEPTH) -> list[str]:
        """Passage ids by BM25, best first."""
        return [id_ for id_, _ in self._index.lexicons[lane].search(question, k)]

    def curated(self, topics: Sequence[str]) -> list[list[str]]:
        """What each topic names, most important first."""
        return [
            [id_ for id_ in self._library.topics[topic].point_ids if id_ in self._index.passages]
            for topic in topics
        ]

    def evidence(self, understood: Understanding) -> tuple[Hit, ...]:
        """Passages of the evidence lane, best first, reviews before single studies on a tie."""
        lists = [
            self.dense(understood.vector, "evidence"),
            self.lexical(understood.question, "evidence"),
            *self.curated(understood.topics),
        ]
        return self._hits(fuse(lists))

    def marketing(self, understood: Understanding) -> tuple[Hit, ...]:
        """Claims of the marketing lane, best first. Never mixed with evidence."""
        lists = [
            self.dense(understood.vector, "marketing"),
            self.lexical(understood.question, "marketing"),
        ]
        return self._hits(fuse(lists))

    def _hits(self, scores: Mapping[str, float]) -> tuple[Hit, ...]:
        passages = self._index.passages
        hits = [Hit(passages[id_], score) for id_, score in scores.items() if id_ in passages]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.passage.tier, hit.passage.id)))
