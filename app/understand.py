"""Second step: what is asked about (topics), and what is wanted (intents)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import Stemmer

from app.claims import ClaimFinder
from app.cues import CueList, Reading, Vocabulary, normalise, tokens
from app.lead import NARROW, Leading
from app.named import SourceNames
from app.own_word import RARE, own_word, rarity
from app.topics import Named, TopicNames
from corpus.library import Library
from corpus.topic import Topic
from corpus.triage import Aspect, IntentCues, Scope
from corpus.vocabulary import AspectName, Intent
from ingest.index import Index

NEAR: Final = 0.55
"""Cosine similarity to an example question from which its topic may be meant though no name of
it occurs. The topic's own words must also explain most of what the question's words tell."""
SURE: Final = 0.85
"""Similarity from which the example question itself was asked, in nearly the same words."""
NEIGHBOURS: Final = 12
"""How many example questions are looked at."""
BRIEF: Final = 6
"""Words up to which a question without an intent of its own is read as a follow-up."""
LONG: Final = 25
"""Words from which a message tells a story: what is named in passing is then left out."""
IN_PASSING: Final = 0.7
"""How far a topic of a story may weigh less than the one that weighs most."""

CLEARLY: Final = 0.3
"""How much less a topic must weigh before a later one is told first."""

_USES: Final = ("condition", "use", "route", "neighbour")
"""Kinds of topic that a follow-up about harm, rules or mechanism is about."""
_TREATED: Final = ("condition", "use")
_INTENT_OF: Final[dict[AspectName, Intent]] = {
    "people": "source",
    "studies": "source",
    "searched": "source",
    "published": "source",
    "funding": "source",
    "followed": "source",
    "sessions": "sessions",
    "compared": "comparison",
}


@dataclass(frozen=True)
class Understanding:
    """What the question is about. `unknown_words` are content words that no topic explains;
    `own_word` is the reader's word for what no topic covers; `beside` are such words in passing.
    """

    question: str
    topics: tuple[str, ...]
    intents: tuple[Intent, ...]
    about_therapy: bool
    unknown_words: tuple[str, ...]
    vector: tuple[float, ...]
    follows_up: bool = False
    own_word: str = ""
    uncovered: bool = False
    """Asked about is an illness that is known to be no topic."""
    beside: tuple[str, ...] = ()
    aspects: tuple[AspectName, ...] = ()
    """Fields of records that are asked for by themselves."""
    others: tuple[str, ...] = ()
    """What ozone is to be compared with."""
    sources: tuple[str, ...] = ()
    """Records that are asked about by name."""
    claims: tuple[str, ...] = ()
    """Advertised claims that are asked about."""
    no_rule: bool = False
    """Asked about is the law of a country without a rule on record; `own_word` is its name."""
    elsewhere: bool = False
    """Ozone for things or animals, or a subject that is neither ozone nor a topic."""


class Reader:
    """Reads questions with the corpus's names, cues and example questions."""

    def __init__(self, library: Library, index: Index) -> None:
        """Prepares the vocabulary once."""
        self._library = library
        self._index = index
        self._intents = library.of(IntentCues)
        self._aspects = library.of(Aspect)
        self._leading = Leading(library)
        self._names = TopicNames(library)
        scopes = library.of(Scope)
        self._therapy = self._names.therapy
        self._health = tuple(cue for scope in scopes for cue in scope.health)
        self._plain_words = frozenset(w for scope in scopes for w in scope.everyday)
        self._back = tuple(cue for scope in scopes for cue in scope.back_reference)
        self._pronouns = tuple(cue for scope in scopes for cue in scope.pronouns)
        self._sources = SourceNames(library)
        self._claims = ClaimFinder(library, index)
        self._countries = tuple(name for scope in scopes for name in scope.countries)
        self._elsewhere = tuple(cue for scope in scopes for cue in scope.elsewhere)
        self._topic_countries = frozenset(
            normalise(name)
            for topic in library.topics.values()
            if topic.kind == "rule"
            for name in (*topic.names, *topic.cues)
        )
        self._general = tuple(s.general_topic for s in scopes if s.general_topic)
        intent_cues = [
            c for i in self._intents for groups in i.when for group in groups for c in group
        ]
        others = [c for a in self._aspects for cs in a.others.values() for c in cs]
        self._explaining = CueList([*self._therapy, *self._health, *intent_cues, *others])
        cues = [*self._names.cues, *self._health, *self._back, *self._pronouns]
        cues += [*self._elsewhere, *self._countries]
        cues += [c for a in self._aspects for groups in a.when for group in groups for c in group]
        cues += [c for a in self._aspects for c in a.unless]
        cues += [c for a in self._aspects for cs in a.others.values() for c in cs]
        cues += [*intent_cues, *(cue for intent in self._intents for cue in intent.unless)]
        self._vocabulary = Vocabulary(cues)
        self._stemmer = Stemmer.Stemmer("english")
        self._topic_stems = {
            topic.id: frozenset(self._stems(self._own_words(topic)))
            for topic in library.topics.values()
        }

        self._known_stems = frozenset[str]().union(*self._topic_stems.values())

    def _own_words(self, topic: Topic) -> set[str]:
        """The words of a topic's names and example questions that say what it is about."""
        text = " ".join((*topic.names, *topic.cues, *topic.asked_as))
        return {word for word in tokens(text) if word not in self._plain_words}

    def read(self, question: str, history: Sequence[str] = ()) -> Understanding:
        """Topics and intents of a question, with what it leaves unsaid taken from the history."""
        vector = tuple(self._index.embeddings.embed_query(question))
        reading = Reading(question, self._vocabulary)
        named = self._names.find(question, reading)
        aspects, others = self._aspects_of(reading)
        intents = self._intents_of(reading)
        intents = tuple(dict.fromkeys([*intents, *(_INTENT_OF[aspect] for aspect in aspects)]))
        open_places = self._open_places(reading, named)
        understood = Understanding(
            question=question,
            topics=named.topics,
            intents=intents,
            about_therapy=reading.has_any(self._therapy),
            unknown_words=tuple(reading.tokens[place] for place in open_places),
            vector=vector,
            own_word=own_word(reading.tokens, frozenset(open_places)),
            elsewhere=reading.has_any(self._elsewhere),
            aspects=aspects,
            others=others,
        )
        understood = self._weighed(understood, named, len(reading.tokens))
        if history and self._leans_back(reading, understood):
            understood = self._resolved(understood, reading, history)
        understood = self._with_sources(understood, history)
        understood = self._with_claims(understood)
        return self._with_country(self._ordered(understood), reading)

    def _with_sources(self, understood: Understanding, history: Sequence[str]) -> Understanding:
        """The records that are named; a follow-up means those of the question before it."""
        if "source" not in understood.intents:
            return understood
        of_topic = {
            point.split("#")[0] for id_ in understood.topics for point in self._topic(id_).point_ids
        }
        texts = [understood.question, *(reversed(history) if understood.follows_up else ())]
        for text in texts:
            if named := self._sources.find(text, of_topic):
                topics = understood.topics or self._topics_of(named[0])
                return replace(understood, sources=named, topics=topics, about_therapy=True)
        return understood

    def _topics_of(self, source_id: str) -> tuple[str, ...]:
        """The topic that leans on a record most: where it stands first."""
        places = {
            topic.id: min(
                (n for n, id_ in enumerate(topic.point_ids) if id_.split("#")[0] == source_id),
                default=None,
            )
            for topic in self._library.topics.values()
        }
        found = {id_: place for id_, place in places.items() if place is not None}
        return (min(found, key=lambda id_: (found[id_], id_)),) if found else ()

    def _with_claims(self, understood: Understanding) -> Understanding:
        if "claim_check" not in understood.intents:
            return understood
        claims = self._claims.asked_about(understood.question, understood.vector, understood.topics)
        named = any(self._topic(id_).kind in _USES for id_ in understood.topics)
        if not claims or named or understood.uncovered:
            return replace(understood, claims=claims)
        topics = self._library.claims[claims[0]].topics[:1]
        return replace(
            understood,
            claims=claims,
            topics=tuple(dict.fromkeys([*topics, *understood.topics])),
            about_therapy=True,
        )

    def _with_country(self, understood: Understanding, reading: Reading) -> Understanding:
        """A question on the law of a country from which there is no rule on record."""
        if "approval" not in understood.intents:
            return understood
        topics = [self._topic(id_) for id_ in understood.topics]
        if any(t.kind in _TREATED for t in topics) or sum(t.kind == "rule" for t in topics) > 1:
            return understood
        named = [country for country in self._countries if reading.has(country)]
        known = any(name in self._topic_countries for name in named)
        if not named or known:
            return understood
        return replace(understood, topics=(), own_word=named[0], no_rule=True, about_therapy=True)

    def _aspects_of(self, reading: Reading) -> tuple[tuple[AspectName, ...], tuple[str, ...]]:
        """The fields asked for, and what ozone is to be set against."""
        found = [
            aspect
            for aspect in self._aspects
            if any(reading.has_groups(groups) for groups in aspect.when)
            and not reading.has_any(aspect.unless)
        ]
        others = [
            name
            for aspect in found
            for name, cues in aspect.others.items()
            if reading.has_any(cues)
        ]
        names = [a.aspect for a in found if not a.others or others]
        return tuple(names), tuple(others)

    def _weighed(self, understood: Understanding, named: Named, length: int) -> Understanding:
        """What weighs most comes first; in a story, what is named in passing is left out."""
        weights = named.weights
        if not weights:
            return understood
        near = self._likeness(understood.vector)
        weights = {id_: weight + near.get(id_ or "", 0.0) for id_, weight in weights.items()}
        best = max(weights.values())
        kept = [id_ for id_ in named.topics if length <= LONG or weights[id_] >= best - IN_PASSING]
        if length > LONG:
            kept.sort(key=lambda id_: -weights[id_])
        else:
            # The order of the text decides, unless the question as a whole is like another's.
            kept.sort(key=lambda id_: weights[id_] < best - CLEARLY)
        if not named.uncovered:
            return replace(understood, topics=tuple(kept))
        uses = [weights[id_] for id_ in kept if self._topic(id_).kind in _TREATED]
        asked_for = not uses or (length > LONG and weights[None] > max(uses))
        if asked_for and not (understood.intents and set(understood.intents) <= NARROW):
            # What is known of a way to give it says nothing on an illness nobody tried it for.
            return replace(understood, topics=(), own_word=named.uncovered[0], uncovered=True)
        return replace(understood, topics=tuple(kept), beside=named.uncovered)

    def _likeness(self, vector: Sequence[float]) -> dict[str, float]:
        """The similarity of each topic's nearest example question."""
        asked = self._index.asked_as
        found: dict[str, float] = {}
        if not asked.topic_ids:
            return found
        for id_, score in zip(
            asked.topic_ids, asked.vectors @ np.asarray(vector, np.float32), strict=True
        ):
            found[id_] = max(found.get(id_, 0.0), float(score))
        return found

    def _intents_of(self, reading: Reading) -> tuple[Intent, ...]:
        found = [
            cues.intent
            for cues in self._intents
            if any(reading.has_groups(groups) for groups in cues.when)
            and not reading.has_any(cues.unless)
        ]
        return tuple(dict.fromkeys(found))

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

    def _leans_back(self, reading: Reading, understood: Understanding) -> bool:
        brief = not understood.intents and len(reading.tokens) <= BRIEF
        return reading.has_any(self._back) or not self._names_a_use(understood.topics) or brief

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
            if understood.uncovered:
                break
            if not self._names_a_use(topics) and (keeps or not understood.unknown_words):
                topics = (*topics, *self._names.find(earlier, reading).topics)
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

        Similarity alone is not enough: every question about ozone is near every other one. So
        most of what the open words tell must stand in the topic's own texts, and the word that
        tells most.
        """
        asked = self._index.asked_as
        if not asked.topic_ids:
            return []
        scores = asked.vectors @ np.asarray(understood.vector, np.float32)
        telling = dict(
            zip(
                self._stems(understood.unknown_words),
                map(rarity, understood.unknown_words),
                strict=True,
            )
        )
        found: list[str] = []
        for row in np.argsort(-scores)[:NEIGHBOURS]:
            topic_id, score = asked.topic_ids[int(row)], float(scores[row])
            if score >= SURE or (score >= NEAR and self._explains(topic_id, telling)):
                found.append(topic_id)
        return list(dict.fromkeys(found))

    def _explains(self, topic_id: str, telling: dict[str, float]) -> bool:
        if not telling:
            return True
        explained = telling.keys() & self._topic_stems[topic_id]
        most = max(telling, key=lambda stem: telling[stem])
        # Most of it, not just one word: "slow" in a question on dementia is no wound.
        share = sum(telling[stem] for stem in explained) / sum(telling.values())
        return most in explained and share > 1 / 2

    def _stems(self, words: Iterable[str]) -> list[str]:
        return [str(stem) for stem in self._stemmer.stemWords(list(words))]

    def _ordered(self, understood: Understanding) -> Understanding:
        """Topics, the one that answers the intent first; default topics of the intent added."""
        if understood.uncovered:
            return understood
        topics = list(understood.topics)
        if any(self._topic(id_).off_topic for id_ in topics) or understood.elsewhere:
            ill = [id_ for id_ in topics if self._topic(id_).kind in _TREATED]
            # "A laundry unit, does it save money?" is not about what treatment costs.
            return replace(understood, topics=tuple(ill or self._not_treatment(topics)))
        if not self._about_us(understood):
            return replace(understood, topics=(), elsewhere=True)
        others = [id_ for id_ in topics if self._topic(id_).kind != "rule"]
        asks = understood.about_therapy or understood.intents or understood.follows_up
        if not asks or (others and "approval" not in understood.intents):
            # The name of a country does not make a question one about its rules.
            topics = others
        if not self._names_a_use(topics):
            near = self._near_topics(understood)
            # With a topic named already, a second one must explain a word that is still open.
            topics += near[:1] if understood.unknown_words or not topics else []
        if not topics and not understood.unknown_words and understood.about_therapy:
            topics += [id_ for id_ in self._general if id_ in self._library.topics]
        return replace(understood, topics=self._leading.order(topics, understood.intents))

    def _not_treatment(self, topics: Sequence[str]) -> list[str]:
        return [id_ for id_ in topics if self._topic(id_).off_topic]

    def _about_us(self, understood: Understanding) -> bool:
        """Whether the therapy is meant though it is not named: then nothing else is the subject."""
        if understood.about_therapy or understood.follows_up:
            return True
        telling = [word for word in understood.unknown_words if rarity(word) >= RARE]
        return not telling or self._known_stems.issuperset(self._stems(telling))

    def _topic(self, topic_id: str) -> Topic:
        return self._library.topics[topic_id]
