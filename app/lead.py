"""Which of the topics in a question lead its answer, and which are only in passing."""

from collections.abc import Sequence
from typing import Final

from corpus.library import Library
from corpus.topic import Topic
from corpus.triage import IntentCues, Scope
from corpus.vocabulary import Intent, TopicKind

NARROW: Final[frozenset[Intent]] = frozenset({"harm", "approval", "sessions", "cost"})
"""Intents that one topic answers by itself; others want every topic's bottom line."""

_KINDS_FOR: Final[dict[Intent, tuple[TopicKind, ...]]] = {
    "approval": ("rule",),
    "harm": ("harm", "contraindication"),
    "mechanism": ("mechanism",),
}
"""Which kinds of topic lead for an intent; otherwise the order in the question decides."""

_ASKED_FOR: Final[dict[TopicKind, frozenset[Intent]]] = {
    "harm": frozenset({"harm", "decision"}),
    "mechanism": frozenset({"mechanism"}),
}
"""Beside somebody's illness, these kinds are in passing ("fewer deaths", "tired") unless wanted."""


def usual_topics(library: Library) -> frozenset[str]:
    """Topics that answer an intent whatever it is asked of."""
    return frozenset(id_ for cues in library.of(IntentCues) for id_ in cues.topics)


class Leading:
    """Orders topics for what is wanted of them."""

    def __init__(self, library: Library) -> None:
        """Reads which topics answer an intent by default."""
        self._library = library
        self._defaults: dict[Intent, list[str]] = {}
        for cues in library.of(IntentCues):
            known = [id_ for id_ in cues.topics if id_ in library.topics]
            self._defaults.setdefault(cues.intent, []).extend(known)
        self.usual = usual_topics(library)
        self._therapy = {s.general_topic for s in library.of(Scope)}

    def usual_for(self, intent: Intent) -> Sequence[str]:
        """The topic that answers an intent whatever it is asked of."""
        return self._defaults.get(intent, [])[:1]

    def order(self, topics: Sequence[str], intents: Sequence[Intent]) -> tuple[str, ...]:
        """The topics in the order in which they answer; default topics of the intents added."""
        kept = self._without_asides(topics, intents)
        lead: list[str] = []
        for intent in intents:
            kinds = _KINDS_FOR.get(intent, ())
            usual = self._defaults.get(intent, [])
            fitting = [id_ for id_ in kept if self._topic(id_).kind in kinds]
            # "Legal in Malaysia" is first about Malaysia, then about laws as such.
            fitting = [id_ for id_ in fitting if id_ not in usual] + [
                id_ for id_ in fitting if id_ in usual
            ]
            told = intent == "harm" and any(self._topic(id_).harm_ids for id_ in kept)
            # Harms of just this use say more than those of the therapy as a whole.
            lead += fitting or ([] if told else usual[:1])
        # "A clinic in Germany, does it help psoriasis": the country comes last.
        others = sorted(kept, key=lambda id_: self._topic(id_).kind == "rule")
        if not intents or set(intents) - NARROW:
            # "She has arthritis and they want 3000: should she?" is about arthritis first.
            others.sort(key=lambda id_: self._topic(id_).kind != "condition")
            ill = [id_ for id_ in others if self._topic(id_).kind == "condition"]
            return tuple(dict.fromkeys([*ill, *lead, *others]))
        return tuple(dict.fromkeys([*lead, *others]))

    def _without_asides(self, topics: Sequence[str], intents: Sequence[Intent]) -> list[str]:
        kinds = {self._topic(id_).kind for id_ in topics}
        if not kinds & {"condition", "contraindication"}:
            return list(topics)
        wanted = set(intents)
        asides = {kind for kind, asked in _ASKED_FOR.items() if not asked & wanted}
        if "contraindication" in kinds and "route" not in wanted:
            asides.add("route")  # "I take warfarin, may I have it in my blood?"
        # "It keeps coming back" asks for no number of sessions; and "tell me about ozone and my
        # lupus" is not about ozone for whatever else.
        unasked = {
            id_ for intent, ids in self._defaults.items() if intent not in wanted for id_ in ids
        } | self._therapy
        return [id_ for id_ in topics if self._topic(id_).kind not in asides and id_ not in unasked]

    def _topic(self, topic_id: str) -> Topic:
        return self._library.topics[topic_id]
