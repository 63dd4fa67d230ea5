"""Every record and every topic drawn for patients and clinicians, on the page and the terminal."""

import io
import re
from html import unescape

import pytest
from rich.console import Console

from app.answer import Answer, EngineNote, Section, Statement
from app.show import show
from app.sources import cited_ids, cited_passages, sources_of
from app.web.parts.answer_view import answer_html
from corpus.check_language import mask_of, record_figures
from corpus.figures import figures_in
from corpus.library import NOTES
from corpus.paper import Paper
from corpus.reading import longest_sentence
from corpus.stats import stats_of
from ingest.passages import passages_of

NOTE = EngineNote(corpus="c", index="i", embedding_model="m")
MEANINGLESS = {"28.55", "25.84", "38.59", "66.54"}
"""Figures known to make no sense, which can be nothing else."""


def said(text: str) -> str:
    """What a person reads of it: no markup, single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


@pytest.fixture(scope="module")
def passages(library):
    return {passage.id: passage for passage in passages_of(library)}


@pytest.fixture(scope="module")
def mask(library):
    return mask_of(library)


@pytest.fixture(scope="module")
def drawn(library, passages):
    """Draws an answer four ways: page and terminal, plain and clinical."""

    def draw(answer: Answer) -> str:
        views = [said(answer_html(answer, library.wording, "uid", "2026-11-21"))]
        for clinician in (False, True):
            console = Console(file=io.StringIO(), width=10_000)
            show(answer, library.wording, console, clinician=clinician)
            views.append(console.file.getvalue())
        return "\n".join(views)

    return draw


def answer_of(library, passages, paper: Paper) -> Answer:
    """Everything of one record as an answer would show it."""
    ids = [f"{paper.id}#{finding.key}" for finding in paper.findings]
    ids += [f"{paper.id}#{name}" for name in NOTES if getattr(paper, name)]
    statements = tuple(
        Statement(text=passages[id_].text, clinical=passages[id_].clinical, citations=(id_,))
        for id_ in ids
    )
    sections = (Section(kind="findings", statements=statements),)
    cited = cited_passages(library, cited_ids(sections, (), ()), passages, ())
    return Answer(
        question=paper.id,
        status="answered",
        sections=sections,
        passages=cited,
        sources=sources_of(library, cited),
        engine=NOTE,
    )


def test_a_record_known_by_citation_alone_is_in_no_passage(library, passages):
    unread = [paper.id for paper in library.papers if paper.depth == "citation"]
    assert unread
    assert not {passage.source_id for passage in passages.values()} & set(unread)


def test_every_record_in_every_view(library, passages, drawn):
    labels, depths = library.wording.labels, library.wording.depths
    unverified = {words(text) for paper in library.papers for text in paper.unverified}
    looked_at = 0
    for paper in library.papers:
        if not paper.may_support or not (paper.findings or any(getattr(paper, n) for n in NOTES)):
            continue
        seen = drawn(answer_of(library, passages, paper))
        looked_at += 1
        own = {words(text) for text in paper.unverified}
        assert not [text for text in own if len(text) > 12 and text in words(seen)], paper.id
        assert not figures_in(seen) & MEANINGLESS, paper.id
        for finding in paper.findings:
            if not finding.figures_shown and finding.value is not None:
                line = passages[f"{paper.id}#{finding.key}"]
                hidden = figures_in(f"{finding.value}") - figures_in(finding.outcome)
                assert not hidden & figures_in(f"{line.text} {line.clinical}") - _other_figures(
                    paper, finding
                ), f"{paper.id}#{finding.key}"
        assert depths[paper.depth].plain in seen, paper.id
        assert depths[paper.depth].label in seen, paper.id
        assert seen.count(labels["second_hand"].rstrip(".")) >= (3 if paper.second_hand else 0)
        for appraisal in paper.appraisals:
            assert appraisal.by in seen, paper.id
    assert looked_at > 500
    assert unverified


def _other_figures(paper: Paper, withheld) -> frozenset[str]:
    shown = (withheld.n_studies, withheld.n_participants, paper.n_studies, paper.n_participants)
    return figures_in(" ".join(str(value) for value in shown))


def test_every_figure_of_every_line_stands_in_a_field_of_its_record(library, passages, mask):
    for passage in passages.values():
        record = library.get(passage.source_id)
        if not isinstance(record, Paper):
            continue
        known = record_figures(library, record.id)
        for text in (passage.text, passage.clinical):
            strange = figures_in(mask(text)) - known
            assert not strange, f"{passage.id}: {strange} in {text}"


def test_every_topic_in_every_view(engine, library, drawn):
    unverified = {words(text) for paper in library.papers for text in paper.unverified}
    long_ones = {text for text in unverified if len(text) > 25}
    for topic in library.topics.values():
        answer = engine.about(topic.id)
        seen = drawn(answer)
        assert answer.engine.dropped == 0, topic.id
        assert not figures_in(seen) & MEANINGLESS, topic.id
        assert not [text for text in long_ones if text in words(seen)], topic.id
        second_hand = [source for source in answer.sources if source.second_hand]
        mark = library.wording.labels["second_hand"].rstrip(".")
        assert seen.count(mark) == 3 * len(second_hand), topic.id
        if answer.section("short_answer") and not topic.off_topic:
            assert topic.bottom_line.plain in seen, topic.id


def test_every_cited_figure_of_every_topic_stands_in_its_records(engine, library, mask):
    for topic in library.topics.values():
        answer = engine.about(topic.id)
        sources = {p.id: p.source_id for p in answer.passages}
        # Advertised claims may name what was looked for; the checker holds them to their fields.
        own = [section for section in answer.sections if section.kind != "contrast"]
        parts = (*own, *answer.cells)
        for statement in (s for part in parts for s in part.statements):
            if not statement.citations or statement.topic:
                continue  # bottom lines are held to their findings by the checker
            known = frozenset().union(
                *(record_figures(library, sources[id_]) for id_ in statement.citations)
            )
            known |= figures_in(
                " ".join(p.clinical for p in answer.passages if p.id in statement.citations)
            )
            strange = figures_in(mask(statement.text)) - known
            assert not strange, f"{topic.id}: {strange} in {statement.text}"


def test_it_reads_as_easily_as_promised(library):
    reading = stats_of(library).reading
    assert reading.median_grade <= 7
    assert reading.grade_95th_percentile <= 9
    assert reading.longest_sentence <= 20
    assert longest_sentence("One two three. Four five.") == 3
