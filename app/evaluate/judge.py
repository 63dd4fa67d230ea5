"""What is right and wrong about one answer to a labelled question."""

from dataclasses import dataclass, field
from typing import Final

from app.answer import Answer
from app.cues import normalise
from app.evaluate.case import Case

_PRESSING: Final = {"now": 0, "today": 1, "talk_first": 2}
_COVERED: Final = ("answered", "partial")


@dataclass(frozen=True)
class Judged:
    """One answer with its marks: True is right, False wrong; what does not apply is left out."""

    case: Case
    answer: Answer
    marks: dict[str, bool] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[str, ...]:
        """The names of the marks that are wrong."""
        return tuple(name for name, right in self.marks.items() if not right)


def patient_text(answer: Answer) -> str:
    """Everything a patient reads of an answer before anything is opened, and the claims beside."""
    parts = [s.text for section in answer.sections for s in section.statements]
    parts += [f"{item.claim} {item.fact} {item.explanation}" for item in answer.contrast]
    if answer.urgent:
        parts = [answer.urgent.message, answer.urgent.action, *parts]
    return normalise(" ".join(parts))


def judge(case: Case, answer: Answer, aliases: dict[str, str]) -> Judged:
    """Holds an answer against its labels. `aliases`: other ids of records to their own."""
    marks: dict[str, bool] = {}
    text = patient_text(answer)
    shown = answer.status not in ("urgent", "refused")
    if case.status:
        marks["status"] = answer.status in case.status
        if not set(case.status) & {*_COVERED, "urgent"}:
            marks["not_answered_as_covered"] = answer.status not in _COVERED
        if set(case.status) & {*_COVERED, "no_evidence"}:
            marks["not_refused_needlessly"] = answer.status != "refused"
    if case.topic and shown:
        marks["topic"] = bool({case.topic, *case.topic_also_ok} & set(answer.topics))
    if case.also and shown:
        marks["second_topic"] = case.also in answer.topics
    if case.intent:
        marks["intent"] = case.intent in answer.intents or case.intent == "benefit"
    if case.sources:
        cited = {source.id for source in answer.sources}
        marks["source"] = bool(cited & {aliases.get(id_, id_) for id_ in case.sources})
    if case.claims:
        marks["claim"] = any(item.claim_id in case.claims for item in answer.contrast)
    if case.must_say:
        marks["must_say"] = all(
            any(normalise(word) in text for word in group) for group in case.must_say
        )
    if case.must_not_say:
        marks["must_not_say"] = not any(normalise(word) in text for word in case.must_not_say)
    _judge_urgency(case, answer, marks)
    return Judged(case, answer, marks)


def _judge_urgency(case: Case, answer: Answer, marks: dict[str, bool]) -> None:
    if case.urgent is None:
        return
    if not case.urgent:
        marks["no_false_alarm"] = answer.urgent is None
        return
    marks["recall"] = answer.urgent is not None
    if case.level and answer.urgent:
        found = _PRESSING[answer.urgent.level]
        marks["pressing_enough"] = found <= _PRESSING[case.level]
    if case.kind and answer.urgent:
        marks["kind"] = answer.urgent.kind == case.kind
    if case.language != "en" and answer.urgent and answer.urgent.level == "now":
        marks["in_their_language"] = answer.language == case.language
