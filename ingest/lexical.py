"""BM25 over the passages, beside the vectors (bm25s, English stemmer)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import bm25s
import Stemmer

_LANGUAGE: Final = "english"


def _tokens(texts: Sequence[str]) -> Any:
    return bm25s.tokenize(
        list(texts),
        stopwords="en",
        stemmer=Stemmer.Stemmer(_LANGUAGE),
        show_progress=False,
        return_ids=False,
    )


class Lexicon:
    """A BM25 index that answers with passage ids."""

    def __init__(self, retriever: bm25s.BM25, ids: Sequence[str]) -> None:
        """`ids` in the order in which the texts were indexed."""
        self._retriever = retriever
        self._ids = list(ids)
        self._stemmer = Stemmer.Stemmer(_LANGUAGE)

    @classmethod
    def build(cls, ids: Sequence[str], texts: Sequence[str]) -> "Lexicon":
        """Indexes the texts; without a single word to look for, an index that finds nothing."""
        retriever = bm25s.BM25()
        tokens = _tokens(texts) if ids else []
        if not any(tokens):
            return cls(retriever, ())
        retriever.index(tokens, show_progress=False)
        return cls(retriever, ids)

    def save(self, folder: Path) -> None:
        """Writes the index into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._ids:
            self._retriever.save(str(folder))

    @classmethod
    def load(cls, folder: Path, ids: Sequence[str]) -> "Lexicon":
        """Reads an index that `save` wrote."""
        if not any(folder.iterdir()):
            return cls(bm25s.BM25(), ())
        return cls(bm25s.BM25.load(str(folder)), ids)

    def search(self, question: str, k: int) -> list[tuple[str, float]]:
        """The best `k` passage ids with their BM25 score, those without a common word left out."""
        tokens = bm25s.tokenize(
            [question],
            stopwords="en",
            stemmer=self._stemmer,
            show_progress=False,
            return_ids=False,
        )
        if not self._ids or not tokens[0]:
            return []
        k = min(k, len(self._ids))
        found, scores = self._retriever.retrieve(tokens, k=k, show_progress=False)
        return [
            (self._ids[int(number)], float(score))
            for number, score in zip(found[0], scores[0], strict=True)
            if score > 0
        ]
