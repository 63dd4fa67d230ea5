"""Second step: what is asked about (topics), and what is wanted (intents)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import Stemmer

from app.cues import CueList, Reading, Span, Vocabulary, normalise, tokens
from app.lead import Leading
from corpus.library import Library
from corpus.topic import Topic
from corpus.triage import IntentCues, Scope
from corpus.vocabulary import Intent
from ingest.index import Index

NEAR: Final = 0.55
"""Cosine similarity to an example question from which its topic may be meant though no name of
it occurs. The topic's own words must also explain a word of the question."""
SURE: Final = 0.85
"""Similarity from which the example question itself was asked, in nearly the same words."""
NEIGHBOURS: Final = 12
"""How many example questions are looked at."""

BRIEF: Final = 6
"""Words up to which a question without an intent of its own is read as a follow-up."""

_USES: Final = ("condition", "use", "route", "neighbour")
"""Kinds of topic that a follow-up about harm, rules or mechanism is about."""


@dataclass(frozen=True)
class Understanding:
    """What the question is about. `unknown_words` are content words that no topic explains."""

    question: str
    topics: tuple[str, ...]
    intents: tuple[Intent, ...]
    about_therapy: bool
    unknown_words: tuple[str, ...]
    vector: tuple[float, ...]
    follows_up: bool = False


class Reader:
    """Reads questions with the corpus's names, cues and example questions."""

    def __init__(self, library: Library, index: Index) -> None:
        """Prepares the vocabulary once."""
        self._library = library
        self._index = index
        self._intents = library.of(IntentCues)
        self._leading = Leading(library)
        scopes = library.of(Scope)
        self._therapy = tuple(cue for scope in scopes for cue in scope.therapy)
        self._health = tuple(cue for scope in scopes for cue in scope.health)
        self._plain_words = frozenset(w for scope in scopes for w in scope.everyday)
        self._back = tuple(cue for scope in scopes for cue in scope.back_reference)
        self._pronouns = tuple(cue for scope in scopes for cue in scope.pronouns)
        # The therapy's own name stands in most questions and tells no topic apart.
        therapy = {normalise(cue) for cue in self._therapy}
        self._general = tuple(s.general_topic for s in scopes if s.general_topic)
        # No two topics share a name (see the corpus tests); longer names are read first.
        self._topic_named = {
            name: topic.id
            for topic in library.topics.values()
            for name in topic.names
            if normalise(name) not in therapy
        }
        self._names = CueList(sorted(self._topic_named, key=lambda name: -len(name.split())))
        intent_cues = [
            c for i in self._intents for groups in i.when for group in groups for c in group
        ]
        self._explaining = CueList([*self._therapy, *self._health, *intent_cues])
        cues = [*self._topic_named, *self._therapy, *self._health, *self._back, *self._pronouns]
        cues += [*intent_cues, *(cue for intent in self._intents for cue in intent.unless)]
        self._vocabulary = Vocabulary(cues)
        self._stemmer = Stemmer.Stemmer("english")
        self._topic_stems = {
            topic.id: frozenset(self._stems(self._own_words(topic)))
            for topic in library.topics.values()
        }

    def _own_words(self, topic: Topic) -> set[str]:
        """The words of a topic's names and example questions that say what it is about."""
        text = " ".join((*topic.names, *topic.asked_as))
        return {word for word in tokens(text) if word not in self._plain_words}

    def read(self, question: str, history: Sequence[str] = ()) -> Understanding:
        """Topics and intents of a question, with what it leaves unsaid taken from the history."""
        vector = tuple(self._index.embeddings.embed_query(question))
        reading = Reading(question, self._vocabulary)
        named, spans = self._named_topics(reading)
        intents = self._intents_of(reading)
        about_therapy = reading.has_any(self._therapy)
        understood = Understanding(
            question=question,
            topics=named,
            intents=intents,
            about_therapy=about_therapy,
            unknown_words=self._unknown(reading, spans),
            vector=vector,
        )
        if history and self._leans_back(reading, named, intents):
            understood = self._resolved(understood, reading, history)
        return replace(understood, topics=self._ordered(understood))

    def _named_topics(self, reading: Reading) -> tuple[tuple[str, ...], list[Span]]:
        taken: list[Span] = []
        found: list[tuple[int, str]] = []
        for name, span in self._names.find(reading):
            inside = [s for s in taken if s.start <= span.start and span.end <= s.end]
            if inside and span not in inside:
                continue
            taken.append(span)
            found.append((span.start, self._topic_named[name]))
        return tuple(dict.fromkeys(topic for _, topic in sorted(found))), taken

    def _intents_of(self, reading: Reading) -> tuple[Intent, ...]:
        found = [
            cues.intent
            for cues in self._intents
            if any(reading.has_groups(groups) for groups in cues.when)
            and not reading.has_any(cues.unless)
        ]
        return tuple(dict.fromkeys(found))

    def _unknown(self, reading: Reading, spans: list[Span]) -> tuple[str, ...]:
        explained = {n for span in spans for n in range(span.start, span.end)}
        explained |= {
            n for _, span in self._explaining.find(reading) for n in range(span.start, span.end)
        }
        return tuple(
            token
            for n, token in enumerate(reading.tokens)
            if n not in explained
            and token not in self._plain_words
            and len(token) > 2
            and token.isalpha()
        )

    def _leans_back(
        self, reading: Reading, topics: tuple[str, ...], intents: tuple[Intent, ...]
    ) -> bool:
        brief = not intents and len(reading.tokens) <= BRIEF
        return reading.has_any(self._back) or not self._names_a_use(topics) or brief

    def _resolved(
        self, understood: Understanding, asked: Reading, history: Sequence[str]
    ) -> Understanding:
        """What the question leaves out, from the nearest earlier question that says it."""
        topics, intents, therapy = understood.topics, understood.intents, understood.about_therapy
        keeps = asked.has_any(self._pronouns)
        goes_on = asked.has_any(self._back) or not understood.unknown_words
        for earlier in reversed(history):
            reading = Reading(earlier, self._vocabulary)
            # "and is that dangerous?" names harm, not the condition it is about.
            # An open word names a new subject ("and my hip?") unless a pronoun keeps the old one.
            if not self._names_a_use(topics) and (keeps or not understood.unknown_words):
                topics = (*topics, *self._named_topics(reading)[0])
            if not intents:
                intents = self._intents_of(reading)
            if goes_on:
                therapy = therapy or reading.has_any(self._therapy) or bool(topics)
            if self._names_a_use(topics) and intents and therapy:
                break
        return replace(
            understood, topics=topics, intents=intents, about_therapy=therapy, follows_up=True
        )

    def _names_a_use(self, topics: Sequence[str]) -> bool:
        return any(self._topic(id_).kind in _USES for id_ in topics)

    def _near_topics(self, understood: Understanding) -> list[str]:
        """Topics of the nearest example questions that explain the question's own words.

        Similarity alone is not enough: every question about ozone is near every other one. So a
        word that no name explained must be one that the topic's texts use.
        """
        asked = self._index.asked_as
        if not asked.topic_ids:
            return []
        scores = asked.vectors @ np.asarray(understood.vector, np.float32)
        unknown = frozenset(self._stems(understood.unknown_words))
        found: list[str] = []
        for row in np.argsort(-scores)[:NEIGHBOURS]:
            topic_id, score = asked.topic_ids[int(row)], float(scores[row])
            # Most open words, not just one: "slow" in a question on dementia is no wound.
            explained = len(unknown & self._topic_stems[topic_id]) * 2 > len(unknown) or not unknown
            if score >= SURE or (score >= NEAR and explained):
                found.append(topic_id)
        return list(dict.fromkeys(found))

    def _stems(self, words: Iterable[str]) -> list[str]:
        return [str(stem) for stem in self._stemmer.stemWords(list(words))]

    def _ordered(self, understood: Understanding) -> tuple[str, ...]:
        """Topics, the one that answers the intent first; default topics of the intent added."""
        topics = list(understood.topics)
        if not (understood.about_therapy or understood.intents or understood.follows_up):
            # The name of a country alone does not make a question one about its rules.
            topics = [id_ for id_ in topics if self._topic(id_).kind != "rule"]
        if not self._names_a_use(topics):
            near = self._near_topics(understood)
            # With a topic named already, a second one must explain a word that is still open.
            topics += near[:1] if understood.unknown_words or not topics else []
        if not topics and not understood.unknown_words and understood.about_therapy:
            topics += [id_ for id_ in self._general if id_ in self._library.topics]
        return self._leading.order(topics, understood.intents)

    def _topic(self, topic_id: str) -> Topic:
        return self._library.topics[topic_id]
