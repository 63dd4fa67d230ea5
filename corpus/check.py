"""Every refusal, run over the whole corpus; all problems at once."""

from collections.abc import Iterator
from pathlib import Path

from corpus.check_evidence import (
    certainty_problems,
    count_problems,
    direction_problems,
    figure_caution_problems,
    interval_problems,
)
from corpus.check_language import claim_problems, mask_of, paper_problems
from corpus.check_language import topic_problems as topic_language_problems
from corpus.check_links import coverage_problems, duplicate_problems, reference_problems
from corpus.check_topic import topic_problems as topic_evidence_problems
from corpus.claim import Claim
from corpus.library import HOME, Library, read_library
from corpus.reader import Problem
from corpus.topic import Topic


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


def check_corpus(home: Path = HOME) -> list[Problem]:
    """All problems of the corpus in `home`, sorted by file; empty when it may be indexed."""
    library, problems = read_library(home)
    if library is not None:
        problems = [*problems, *library_problems(library)]
    return sorted(problems, key=lambda problem: (problem.file, problem.field))
