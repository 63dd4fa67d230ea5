"""Refusals about topics: what a bottom line rests on, where it leans, what its cells name."""

from collections.abc import Iterator

from corpus.direction import bottom_line_direction
from corpus.library import Library
from corpus.reader import Problem
from corpus.topic import Topic


def topic_problems(file: str, library: Library, topic: Topic) -> Iterator[Problem]:
    """Everything that makes a topic say more than its findings."""
    yield from _certainty_problems(file, library, topic)
    yield from _lead_problems(file, library, topic)
    yield from _direction_problems(file, library, topic)
    yield from _alternative_problems(file, library, topic)


def _certainty_problems(file: str, library: Library, topic: Topic) -> Iterator[Problem]:
    point = library.points.get(topic.certainty_from or "")
    if point and point.finding.certainty is None:
        yield Problem(
            file=file,
            field="certainty_from",
            message=f"{topic.certainty_from} states no certainty; remove certainty_from",
        )


def _lead_problems(file: str, library: Library, topic: Topic) -> Iterator[Problem]:
    for index, point_id in enumerate(topic.bottom_line.finding_ids):
        point = library.points.get(point_id)
        if point is None:
            continue
        where = f"bottom_line.finding_ids.{index}"
        if not point.record.may_support:
            yield Problem(
                file=file,
                field=where,
                message=f"{point_id} was not read or is withdrawn; remove it and say without it "
                "what is known",
            )
        if index == 0 and not point.record.is_identified:
            yield Problem(
                file=file,
                field=where,
                message=f"{point_id} has no DOI, PMID or official page; name another first",
            )
        usual = getattr(point.record, "kind", "") == "usual_care"
        if (usual or point.finding.intervention == "other") and topic.kind != "neighbour":
            yield Problem(
                file=file,
                field=where,
                message=f"{point_id} is not about this treatment; remove it from this bottom line",
            )


def _direction_problems(file: str, library: Library, topic: Topic) -> Iterator[Problem]:
    counted = bottom_line_direction(library, topic)
    said = topic.bottom_line.direction
    if said != counted and topic.bottom_line.direction_note is None:
        yield Problem(
            file=file,
            field="bottom_line.direction",
            message=f"is '{said}', but its findings count as '{counted}'; correct the text or the "
            "findings, or say why in direction_note",
        )


def _alternative_problems(file: str, library: Library, topic: Topic) -> Iterator[Problem]:
    for point_id in topic.alternative_ids:
        point = library.points.get(point_id)
        if point and point.finding.intervention != "other":
            yield Problem(
                file=file,
                field="alternative_ids",
                message=f"{point_id} is about the treatment itself; name usual care, or set the "
                "finding's intervention to other",
            )
