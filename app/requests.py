"""Requests that are declined, known by their meaning where no cue has their words."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from app.cues import sentences, tokens
from app.understanding import Understanding
from corpus.library import Library
from corpus.triage import Refusal
from ingest.index import Index

NEAR: Final = 0.4
"""Cosine similarity to an example request from which a sentence may be one."""
AHEAD: Final = 0.03
"""How much nearer it must be to that example than to anything that may be answered."""
SURE: Final = 0.58
"""What similarity and lead must come to together. All three were chosen on the open suites."""
_LEAST: Final = 3
"""Words from which a sentence says enough to be compared."""
MOST: Final = 4
"""Sentences of one message that are compared, the last ones."""
WORTH: Final = 0.25
"""Similarity of the whole message to an example from which its sentences are compared at all."""
_SHORT: Final = 40
"""Words up to which a message is compared as a whole too: a long one is about too much."""


class Requests:
    """The refusals' example requests, beside the example questions that are answered."""

    def __init__(self, library: Library, index: Index) -> None:
        """Reads the refusals; the examples' vectors lie in the index."""
        self._refusals = {refusal.id: refusal for refusal in library.of(Refusal)}
        self._topics = library.topics
        self._index = index

    def meant(self, understood: Understanding) -> Refusal | None:
        """The refusal that a sentence of the question asks for, or None.

        Who asks about papers asks what they say; in another language the examples say nothing.
        """
        examples = self._index.requested_as
        topics = [self._topics[id_] for id_ in understood.topics]
        other = topics and all(topic.off_topic for topic in topics)
        if other or "source" in understood.intents or understood.language != "en":
            return None
        if not examples.ids:
            return None
        declined = np.array([bool(id_) for id_ in examples.ids])
        whole = np.asarray(understood.vector, np.float32)
        if (examples.vectors[declined] @ whole).max() < WORTH:
            return None
        vectors = self._vectors(understood)
        near = vectors @ examples.vectors.T
        alike = near[:, declined].max(axis=1)
        answered = [near[:, ~declined], vectors @ self._index.asked_as.vectors.T]
        lead = alike - np.hstack(answered).max(axis=1, initial=0.0)
        fits = (alike >= NEAR) & (lead >= AHEAD) & (alike + lead >= SURE)
        if not fits.any():
            return None
        surest = int(np.where(fits, alike + lead, -1.0).argmax())
        ids = [id_ for id_ in examples.ids if id_]
        return self._refusals[ids[int(near[surest, declined].argmax())]]

    def _vectors(self, understood: Understanding) -> npt.NDArray[np.float32]:
        """One row a sentence, and one for the whole of a short message."""
        question = understood.question
        parts = [part for part in sentences(question) if len(tokens(part)) >= _LEAST]
        rows: list[Sequence[float]] = []
        if len(parts) > 1:
            rows += [self._index.embeddings.embed_query(part) for part in parts[-MOST:]]
        if len(parts) < 2 or len(tokens(question)) <= _SHORT:
            rows.append(understood.vector)
        return np.array(rows, np.float32)
