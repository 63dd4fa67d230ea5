"""Where a body of findings points, counted from what each finding favours."""

from collections.abc import Iterable

from corpus.finding import Finding
from corpus.library import Library
from corpus.topic import Topic
from corpus.vocabulary import Direction


def speaks_of_effect(finding: Finding, *, other_counts: bool = False) -> bool:
    """Whether the finding takes a side on what happens to people.

    `other_counts`: findings on another treatment speak too, as in a topic about that treatment.
    """
    about = other_counts or finding.intervention != "other"
    return finding.kind in ("effect", "marker") and about and finding.favours != "unclear"


def counted_direction(findings: Iterable[Finding]) -> Direction:
    """The one side all findings take, "mixed" where they take several, "none" where none does."""
    sides = {finding.favours for finding in findings}
    if not sides:
        return "none"
    side = sides.pop()
    return "mixed" if sides or side == "unclear" else side


def bottom_line_direction(library: Library, topic: Topic) -> Direction:
    """Where the findings of a topic's bottom line point."""
    named = (library.points.get(id_) for id_ in topic.bottom_line.finding_ids)
    neighbour = topic.kind == "neighbour"
    return counted_direction(
        point.finding
        for point in named
        if point and speaks_of_effect(point.finding, other_counts=neighbour)
    )
