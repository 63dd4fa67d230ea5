"""Fourth step: what kind of answer this gets, in the order of precedence of the design.

urgent > refused > answered / partial > no_evidence > off_topic.
"""

from collections.abc import Collection

from app.answer import Status
from app.choose import TREATED
from app.triage import Triage
from app.understanding import Understanding
from corpus.library import Library
from corpus.paper import Paper
from corpus.review import Review
from corpus.topic import Topic

_RULES = ("regulation", "guideline", "health_technology_assessment")
_SOMEBODY = ("condition", "route", "contraindication")
_BY_ITSELF = ("condition", "use", "route", "contraindication", "neighbour")
_HAPPENED = ("effect", "marker")


def decide(
    library: Library, triage: Triage, understood: Understanding, usual: Collection[str]
) -> Status:
    """The status of the answer. `usual`: topics that answer an intent whatever it is asked of."""
    if triage.urgent or triage.refusal:
        return "urgent" if triage.urgent else "refused"
    if any(_speaks(library[id_]) for id_ in understood.sources):
        return "answered"
    topics = [library.topics[id_] for id_ in understood.topics]
    medical = [topic for topic in topics if not topic.off_topic]
    if topics and not medical:
        return "off_topic"
    if medical and not understood.uncovered:
        # "Is X the same as Y?" is answered by what is known of the neighbour Y.
        neighbours = [topic for topic in medical if topic.kind == "neighbour"]
        compared = neighbours if "comparison" in understood.intents else []
        if set(understood.intents) != {"approval"} and not _by_itself(medical[0], usual):
            # What a treatment of this illness costs is told, but is not what answers for it.
            medical.sort(key=lambda topic: topic.kind not in _SOMEBODY)
        if medical[0].kind in ("route", "use"):
            # Nor is what a way to give it did for other illnesses.
            medical.sort(key=lambda topic: topic.kind != "condition")
        status = _status_of(library, (compared or medical)[0], understood)
        return "partial" if understood.sources and status == "no_evidence" else status
    meant = understood.about_therapy or "claim_check" in understood.intents
    if meant and not understood.elsewhere:
        return "partial" if understood.sources else "no_evidence"
    return "off_topic"


def _by_itself(topic: Topic, usual: Collection[str]) -> bool:
    """Whether a topic is what somebody is treated for or with, not what an intent adds to it."""
    return topic.kind in _BY_ITSELF and topic.id not in usual


def _status_of(library: Library, topic: Topic, understood: Understanding) -> Status:
    """answered: a review, guideline or rule on ozone speaks; partial: only single studies do."""
    harms = topic.harm_ids if topic.kind == "harm" else ()
    points = [
        point
        for point_id in (
            *topic.bottom_line.finding_ids,
            *topic.benefit_ids,
            *topic.rule_ids,
            *harms,
        )
        if (point := library.points.get(point_id))
        and point.record.may_support
        and (point.finding.intervention != "other" or topic.kind == "neighbour")
    ]
    if points and not topic.gap and any(_speaks(point.record) for point in points):
        return "answered"
    if topic.gap and topic.kind in TREATED:
        # Of a gap, "a trial is planned" or "a rule names it" does not say what happened to people.
        wanted = (*_HAPPENED, "harm") if "harm" in understood.intents else _HAPPENED
        points = [p for p in points if p.finding.kind in wanted]
    in_people = [p for p in points if getattr(p.record, "kind", "") != "animal_study"]
    return "partial" if in_people else "no_evidence"


def _speaks(record: Paper) -> bool:
    """Whether a record is more than a single study: a review, a guideline or a rule."""
    return isinstance(record, Review) or getattr(record, "kind", "") in _RULES
