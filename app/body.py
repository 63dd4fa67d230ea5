"""The body of evidence on a topic: what its findings say together."""

from collections.abc import Sequence
from typing import Final

from corpus.finding import Finding
from corpus.library import Library, Point
from corpus.paper import Paper
from corpus.review import Review
from corpus.topic import Topic
from corpus.vocabulary import Agreement, Certainty, WeakenedBy

FEW_PEOPLE = 400
"""Below this, GRADE's rule of thumb for the optimal information size calls a result imprecise."""
CONSIDERABLE_I2 = 75.0
"""Heterogeneity from which the Cochrane Handbook (10.10.2) speaks of "considerable"."""


IMPORTANCE: Final[tuple[WeakenedBy, ...]] = (
    "not_a_review",
    "laboratory_only",
    "before_after",
    "no_control",
    "trials_disagree",
    "wide_interval",
    "few_people",
    "promoters",
    "second_hand",
    "abstract_only",
)
"""Reasons for caution, those that weigh most first."""


def certainty_of(library: Library, topic: Topic) -> Certainty:
    """The certainty a review stated for the topic's named finding, else not rated, else none."""
    if topic.gap and not topic.bottom_line.finding_ids:
        return "none"
    if topic.certainty_from:
        point = library.points.get(topic.certainty_from)
        if point and point.finding.certainty:
            return point.finding.certainty
    return "none" if topic.gap else "not_rated"


def agreement_of(points: Sequence[Point], topic: Topic) -> Agreement:
    """How far the reviews' findings point the same way; the number of reviews never raises it."""
    if topic.agreement:
        return topic.agreement.word
    if topic.gap:
        return "none"
    directions: dict[str, set[str]] = {}
    for point in points:
        if isinstance(point.record, Review) and _speaks_of_effect(point.finding):
            directions.setdefault(point.record.id, set()).add(point.finding.favours)
    if not directions:
        reviews = {p.record.id for p in points if isinstance(p.record, Review)}
        # Several reviews without a direction neither agree nor disagree: no mark.
        return "single" if len(reviews) == 1 else "none"
    if len(directions) == 1:
        return "single"
    said = set().union(*directions.values())
    if len(said) == 1:
        return "agree"
    return "disagree" if {"ozone", "comparator"} <= said else "mixed"


def _speaks_of_effect(finding: Finding) -> bool:
    return (
        finding.kind == "effect"
        and finding.intervention != "other"
        and finding.favours != "unclear"
    )


def weakened_by(point: Point) -> list[WeakenedBy]:
    """Reasons for caution that the fields of one finding carry, most important first."""
    finding, record = point.finding, point.record
    reasons: list[WeakenedBy] = []
    if not isinstance(record, Review):
        reasons.append("not_a_review")
    if finding.kind == "marker" or finding.design in ("laboratory", "animal"):
        reasons.append("laboratory_only")
    if finding.design == "before_after":
        reasons.append("before_after")
    if finding.excludes_no_effect is False and finding.figures_shown:
        reasons.append("wide_interval")
    if finding.i2 is not None and finding.i2 >= CONSIDERABLE_I2:
        reasons.append("trials_disagree")
    people = _people(finding, record)
    if people is not None and people < FEW_PEOPLE:
        reasons.append("few_people")
    if record.authors_promote_ozone:
        reasons.append("promoters")
    if record.second_hand:
        reasons.append("second_hand")
    elif record.depth == "abstract":
        reasons.append("abstract_only")
    return reasons


def _people(finding: Finding, record: Paper) -> int | None:
    return finding.n_participants if finding.n_participants is not None else record.n_participants


def shared_weaknesses(points: Sequence[Point], most: int = 3) -> tuple[WeakenedBy, ...]:
    """The reasons that hold for at least half of the findings, most important first.

    Where a review speaks, only reviews count: the single patient of a case report beside them
    does not mean that "few people were studied".
    """
    reviews = [point for point in points if isinstance(point.record, Review)]
    counted = reviews or list(points)
    reasons = [weakened_by(point) for point in counted]
    common = [
        reason for reason in IMPORTANCE if sum(reason in r for r in reasons) * 2 >= len(counted)
    ]
    return tuple(common[:most]) if counted else ()
