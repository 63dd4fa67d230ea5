"""Every refusal, run over the whole corpus; all problems at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

from corpus.check_evidence import (
    certainty_problems,
    count_problems,
    direction_problems,
    figure_caution_problems,
    interval_problems,
)
from corpus.check_language import claim_problems, mask_of, paper_problems
from corpus.check_language import topic_problems as topic_language_problems
from corpus.check_links import (
    coverage_problems,
    duplicate_problems,
    reference_problems,
    said_twice_problems,
    wording_problems,
)
from corpus.check_topic import topic_problems as topic_evidence_problems
from corpus.claim import Claim
from corpus.library import HOME, ROOMS, Library, read_library
from corpus.reader import Problem, UnreadableRecord, read_yaml
from corpus.topic import Topic
from corpus.vocabulary import NoticeKind, ReviewKind, StudyKind, TopicKind

_KINDS_OF: Final = {
    "reviews": get_args(ReviewKind),
    "studies": get_args(StudyKind),
    "notices": get_args(NoticeKind),
    "topics": get_args(TopicKind),
}


def library_problems(library: Library) -> Iterator[Problem]:
    """What is wrong with records that are well formed by themselves."""
    mask = mask_of(library)
    for paper in library.papers:
        file = library.files[paper.id]
        for finding in paper.findings:
            yield from interval_problems(file, finding)
            yield from direction_problems(file, finding)
            yield from figure_caution_problems(file, finding)
        yield from count_problems(file, paper)
        yield from certainty_problems(file, paper)
        yield from paper_problems(file, paper, library, mask)
    for topic in library.of(Topic):
        file = library.files[topic.id]
        yield from topic_evidence_problems(file, library, topic)
        yield from topic_language_problems(file, topic, library, mask)
    for claim in library.of(Claim):
        yield from claim_problems(library.files[claim.id], claim, library, mask)
    yield from reference_problems(library)
    yield from duplicate_problems(library)
    yield from coverage_problems(library)
    yield from said_twice_problems(library)
    yield from wording_problems(library)


def check_corpus(home: Path = HOME, draft: tuple[str, Path] | None = None) -> list[Problem]:
    """All problems of the corpus in `home`, sorted by file; empty when it may be indexed.

    `draft`: a room and a file that is checked as if it stood there.
    """
    library, problems = read_library(home, draft)
    if library is not None:
        problems = [*problems, *library_problems(library)]
    return sorted(problems, key=lambda problem: (problem.file, problem.field))


def check_file(path: Path, home: Path = HOME) -> list[Problem]:
    """The problems of one record file, held against the corpus in `home`.

    The file may stand in the corpus or anywhere else: its folder's name or, failing that, its
    `kind` says which room it is meant for.
    """
    room = path.parent.name if path.parent.name in ROOMS else _room_of_kind(path)
    if isinstance(room, Problem):
        return [room]
    file = f"{room}/{path.name}"
    return [problem for problem in check_corpus(home, (room, path)) if problem.file == file]


def _room_of_kind(path: Path) -> str | Problem:
    try:
        content = read_yaml(path)
    except (UnreadableRecord, OSError) as error:
        return Problem(file=path.name, field="file", message=str(error))
    kind = content.get("kind") if isinstance(content, dict) else None
    for room, kinds in _KINDS_OF.items():
        if kind in kinds:
            return room
    message = "its kind names no room; put the file in a folder named after its room: "
    return Problem(file=path.name, field="kind", message=message + ", ".join(ROOMS))
