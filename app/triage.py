"""First step: is this an emergency, or something we must not answer? Rules only, no model."""

from dataclasses import dataclass

from app.answer import HelpNumber, Urgent
from app.cues import Reading, Vocabulary, sentences
from corpus.help import Help
from corpus.library import Library
from corpus.triage import RedFlag, Refusal, Scope

_LEVELS = {"now": 0, "today": 1, "talk_first": 2}


@dataclass(frozen=True)
class Triage:
    """What the rules found; both None means that the question may simply be answered."""

    urgent: Urgent | None = None
    refusal: Refusal | None = None


class TriageRules:
    """The corpus's safety rules, ready to be held against a question."""

    def __init__(self, library: Library) -> None:
        """Reads red flags, refusals and help numbers from the library."""
        self._flags = sorted(
            library.of(RedFlag), key=lambda flag: (_LEVELS[flag.level], flag.priority, flag.id)
        )
        self._refusals = library.of(Refusal)
        self._help = library.of(Help)
        self._negation = tuple(cue for scope in library.of(Scope) for cue in scope.negation)
        rules: list[RedFlag | Refusal] = [*self._flags, *self._refusals]
        cues = [cue for rule in rules for groups in rule.when for group in groups for cue in group]
        cues += [cue for rule in rules for cue in rule.unless]
        cues += [cue for flag in self._flags for cue in flag.asks_only]
        self._vocabulary = Vocabulary([*cues, *self._negation])

    def judge(self, question: str) -> Triage:
        """The most pressing red flag, and the first refusal, that a sentence of `question` meets.

        A whole message is read too, so that signs told over two sentences are seen together.
        """
        parts = [*sentences(question), question]
        readings = [Reading(part, self._vocabulary) for part in parts]
        flag = next(
            (flag for flag in self._flags if any(self._raises(flag, r) for r in readings)), None
        )
        refusal = next(
            (
                refusal
                for refusal in self._refusals
                if any(
                    any(reading.has_groups(groups) for groups in refusal.when)
                    and not reading.has_any(refusal.unless)
                    for reading in readings
                )
            ),
            None,
        )
        return Triage(self._urgent(flag) if flag else None, refusal)

    def _raises(self, flag: RedFlag, reading: Reading) -> bool:
        if reading.has_any(flag.unless) or reading.has_any(flag.asks_only):
            return False
        return any(
            all(any(self._stated(cue, reading, flag) for cue in group) for group in groups)
            for groups in flag.when
        )

    def _stated(self, cue: str, reading: Reading, flag: RedFlag) -> bool:
        """Whether the cue occurs without a negation in the two words before it.

        "No chest pain" is no sign; but "I don't want chemo" is just what a rule on treatment
        looks for, so there a negation changes nothing.
        """
        if flag.kind == "stop_treatment":
            return reading.has(cue)
        for span in reading.find(cue):
            before = reading.tokens[max(0, span.start - 2) : span.start]
            if not any(word in self._negation for word in before):
                return True
        return False

    def _urgent(self, flag: RedFlag) -> Urgent:
        numbers = tuple(
            HelpNumber(
                country=help_.country,
                name=help_.name,
                number=help_.number,
                seen_on=help_.seen_on,
            )
            for purpose in flag.help
            for help_ in self._help
            if help_.purpose == purpose and help_.number and help_.show_number
        )
        return Urgent(
            kind=flag.kind,
            level=flag.level,
            message=flag.message,
            action=flag.action,
            numbers=numbers,
        )
