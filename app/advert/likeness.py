"""What a sentence asserts by its likeness to examples: meaning and telling words together.

A multinomial logistic regression (scikit-learn) over the sentence's embedding and the cues it
holds. Embeddings alone mistake "has no side effects" for "has side effects"; cues know it.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from ingest.index import Index

_CUES: Final = 0.5
"""How much a cue weighs beside the unit-length embedding, and how little weights are held back;
both by cross-validation over the examples."""
_FREEDOM: Final = 10.0

Marks = npt.NDArray[np.float32]
"""One row a sentence: which cues it holds."""


class Likeness:
    """The corpus's example sentences, learnt on first use."""

    def __init__(self, index: Index, marks_of_examples: Marks) -> None:
        """`marks_of_examples`: the cues of `index.asserted_as`, row by row."""
        self._index = index
        self._marks = marks_of_examples

    @cached_property
    def _model(self) -> LogisticRegression:
        known = self._index.asserted_as
        model = LogisticRegression(C=_FREEDOM, max_iter=2000, class_weight="balanced")
        return model.fit(_joined(known.vectors, self._marks), list(known.ids))

    def of(self, vectors: Marks, marks: Marks) -> list[dict[str, float]]:
        """For each sentence, by its vector and cues, the probability of each assertion's id."""
        if not len(vectors):
            return []
        ids = [str(id_) for id_ in self._model.classes_]
        found = self._model.predict_proba(_joined(vectors, marks))
        return [dict(zip(ids, row.tolist(), strict=True)) for row in found]


class Sorter:
    """Tells sentences that do something from those that do not, by examples of both."""

    def __init__(self, vectors: Marks, marks: Marks, answers: Sequence[bool]) -> None:
        """Learns: one row and one answer an example."""
        model = LogisticRegression(C=_FREEDOM, max_iter=2000)
        self._model = model.fit(_joined(vectors, marks), np.array(answers))

    def of(self, vectors: Marks, marks: Marks) -> Marks:
        """The probability of each sentence."""
        return np.asarray(self._model.predict_proba(_joined(vectors, marks))[:, 1], np.float32)


def _joined(vectors: npt.NDArray[np.float32], marks: Marks) -> npt.NDArray[np.float32]:
    return np.hstack([vectors, _CUES * marks])
