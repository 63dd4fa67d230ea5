"""Refusals about what points where: dangling ids, duplicates, uncovered sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.check_triage import triage_problems
from corpus.claim import Claim, MarketingPage
from corpus.library import HOME, NOTES, Library, read_wording
from corpus.paper import Paper
from corpus.reader import Problem
from corpus.topic import Topic
from corpus.triage import IntentCues


def _dangling(
    file: str, field: str, ids: Iterable[str], known: Iterable[str], what: str
) -> Iterator[Problem]:
    known = set(known)
    for id_ in ids:
        if id_ not in known:
            message = f"'{id_}' is no {what}; correct the id or add the record"
            yield Problem(file=file, field=field, message=message)


def reference_problems(library: Library) -> Iterator[Problem]:
    """Ids that name nothing."""
    points, topics = library.points, library.topics
    citable = points.keys() | library.notes
    for topic in library.of(Topic):
        file = library.files[topic.id]
        yield from _dangling(file, "finding ids", topic.point_ids, points, "finding")
        yield from _dangling(file, "waiting_ids", topic.waiting_ids, citable, "finding or note")
        yield from _dangling(file, "nearest", topic.nearest, topics, "topic")
        if topic.certainty_from:
            named = [topic.certainty_from]
            yield from _dangling(file, "certainty_from", named, points, "finding")
    pages = [page.id for page in library.of(MarketingPage)]
    for claim in library.of(Claim):
        file = library.files[claim.id]
        field = "explanation.finding_ids"
        yield from _dangling(file, field, claim.explanation.finding_ids, points, "finding")
        yield from _dangling(file, "topics", claim.topics, topics, "topic")
        yield from _dangling(file, "page", [claim.page], pages, "marketing page")
    for cues in library.of(IntentCues):
        yield from _dangling(library.files[cues.id], "topics", cues.topics, topics, "topic")
    yield from triage_problems(library)


def duplicate_problems(library: Library) -> Iterator[Problem]:
    """Two records of one paper (same DOI or PMID), or two findings with one key."""
    seen: dict[str, str] = {}
    for paper in library.papers:
        file = library.files[paper.id]
        named = (("doi", paper.doi and paper.doi.lower()), ("pmid", paper.pmid))
        for field, value in named:
            if value is None:
                continue
            first = seen.setdefault(f"{field}:{value}", paper.id)
            if first != paper.id:
                message = f"{value} also belongs to {library.files[first]}; merge the two"
                yield Problem(file=file, field=field, message=message)
        yield from _repeated_keys(file, paper)


def _repeated_keys(file: str, paper: Paper) -> Iterator[Problem]:
    counts = Counter(finding.key for finding in paper.findings)
    for key, count in counts.items():
        if count > 1:
            message = f"stands {count} times; give each finding its own key"
            yield Problem(file=file, field=f"findings.{key}", message=message)
        if key in NOTES:
            message = f"'{key}' is reserved for the record's note; choose another key"
            yield Problem(file=file, field=f"findings.{key}", message=message)


def coverage_problems(library: Library) -> Iterator[Problem]:
    """A sentence of a marketing page that no claim and no "not a claim" mark covers."""
    for page in library.of(MarketingPage):
        file = library.files[page.id]
        known = {sentence.n for sentence in page.sentences}
        covered = {n for mark in page.not_a_claim for n in mark.sentences}
        for claim in library.of(Claim):
            if claim.page == page.id:
                covered |= set(claim.locator.sentences)
        for n in sorted(known - covered):
            yield Problem(
                file=file,
                field=f"sentences.{n}",
                message="no claim and no not_a_claim mark covers it; add one",
            )
        for n in sorted(covered - known):
            yield Problem(
                file=file,
                field=f"sentences.{n}",
                message="is covered but not on the page; correct the number",
            )


def said_twice_problems(library: Library) -> Iterator[Problem]:
    """A way of saying a claim that stands with another claim too: which one is meant?"""
    seen: dict[str, str] = {}
    for claim in library.of(Claim):
        for text in claim.said_as:
            first = seen.setdefault(text.casefold(), claim.id)
            if first != claim.id:
                message = f"'{text}' also stands in {library.files[first]}; say it apart"
                yield Problem(file=library.files[claim.id], field="said_as", message=message)


def wording_problems(library: Library) -> Iterator[Problem]:
    """A label that the product needs and this corpus does not give."""
    shipped, _, _ = read_wording(HOME)
    needed = shipped.labels if shipped else {}
    for label in sorted(needed.keys() - library.wording.labels.keys()):
        message = f"'{label}' is missing; add it (the product says: {needed[label]})"
        yield Problem(file="wording/labels.yaml", field="labels", message=message)
