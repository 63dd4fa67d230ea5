"""What a question says by itself, before the conversation and the order of its topics."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.cues import CueList, Reading
from app.foreign import ForeignReader
from app.lead import Leading
from app.own_word import own_word
from app.similar import Similar
from app.topics import LONG, Named, TopicNames
from app.understanding import Understanding
from app.wants import Wants
from corpus.library import Library
from corpus.topic import Topic
from corpus.triage import Scope
from corpus.vocabulary import Intent, LanguageCode
from ingest.index import Index

IN_PASSING: Final = 0.7
"""How far a topic of a story may weigh less than the one that weighs most."""
CLEARLY: Final = 0.3
"""How much less a topic of a short question must weigh before a later one is told first."""
POINTED_TO: Final = 0.3
"""How much less what only points to an illness says than the name of another."""
NEAREST: Final = 3
LIKE: Final = 0.45
"""How many near topics are looked at for one that reviews cover, and how near they must be."""
MOST_NAMED: Final = 3
"""Illnesses without a topic that are named to the reader."""


class Standalone:
    """Reads one question: topics in the order in which they weigh, intents, open words."""

    def __init__(
        self, library: Library, index: Index, names: TopicNames, wants: Wants, similar: Similar
    ) -> None:
        """`names`, `wants` and `similar` as the reader of conversations has them."""
        self._library = library
        self._index = index
        self._names = names
        self._wants = wants
        self._similar = similar
        self._leading = Leading(library)
        self.foreign = ForeignReader(library)
        scopes = library.of(Scope)
        self._plain_words = frozenset(w for scope in scopes for w in scope.everyday)
        self.deciding = tuple(cue for scope in scopes for cue in scope.deciding)
        """Words by which we are asked to decide; the reader's vocabulary must have them."""
        health = [cue for scope in scopes for cue in scope.health]
        self._explaining = CueList([*names.therapy, *health, *wants.explaining])

    def read(self, question: str, reading: Reading, code: LanguageCode) -> Understanding:
        """What a question says by itself; topics in the order in which they weigh."""
        named = self._names.find(question, reading)
        intents, aspects, others = self._wants.of(reading)
        open_places = self._open_places(reading, named)
        understood = Understanding(
            question=question,
            topics=named.topics,
            intents=intents,
            about_therapy=reading.has_any(self._names.therapy),
            unknown_words=tuple(reading.tokens[place] for place in open_places),
            vector=tuple(self._index.embeddings.embed_query(question)),
            own_word=own_word(reading.tokens, frozenset(open_places)),
            aspects=aspects,
            others=others,
            deciding=reading.has_any(self.deciding),
            set_aside=named.set_aside,
            asked=intents,
        )
        if code != "en":
            return self._translated(understood, named, code)
        return self._weighed(understood, named, len(reading.tokens))

    def _translated(
        self, understood: Understanding, named: Named, code: LanguageCode
    ) -> Understanding:
        """A question in another language: its names of topics before ours, which it may share."""
        said = self.foreign.read(understood.question, code)
        return replace(
            understood,
            language=code,
            # Names that languages share ("psoriasis") count; what is merely like one does not.
            topics=said.topics or tuple(named.exactly),
            own_word="",
            intents=said.intents or understood.intents,
            asked=said.intents or understood.intents,
            about_therapy=said.about_therapy or understood.about_therapy,
            aspects=(),
            others=(),
        )

    def _open_places(self, reading: Reading, named: Named) -> list[int]:
        explained = set(named.explained)
        explained |= {
            n for _, span in self._explaining.find(reading) for n in range(span.start, span.end)
        }
        return [
            n
            for n, token in enumerate(reading.tokens)
            if n not in explained
            and token not in self._plain_words
            and len(token) > 2
            and token.isalpha()
        ]

    def _weighed(self, understood: Understanding, named: Named, length: int) -> Understanding:
        """What weighs most comes first; in a story, what is named in passing is left out."""
        weights = named.weights
        if not weights:
            return understood
        # An illness without a topic has no example questions to be like.
        said = {
            id_: weight - POINTED_TO * (id_ in named.pointed_to) for id_, weight in weights.items()
        }
        near = self._similar.likeness(understood.vector)
        weights = {id_: weight + near.get(id_ or "", 0.0) for id_, weight in weights.items()}
        best = max(weights.values())
        ills = {id_: weights[id_] for id_ in named.topics if self._topic(id_).kind == "condition"}
        # What somebody is treated with, or what it costs, makes no illness one in passing.
        main = {id_: max(ills.values()) if id_ in ills else best for id_ in named.topics}
        kept = [
            id_ for id_ in named.topics if length <= LONG or weights[id_] >= main[id_] - IN_PASSING
        ]
        if length > LONG:
            kept.sort(key=lambda id_: -weights[id_])
        else:
            # The order of the text decides, unless the question as a whole is like another's.
            # A way to give it is named with the therapy, and so weighs more than it says.
            best = max(
                (w for id_, w in weights.items() if id_ and self._topic(id_).kind != "route"),
                default=best,
            )
            kept.sort(key=lambda id_: (weights[id_] < best - CLEARLY, id_ in named.described))
        if not named.uncovered:
            return replace(understood, topics=tuple(kept))
        if said[None] > max((said[id_] for id_ in kept if id_ in ills), default=0.0):
            # What is known of a way to give it says nothing on an illness nobody tried it for.
            words = ", ".join(named.uncovered[:MOST_NAMED])
            usual = self._leading.usual_for("cost") if "cost" in understood.intents else ()
            told = [id_ for id_ in kept if self._tells_of(id_, understood.intents)]
            told += [id_ for id_ in usual if id_ not in told]
            return replace(
                understood,
                topics=tuple(told),
                own_word=words,
                uncovered=True,
                near=self._nearest(words),
            )
        return replace(understood, topics=tuple(kept), beside=named.uncovered)

    def _tells_of(self, topic_id: str, intents: Sequence[Intent]) -> bool:
        """Rules and prices that are asked for are told whatever the illness, and other subjects."""
        if self._topic(topic_id).off_topic:
            return True  # a goat's illness is a goat's
        if "approval" in intents and self._topic(topic_id).kind == "rule":
            return True
        return "cost" in intents and topic_id in self._leading.usual

    def _nearest(self, word: str) -> tuple[str, ...]:
        """Topics whose example questions are like one on this word, nearest first."""
        near = self._similar.likeness(self._index.embeddings.embed_query(word))
        close = sorted((id_ for id_ in near if near[id_] >= LIKE), key=lambda id_: -near[id_])
        return tuple(close[:NEAREST])

    def _topic(self, topic_id: str) -> Topic:
        return self._library.topics[topic_id]
