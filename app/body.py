"""The body of evidence on a topic: what its findings say together."""

from collections.abc import Sequence
from typing import Final

from app.answer import AgreementBasis, Counted
from corpus.direction import speaks_of_effect
from corpus.finding import Finding
from corpus.library import Library, Point
from corpus.paper import Paper
from corpus.review import Review
from corpus.topic import Topic
from corpus.vocabulary import Agreement, Certainty, Favours, WeakenedBy

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


def agreement_of(points: Sequence[Point], topic: Topic) -> tuple[Agreement, AgreementBasis]:
    """How far the reviews' findings point the same way, and what was counted.

    The number of reviews never raises it. A word set by hand keeps the count beside its reason.
    """
    directions: dict[str, list[Favours]] = {}
    for point in points:
        finding = point.finding
        if (
            isinstance(point.record, Review)
            and finding.kind == "effect"
            and speaks_of_effect(finding)
        ):
            said = directions.setdefault(point.record.id, [])
            if finding.favours not in said:
                said.append(finding.favours)
    records = {point.record.id: point.record for point in points}
    counted = tuple(
        Counted(source_id=id_, name=short_name(records[id_]), favours=tuple(said))
        for id_, said in directions.items()
    )
    if topic.agreement:
        reason = topic.agreement.reason
        return topic.agreement.word, AgreementBasis(counted=counted, reason=reason)
    return _agreement_word(directions, points, topic), AgreementBasis(counted=counted)


def _agreement_word(
    directions: dict[str, list[Favours]], points: Sequence[Point], topic: Topic
) -> Agreement:
    if topic.gap:
        return "none"
    if not directions:
        reviews = {p.record.id for p in points if isinstance(p.record, Review)}
        # Several reviews without a direction neither agree nor disagree: no mark.
        return "single" if len(reviews) == 1 else "none"
    if len(directions) == 1:
        return "single"
    said = {side for sides in directions.values() for side in sides}
    if len(said) == 1:
        return "agree"
    return "disagree" if {"ozone", "comparator"} <= said else "mixed"


def short_name(record: Paper) -> str:
    """A record as doctors name it: first author or organisation, and year."""
    who = record.authors[0].split(",")[0] if record.authors else record.organisation
    return " ".join(part for part in (who or record.title, str(record.year or "")) if part)


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
        reason
        for reason in IMPORTANCE
        # "Laboratory values, not how people felt" is true of all or not true.
        if sum(reason in r for r in reasons) * (1 if reason == "laboratory_only" else 2)
        >= len(counted)
    ]
    return tuple(common[:most]) if counted else ()
