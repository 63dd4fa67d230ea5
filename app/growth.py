"""How the cost of a search grows with the number of passages, up to twenty times the real one.

The passages beyond the real ones are made up: the words of the real ones dealt out anew, and the
real vectors with a little noise. Embedding that many texts would take a quarter of an hour, and
the cost of a search depends on how many there are and how they lie, not on what they say.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
import numpy.typing as npt
from rich.table import Table

from app.retrieve import DEPTH, fuse
from app.timing import Timing
from ingest.index import Index
from ingest.lexical import Lexicon
from ingest.passages import Passage
from ingest.store import Shelf, chroma_client

FACTORS: Final = (1, 5, 20)
"""Times the real number of passages."""
QUESTIONS: Final = 100
"""How many questions are asked at each size; more would only take longer."""
ROUNDS: Final = 3
"""How often each question is asked; the first round only warms caches."""
NOISE: Final = 0.3
"""Length of what is added to a real vector of length 1: a close neighbour, not a copy."""
_BATCH: Final = 2000

Vectors = npt.NDArray[np.float32]


class Growth(Timing):
    """Milliseconds of one search (vectors, BM25, fusion) among so many passages."""

    passages: int


def measure_growth(
    index: Index,
    questions: Sequence[str],
    factors: Sequence[int] = FACTORS,
    progress: Callable[[str], None] = lambda what: None,
) -> tuple[Growth, ...]:
    """One measurement a factor, smallest first, in a folder of its own that is thrown away.

    The collection grows from size to size, as a real one would; `factors` ascend.
    """
    every = max(1, len(questions) // QUESTIONS)
    asked = [(q, index.embeddings.embed_query(q)) for q in questions[::every][:QUESTIONS]]
    real = [passage for passage in index.passages.values() if passage.lane == "evidence"]
    vectors = _vectors_of(index, real)
    points: list[Growth] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shelf = Shelf(folder, {}, index.embeddings)  # made and searched as the product does it
        _ = shelf.stores
        ids: list[str] = []
        texts: list[str] = []
        for factor in factors:
            progress(f"Searching {factor * len(real)} passages")
            for copy in range(len(ids) // len(real), factor):
                new = [f"{passage.id}~{copy}" for passage in real]
                ids += new
                texts += dealt([passage.searchable for passage in real], copy)
                _add(folder, new, noisy(vectors, copy), real)
            lexicon = Lexicon.build(ids, texts)
            timing = Timing.of(list(_search_times(shelf, lexicon, asked)))
            points.append(Growth(passages=len(ids), **timing.model_dump()))
    return tuple(points)


def _vectors_of(index: Index, passages: Sequence[Passage]) -> Vectors:
    found = index.stores["evidence"].get(include=["embeddings"])
    by_id = dict(zip(found["ids"], found["embeddings"], strict=True))
    return np.array([by_id[passage.id] for passage in passages], np.float32)


def noisy(vectors: Vectors, copy: int) -> Vectors:
    """Neighbours of `vectors`, of length 1; copy 0 are the vectors themselves."""
    if copy == 0:
        return vectors
    drawn = np.random.default_rng(copy).standard_normal(vectors.shape, np.float32)
    moved = vectors + drawn * np.float32(NOISE / np.sqrt(vectors.shape[1]))
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)


def dealt(texts: Sequence[str], copy: int) -> list[str]:
    """As many texts of the same lengths, all their words dealt out anew; copy 0 as they are."""
    if copy == 0:
        return list(texts)
    words = [text.split() for text in texts]
    pool = np.array([word for text in words for word in text], dtype=object)
    np.random.default_rng(copy).shuffle(pool)
    cuts = np.cumsum([len(text) for text in words])[:-1]
    return [" ".join(part) for part in np.split(pool, cuts)]


def _add(folder: Path, ids: Sequence[str], vectors: Vectors, real: Sequence[Passage]) -> None:
    with chroma_client(folder / "chroma") as client:
        collection = client.get_collection("evidence")
        for start in range(0, len(ids), _BATCH):
            rows = range(start, min(start + _BATCH, len(ids)))
            collection.add(
                ids=[ids[row] for row in rows],
                embeddings=[vectors[row] for row in rows],
                documents=[real[row].embedded for row in rows],
                metadatas=[
                    {"source_id": real[row].source_id, "kind": real[row].kind} for row in rows
                ],
            )


def _search_times(
    shelf: Shelf, lexicon: Lexicon, asked: Sequence[tuple[str, Sequence[float]]]
) -> Iterator[float]:
    for round_ in range(ROUNDS):
        for question, vector in asked:
            start = perf_counter()
            words = [id_ for id_, _ in lexicon.search(question, DEPTH)]
            fuse([(shelf.nearest(vector, "evidence", DEPTH), 1.0), (words, 1.0)])
            if round_:
                yield (perf_counter() - start) * 1000


def growth_table(points: Sequence[Growth]) -> Table:
    """The measurements, each beside the smallest one."""
    table = Table("passages", "p50 ms", "p95 ms", "times the passages", "times the cost (p50)")
    for point in points:
        table.add_row(
            f"{point.passages:,}",
            f"{point.p50:.1f}",
            f"{point.p95:.1f}",
            f"{point.passages / points[0].passages:.1f}",
            f"{point.p50 / points[0].p50:.1f}",
        )
    return table
