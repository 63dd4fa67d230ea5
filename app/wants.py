"""What is wanted of a subject: intents, and fields of records that are asked for by themselves."""

from typing import Final

from app.cues import Reading
from corpus.library import Library
from corpus.triage import Aspect, IntentCues
from corpus.vocabulary import AspectName, Intent

_INTENT_OF: Final[dict[AspectName, Intent]] = {
    "people": "source",
    "studies": "source",
    "searched": "source",
    "published": "source",
    "funding": "source",
    "followed": "source",
    "control": "source",
    "quality": "source",
    "who": "source",
    "certainty": "source",
    "sessions": "sessions",
    "compared": "comparison",
}


def others_of(library: Library) -> dict[str, tuple[str, ...]]:
    """What the therapy may be compared with, each with the words for it."""
    return {name: cues for a in library.of(Aspect) for name, cues in a.others.items()}


class Wants:
    """The corpus's cues for intents and fields."""

    def __init__(self, library: Library) -> None:
        """Reads them from the library."""
        self._intents = library.of(IntentCues)
        self._aspects = library.of(Aspect)
        rules: list[IntentCues | Aspect] = [*self._intents, *self._aspects]
        asked = [cue for rule in rules for groups in rule.when for group in groups for cue in group]
        self._others = others_of(library)
        others = [cue for cues in self._others.values() for cue in cues]
        self.explaining = (
            *(c for i in self._intents for groups in i.when for group in groups for c in group),
            *others,
        )
        """Cues whose words say what is wanted, and so name no subject."""
        self.cues = (*asked, *others, *(cue for rule in rules for cue in rule.unless))

    def of(
        self, reading: Reading
    ) -> tuple[tuple[Intent, ...], tuple[AspectName, ...], tuple[str, ...]]:
        """Intents, fields, and what ozone is to be set against."""
        others = tuple(name for name, cues in self._others.items() if reading.has_any(cues))
        aspects = tuple(
            rule.aspect
            for rule in self._aspects
            if _fires(rule, reading) and (others or not rule.others)
        )
        intents = [rule.intent for rule in self._intents if _fires(rule, reading)]
        intents += [_INTENT_OF[aspect] for aspect in aspects]
        return tuple(dict.fromkeys(intents)), aspects, others


def _fires(rule: IntentCues | Aspect, reading: Reading) -> bool:
    asked = any(reading.has_groups(groups) for groups in rule.when)
    return asked and not reading.has_any(rule.unless)
