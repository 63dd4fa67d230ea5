"""Second step: what is asked about (topics), and what is wanted (intents)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.cues import CueList, Reading, Vocabulary, tokens
from app.language import Languages
from app.lead import NARROW, Leading
from app.linked import Links
from app.remedies import Remedies
from app.similar import ELSEWHERE, ELSEWHERE_THOUGH, Similar
from app.standalone import Standalone
from app.topics import LONG, TopicNames, asking
from app.turns import Turns
from app.understanding import Understanding
from app.wants import Wants
from corpus.library import Library
from corpus.topic import Topic
from corpus.triage import Scope
from corpus.vocabulary import Intent
from ingest.index import Index

BRIEF: Final = 6
"""Words up to which a question without an intent of its own is read as a follow-up."""
OURS: Final = -0.2
"""How much less a question is like those on other subjects that is surely none of them."""
_USES: Final = ("condition", "use", "route", "neighbour")
"""Kinds of topic that a follow-up about harm, rules or mechanism is about."""
_WHOLE: Final = ("condition", "use", "neighbour")
"""Kinds that a follow-up need not complete; a way to give it is given for some illness."""
_OF_RECORDS: Final = frozenset[Intent]({"source", "service"})
_ENDED: Final = re.compile(r"[^.!?;\n]+[.!?;]?")
_PLACED: Final = frozenset({"decision", "route", "alternatives"})
"""Intents with which a country still asks whether it is done or allowed there."""
_SOMEBODYS: Final = ("condition", "contraindication")
"""Kinds that somebody has: no shop or film is meant beside them."""
_GENERAL: Final = ("harm", "rule", "mechanism")
"""Kinds whose names are words of every day ("safety", "law"): alone they name no subject."""


class Reader:
    """Reads questions with the corpus's names, cues and example questions."""

    def __init__(self, library: Library, index: Index) -> None:
        """Prepares the vocabulary once."""
        self._library = library
        self._leading = Leading(library)
        self._names = TopicNames(library)
        self._remedies = Remedies(library)
        self._wants = Wants(library)
        self._similar = Similar(library, index)
        self._alone = Standalone(library, index, self._names, self._wants, self._similar)
        self._links = Links(library, index)
        self._languages = Languages(library)
        self._turns = Turns(library)
        scopes = library.of(Scope)
        health = tuple(cue for scope in scopes for cue in scope.health)
        self._back = tuple(cue for scope in scopes for cue in scope.back_reference)
        self._pronouns = tuple(cue for scope in scopes for cue in scope.pronouns)
        self._elsewhere = tuple(cue for scope in scopes for cue in scope.elsewhere)
        self._places = {id_: cues for scope in scopes for id_, cues in scope.places.items()}
        self._general = tuple(s.general_topic for s in scopes if s.general_topic)
        self._health = health
        cues = [
            *self._names.cues,
            *self._wants.cues,
            *self._links.countries,
            *self._links.reporting,
            *health,
            *self._back,
            *self._pronouns,
            *self._elsewhere,
            *self._remedies.cues,
            *self._alone.deciding,
            *(cue for cues in self._places.values() for cue in cues),
        ]
        self._vocabulary = Vocabulary(cues)
        self._cues = CueList(cues)

    def read(self, question: str, history: Sequence[str] = ()) -> Understanding:
        """Topics and intents of a question, with what it leaves unsaid taken from the history."""
        reading = Reading(question, self._vocabulary, self._cues)
        code = self._languages.in_conversation(question, history)
        understood = self._alone.read(question, reading, code)
        if self._closes(understood):
            return replace(understood, topics=(), intents=("service",), closing=True)
        if history and understood.set_aside:
            # "I never asked about knees": what is only set aside leads back to what was asked.
            understood = replace(understood, topics=(), uncovered=False)
        of_us = understood.intents == ("service",) and not understood.topics
        if history and self._begins_elsewhere(understood, reading):
            return replace(understood, topics=(), elsewhere=True)
        if history:
            understood = self._with_place(understood, reading)
            understood = self._with_country(understood, reading)
        if history and not of_us and self._leans_back(reading, understood):
            understood = self._resolved(understood, reading, history)
        understood = self._links.with_sources(understood)
        if understood.follows_up and "source" in understood.intents and not understood.sources:
            understood = self._links.of_record(understood, self._record_meant(history))
        understood = self._links.with_claims(understood, reading)
        return self._links.with_country(self._ordered(understood, reading), reading)

    def _closes(self, understood: Understanding) -> bool:
        """Whether it only says thanks, goodbye, or something about the weather."""
        if understood.about_therapy:
            return False
        rest = self._turns.unclosed(understood.question, understood.language)
        if rest is None or ("?" in understood.question and understood.topics):
            return False
        left = Reading(rest, self._vocabulary, self._cues)
        intents, aspects, _ = self._wants.of(left)
        if understood.language != "en":
            said = self._alone.foreign.read(rest, understood.language)
            return not (said.topics or said.intents)
        named = self._names.find(rest, left)
        return not (named.mentions or aspects or set(intents) - {"service"})

    def _begins_elsewhere(self, understood: Understanding, reading: Reading) -> bool:
        """Whether a message in a conversation is about anything but health ("who won the match").

        What names the therapy, an illness or a use, or a part of the body, is not.
        """
        if understood.about_therapy or understood.uncovered or understood.language != "en":
            return False
        if self._names_a_use(understood.topics) or any(map(reading.has_any, self._places.values())):
            return False
        refers = reading.has_any(self._back) or understood.aspects
        least = ELSEWHERE_THOUGH if refers else ELSEWHERE
        return self._similar.elsewhere(understood.vector) > least

    def _with_place(self, understood: Understanding, reading: Reading) -> Understanding:
        """A part of the body that says no more in a follow-up than where else it hurts."""
        named = any(self._topic(id_).kind not in _GENERAL for id_ in understood.topics)
        if named or understood.uncovered or set(understood.intents) - {"benefit"}:
            return understood
        leans = self._turns.leans(understood.question, understood.language)
        if not leans and (understood.intents or len(reading.tokens) > BRIEF):
            return understood
        found = [id_ for id_, cues in self._places.items() if reading.has_any(cues)]
        return replace(understood, topics=tuple(found)) if found else understood

    def _with_country(self, understood: Understanding, reading: Reading) -> Understanding:
        """In a conversation, a country alone asks for its rules ("do they do it in America?")."""
        ruled = self._links.of_country.intersection(understood.topics)
        if set(understood.topics) - ruled or set(understood.intents) - _PLACED:
            return understood
        if len(reading.tokens) > LONG or not (ruled or reading.has_any(self._links.countries)):
            return understood
        return replace(understood, intents=("approval",), asked=("approval",))

    def _record_meant(self, history: Sequence[str]) -> tuple[str, ...]:
        """The records that the last question on a subject of its own was about."""
        for place, text in reversed(list(enumerate(history))):
            reading = Reading(text, self._vocabulary, self._cues)
            code = self._languages.in_conversation(text, history[:place])
            earlier = self._links.with_sources(self._alone.read(text, reading, code))
            if earlier.sources or self._names_a_use(earlier.topics):
                return earlier.sources
        return ()

    def _leans_back(self, reading: Reading, understood: Understanding) -> bool:
        if understood.uncovered and understood.about_therapy:
            return False
        turns = self._turns.turns(understood.question, understood.language)
        if turns and self._names_a_use(understood.topics):
            return False
        brief = not understood.intents and len(reading.tokens) <= BRIEF
        return (
            brief
            or reading.has_any(self._back)
            or not self._names_a_use(understood.topics)
            or self._turns.leans(understood.question, understood.language)
        )

    def _resolved(
        self, understood: Understanding, asked: Reading, history: Sequence[str]
    ) -> Understanding:
        """What the question leaves out, from the nearest earlier question that says it."""
        topics, intents, therapy = understood.topics, understood.intents, understood.about_therapy
        refers = asked.has_any(self._pronouns)
        # A word that no topic uses is a new subject, unless something keeps the old one.
        goes_on = bool(refers or understood.aspects) or not (
            self._strange(understood, asked) or asked.has_any(self._remedies.elsewhere)
        )
        if not (goes_on or understood.uncovered):
            return understood
        aspects = understood.aspects
        if understood.others and not intents and not self._names_a_whole(topics):
            # "What about the gel injections?": set against what the talk is about.
            aspects, intents = ("compared",), ("comparison",)
        own = {self._topic(id_).kind for id_ in topics}
        for place, text in reversed(list(enumerate(history))):
            if self._names_a_whole(topics) and intents and therapy:
                break
            reading = Reading(text, self._vocabulary, self._cues)
            code = self._languages.in_conversation(text, history[:place])
            earlier = self._alone.read(text, reading, code)
            if earlier.set_aside:
                continue
            # "and is that dangerous?" names harm, not the condition it is about.
            if not self._names_a_whole(topics) and goes_on and not understood.uncovered:
                guessed = earlier.about_therapy and not (place and reading.has_any(self._back))
                near = self._near(earlier)[:1] if guessed else []
                # Another country, or another way to give it, stands for the one before.
                found = [id_ for id_ in earlier.topics or near if self._topic(id_).kind not in own]
                topics = tuple(dict.fromkeys([*topics, *found]))
            if not intents or self._how_often(understood, earlier):
                intents = earlier.intents
            if goes_on or understood.uncovered:
                therapy = therapy or earlier.about_therapy or bool(earlier.topics)
        return replace(
            understood,
            topics=topics,
            intents=intents,
            asked=intents if aspects != understood.aspects else understood.asked,
            aspects=aspects,
            about_therapy=therapy,
            follows_up=goes_on,
            inherited=bool(topics) and not understood.topics,
            same_subject=goes_on
            and len(topics) > len(understood.topics)
            and not any(self._is_subject(id_, intents) for id_ in understood.topics),
        )

    def _how_often(self, understood: Understanding, earlier: Understanding) -> bool:
        """Whether "how often?" counts the harm that was spoken of, and not treatments."""
        bare = not (understood.topics or understood.about_therapy or understood.unknown_words)
        return bare and understood.intents == ("sessions",) and "harm" in earlier.intents

    def _strange(self, understood: Understanding, asked: Reading) -> bool:
        """Whether its words are of another subject; a foreign one knows no words of ours."""
        if self._turns.leans(understood.question, understood.language):
            return False
        if understood.language != "en":
            return len(asked.tokens) > LONG or not (
                understood.intents or len(asked.tokens) <= BRIEF
            )
        strange = self._similar.strange(understood.unknown_words)
        return strange and not asked.has_any(self._health)

    def _is_subject(self, topic_id: str, intents: Sequence[Intent]) -> bool:
        """Whether a topic is more than a point of another (its costs, harms, rules, a risk)."""
        if topic_id in self._links.of_country:
            return "approval" in intents
        point = self._topic(topic_id).kind in (*_GENERAL, "contraindication")
        return not (point or topic_id in self._leading.usual)

    def _names_a_whole(self, topics: Sequence[str]) -> bool:
        return any(
            self._topic(id_).kind in _WHOLE and id_ not in self._leading.usual for id_ in topics
        )

    def _names_a_use(self, topics: Sequence[str]) -> bool:
        return any(
            self._topic(id_).kind in _USES and id_ not in self._leading.usual for id_ in topics
        )

    def _near(self, understood: Understanding) -> list[str]:
        return self._similar.near(understood.vector, understood.unknown_words)

    def _ordered(self, understood: Understanding, reading: Reading) -> Understanding:
        """Topics, the one that answers the intent first; default topics of the intent added."""
        if understood.sources:
            return understood
        if understood.uncovered:
            told = understood.topics if understood.about_therapy else ()
            return replace(understood, topics=told)
        topics = list(understood.topics)
        # Who quotes a clinic or an advert means the therapy that it sells.
        quoted = "claim_check" in understood.intents
        unsaid = not (understood.about_therapy or understood.follows_up or quoted)
        elsewhere = reading.has_any(self._elsewhere)
        other = [id_ for id_ in topics if self._topic(id_).off_topic]
        ill = any(self._topic(id_).kind in _SOMEBODYS for id_ in topics[:1])
        anyone = any(self._topic(id_).kind in _SOMEBODYS for id_ in topics)
        # "I take tablets, and the gym offers it": a place, and not what is asked about.
        elsewhere = elsewhere and not (anyone or understood.claim_meant)
        if (other or elsewhere) and not ill:
            # "A laundry unit, does it save money?" is not about what treatment costs.
            return replace(understood, topics=tuple(other), elsewhere=elsewhere)
        topics = [id_ for id_ in topics if id_ not in other]
        if unsaid and self._remedies.asked_for(reading, asking(understood.question)):
            return replace(understood, topics=(), elsewhere=True)
        others = [id_ for id_ in topics if id_ not in self._links.of_country]
        asks = understood.intents or not unsaid
        if not asks or (others and "approval" not in understood.intents):
            # The name of a country does not make a question one about its rules.
            topics = others
        if not self._names_a_use(topics):
            near = self._near(understood)
            # With a topic named already, a second one must explain a word that is still open.
            topics += near[:1] if understood.unknown_words or not topics else []
        named = any(
            self._topic(id_).kind not in _GENERAL and id_ not in self._leading.usual
            for id_ in topics
        )
        strange = self._similar.strange(understood.unknown_words)
        if topics and unsaid and strange and self._like_ours(understood):
            # "Has anyone died of it? No waffle please": no telling word is what is asked about.
            strange = not reading.has_any(self._pronouns) and self._asked_strangely(understood)
        if not named and (strange if unsaid else self._asks_of_else(understood)):
            # "Does cupping with ozone work, it's 40 a go?" is about cupping, not about prices.
            return replace(understood, topics=(), elsewhere=unsaid)
        if not topics and not understood.unknown_words and understood.about_therapy:
            topics += [id_ for id_ in self._general if id_ in self._library.topics]
        topics = list(self._leading.order(topics, understood.intents))
        if self._names.sets_therapy_aside(reading):
            # "Not ozone for once: does pressurised oxygen help?"
            topics.sort(key=lambda id_: self._topic(id_).kind != "neighbour")
        return replace(understood, topics=tuple(topics))

    def _like_ours(self, understood: Understanding) -> bool:
        """Whether it is clearly more like our example questions than like those on else."""
        return self._similar.elsewhere(understood.vector) < OURS

    def _asks_of_else(self, understood: Understanding) -> bool:
        """Whether what is asked of ozone is something that no topic has a word for."""
        wanted = set(understood.intents)
        known = understood.follows_up or understood.claim_meant or "approval" in wanted
        if known or not wanted - NARROW - _OF_RECORDS:
            return False
        asking = [part for part in _ENDED.findall(understood.question) if part.endswith("?")]
        return self._strange_in(asking, understood)

    def _asked_strangely(self, understood: Understanding) -> bool:
        """Whether a telling word of another subject stands where something is asked."""
        parts = _ENDED.findall(understood.question)
        asking = [part for part in parts if part.endswith("?")]
        return self._strange_in(asking or parts, understood)

    def _strange_in(self, parts: Sequence[str], understood: Understanding) -> bool:
        said = {word for part in parts for word in tokens(part)}
        return self._similar.strange([w for w in understood.unknown_words if w in said])

    def _topic(self, topic_id: str) -> Topic:
        return self._library.topics[topic_id]
