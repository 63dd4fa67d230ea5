"""What the vetted records allow to be said on a topic, in one word."""

from typing import Final

from app.body import certainty_of
from app.choose import Chooser
from corpus.library import Library
from corpus.topic import Topic
from corpus.vocabulary import EvidenceState

_SURE: Final = ("high", "moderate")


def state_of(library: Library, chooser: Chooser, topic: Topic) -> EvidenceState:
    """The state of the evidence on what happens to people.

    sure or leans: reviews find a benefit, with at least moderate certainty or with less; mixed:
    reviews differ or saw no benefit; against: another treatment did better; single: only single
    studies in people, or reviews that cannot tell; none: not even those.
    """
    if topic.gap:
        named = (*topic.bottom_line.finding_ids, *topic.benefit_ids)
        happened = [
            point
            for point in chooser.points(named)
            if point.finding.kind in ("effect", "marker")
            and point.finding.intervention != "other"
            and getattr(point.record, "kind", "") != "animal_study"
        ]
        return "single" if happened else "none"
    direction = topic.bottom_line.direction
    if direction == "comparator":
        return "against"
    if direction == "none":
        return "single"
    if direction != "ozone":
        return "mixed"
    return "sure" if certainty_of(library, topic) in _SURE else "leans"
