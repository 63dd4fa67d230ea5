"""Topics whose example questions are like the question, and whose words explain it."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import Stemmer

from app.cues import tokens
from app.own_word import RARE, rarity
from corpus.library import Library
from corpus.topic import Topic
from corpus.triage import Scope
from ingest.index import Index

NEAR: Final = 0.55
"""Cosine similarity to an example question from which its topic may be meant though no name of
it occurs. The topic's own words must also explain most of what the question's words tell."""
SURE: Final = 0.85
"""Similarity from which the example question itself was asked, in nearly the same words."""
ELSEWHERE: Final = 0.1
"""How much more a message must be like questions on other subjects than like any of ours. Chosen
on sentences that we wrote for it; how it does on others, the follow-up suite tells."""
ELSEWHERE_THOUGH: Final = 0.3
"""And if a word of it means what was said before ("what time is it")."""
NEIGHBOURS: Final = 12
"""How many example questions are looked at."""


class Similar:
    """The topics' example questions, by meaning and by their words."""

    def __init__(self, library: Library, index: Index) -> None:
        """Reads every topic's own words once."""
        self._index = index
        self._plain = frozenset(w for scope in library.of(Scope) for w in scope.everyday)
        self._other_subjects = [q for s in library.of(Scope) for q in s.other_subjects]
        self._stemmer = Stemmer.Stemmer("english")
        self._of_topic = {
            topic.id: frozenset(self._stems(self._words(topic)))
            for topic in library.topics.values()
        }
        self._topics = tuple(dict.fromkeys(index.asked_as.ids))
        place = {id_: n for n, id_ in enumerate(self._topics)}
        self._rows = np.array([place[id_] for id_ in index.asked_as.ids], np.intp)
        self._known = frozenset[str]().union(*self._of_topic.values())

    def likeness(self, vector: Sequence[float]) -> dict[str, float]:
        """The cosine similarity of each topic's nearest example question."""
        scores = self._scores(vector)
        best = np.zeros(len(self._topics), np.float32)
        np.maximum.at(best, self._rows[: len(scores)], scores)
        return dict(zip(self._topics, best.tolist(), strict=True))

    @cached_property
    def _others(self) -> npt.NDArray[np.float32]:
        """The vectors of questions on other subjects."""
        texts = self._other_subjects
        return np.array(self._index.embeddings.embed_documents(texts), np.float32)

    def elsewhere(self, vector: Sequence[float]) -> float:
        """How much more it is like questions on other subjects than like a topic's."""
        if not self._other_subjects:
            return 0.0
        other = float((self._others @ np.asarray(vector, np.float32)).max())
        return other - float(self._scores(vector).max(initial=0.0))

    def near(self, vector: Sequence[float], unknown: Sequence[str]) -> list[str]:
        """Topics of the nearest example questions that explain the question's own words.

        Similarity alone is not enough: every question about ozone is near every other one. So
        most of what the open words tell must stand in the topic's own texts, and the word that
        tells most.
        """
        telling = dict(zip(self._stems(unknown), map(rarity, unknown), strict=True))
        scores = self._scores(vector)
        found: list[str] = []
        for row in np.argsort(-scores)[:NEIGHBOURS]:
            topic_id, score = self._index.asked_as.ids[int(row)], float(scores[row])
            if score >= SURE or (score >= NEAR and self._explains(topic_id, telling)):
                found.append(topic_id)
        return list(dict.fromkeys(found))

    def strange(self, unknown: Sequence[str]) -> bool:
        """Whether a telling word is none that any topic uses: another subject, most likely."""
        telling = [word for word in unknown if rarity(word) >= RARE]
        return not self._known.issuperset(self._stems(telling))

    def _scores(self, vector: Sequence[float]) -> npt.NDArray[np.float32]:
        asked = self._index.asked_as
        if not asked.ids:
            return np.zeros(0, np.float32)
        scores: npt.NDArray[np.float32] = asked.vectors @ np.asarray(vector, np.float32)
        return scores

    def _explains(self, topic_id: str, telling: dict[str, float]) -> bool:
        if not telling:
            return True
        explained = telling.keys() & self._of_topic[topic_id]
        most = max(telling, key=lambda stem: telling[stem])
        # Most of it, not just one word: "slow" in a question on dementia is no wound.
        share = sum(telling[stem] for stem in explained) / sum(telling.values())
        return most in explained and share > 1 / 2

    def _words(self, topic: Topic) -> set[str]:
        """The words of a topic's names and example questions that say what it is about."""
        text = " ".join((*topic.names, *topic.cues, *topic.asked_as))
        return {word for word in tokens(text) if word not in self._plain}

    def _stems(self, words: Iterable[str]) -> list[str]:
        return [str(stem) for stem in self._stemmer.stemWords(list(words))]
