"""Third step: the passages that bear on the question, vectors, words and curation fused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.understanding import Understanding
from corpus.library import Library
from corpus.vocabulary import Intent
from ingest.index import Index
from ingest.passages import Lane, Passage

RRF_K: Final = 60
"""Damping of reciprocal rank fusion; 60 as in Cormack, Clarke and Buettcher, SIGIR 2009."""
_LIST_FOR: Final[dict[Intent, str]] = {
    "harm": "harm_ids",
    "approval": "rule_ids",
    "alternatives": "alternative_ids",
    "waiting": "waiting_ids",
}
"""Which of a topic's lists an intent asks for; the others are led by the bottom line."""
DEPTH: Final = 24
"""How many passages each ranked list contributes."""


@dataclass(frozen=True)
class Hit:
    """A passage with its fused score."""

    passage: Passage
    score: float


LEADING: Final = 2.0
"""How much more the order a curator chose counts than one search, for the topic asked about."""
BESIDE: Final = 1.0
NAMED: Final = 6.0
"""And the record that was asked about by name. Chosen on the open half (`ozone eval retrieval`)."""

Ranking = tuple[Sequence[str], float]
"""Ids, best first, and how much the list counts."""


def fuse(rankings: Iterable[Ranking], k: int = RRF_K) -> dict[str, float]:
    """Reciprocal rank fusion: a list adds weight / (k + rank) to the ids it holds, best first."""
    scores: dict[str, float] = {}
    for ranking, weight in rankings:
        for rank, id_ in enumerate(ranking, start=1):
            scores[id_] = scores.get(id_, 0.0) + weight / (k + rank)
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

    def curated(self, topic_id: str, intents: Sequence[Intent]) -> list[str]:
        """What a topic names, what the intent asks for first, then most important first."""
        topic = self._library.topics[topic_id]
        wanted: list[str] = []
        for intent in intents:
            wanted += getattr(topic, _LIST_FOR[intent]) if intent in _LIST_FOR else ()
        ids = dict.fromkeys([*wanted, *topic.point_ids])
        return [id_ for id_ in ids if id_ in self._index.passages]

    def evidence(self, understood: Understanding) -> tuple[Hit, ...]:
        """Passages of the evidence lane, best first, reviews before single studies on a tie."""
        lists: list[Ranking] = [
            (self.dense(understood.vector, "evidence"), 1.0),
            (self.lexical(understood.question, "evidence"), 1.0),
        ]
        for place, topic_id in enumerate(understood.topics):
            weight = BESIDE if place else LEADING
            lists.append((self.curated(topic_id, understood.intents), weight))
        for id_ in understood.sources:
            findings = [f"{id_}#{finding.key}" for finding in self._library[id_].findings]
            lists.append((findings, NAMED))
        return self._hits(fuse(lists))

    def marketing(self, understood: Understanding) -> tuple[Hit, ...]:
        """Claims of the marketing lane, best first. Never mixed with evidence."""
        lists: list[Ranking] = [
            (self.dense(understood.vector, "marketing"), 1.0),
            (self.lexical(understood.question, "marketing"), 1.0),
        ]
        return self._hits(fuse(lists))

    def _hits(self, scores: Mapping[str, float]) -> tuple[Hit, ...]:
        passages = self._index.passages
        hits = [Hit(passages[id_], score) for id_, score in scores.items() if id_ in passages]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.passage.tier, hit.passage.id)))
