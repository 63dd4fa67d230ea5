"""The real corpus: without problems, as large as promised, and true to its own cautions."""

import re

import pytest

from corpus.check import check_corpus
from corpus.claim import Claim
from corpus.figures import figures_in, figures_of
from corpus.library import Library
from corpus.paper import Paper
from corpus.stats import stats_of
from ingest.passages import Passage, passages_of

AT_LEAST = {"records": 580, "reviews": 155, "topics": 100, "claims": 60}
ADVERTISED = {
    "autoimmune-disease",
    "rheumatoid-arthritis",
    "lupus",
    "multiple-sclerosis",
    "psoriasis",
    "hashimoto",
    "type-1-diabetes",
    "crohns-disease",
    "sjogren",
    "systemic-sclerosis",
}
REVIEWED = {
    "knee-osteoarthritis",
    "low-back-pain",
    "disc-herniation",
    "diabetic-foot",
    "chronic-wounds",
    "fibromyalgia",
    "covid-19",
    "caries",
    "gum-disease",
    "root-canal",
    "wisdom-teeth",
    "jaw-joint",
    "cancer",
}
ASKED = {
    "ozone-therapy",
    "safety",
    "contraindications",
    "gas-embolism",
    "stroke",
    "death",
    "inhaled-ozone",
    "pregnancy",
    "children",
    "g6pd-deficiency",
    "blood-thinners",
    "stopping-treatment",
    "cytokines",
    "nrf2",
    "mitochondria-energy",
    "immune-system",
    "detox",
    "autohaemotherapy",
    "rectal-insufflation",
    "joint-injection",
    "hyperbaric-ozone",
    "hyperbaric-oxygen",
    "sessions",
    "cost",
    "what-to-ask",
    "approval",
    "approval-us",
    "approval-eu",
    "approval-uk",
    "approval-malaysia",
    "ozone-layer",
    "ozone-air-cleaners",
}


@pytest.fixture(scope="module")
def passages(library) -> tuple[Passage, ...]:
    return passages_of(library)


def everything(passage: Passage) -> str:
    """All that a reader may see of a passage."""
    return f"{passage.text} {passage.clinical} {passage.locator}"


def plain_words(text: str) -> str:
    """The text for comparing: lower case, single spaces, no marks."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def test_the_corpus_has_no_problem():
    assert [str(problem) for problem in check_corpus()] == []


@pytest.mark.parametrize(("name", "least"), AT_LEAST.items())
def test_the_corpus_is_as_large_as_promised(library, name, least):
    assert getattr(stats_of(library), name) >= least


def test_the_counts_are_the_records(library):
    stats = stats_of(library)
    assert stats.records == len(library.papers) == stats.reviews + stats.studies + stats.notices
    assert sum(stats.kinds.values()) == sum(stats.depths.values()) == stats.records
    assert sum(stats.verdicts.values()) == stats.claims
    assert dict(stats.lines())["gap topics"] == sum(topic.gap for topic in library.topics.values())


@pytest.mark.parametrize("topic", sorted(ADVERTISED | REVIEWED | ASKED))
def test_the_topics_that_people_ask_about_are_there(library, topic):
    assert topic in library.topics


@pytest.mark.parametrize("topic", sorted(REVIEWED))
def test_a_reviewed_condition_rests_on_findings(library, topic):
    assert not library.topics[topic].gap
    assert library.topics[topic].bottom_line.finding_ids


def test_every_topic_reaches_a_passage(library, passages):
    bottom_lines = {p.source_id for p in passages if p.kind == "bottom_line"}
    assert bottom_lines == set(library.topics)
    for topic in library.topics.values():
        beside = [p for p in passages if topic.id in p.topics and p.lane == "evidence"]
        if not topic.off_topic:
            assert len(beside) > 1, f"{topic.id} has nothing but its bottom line"


def test_every_gap_says_what_was_searched(library, passages):
    searched = {p.topics[0] for p in passages if p.kind == "search"}
    assert {topic.id for topic in library.topics.values() if topic.gap} <= searched


def test_passage_ids_are_unique_and_their_sources_known(library, passages):
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        assert passage.source_id.removeprefix("search-") in library


def test_every_alias_resolves_to_its_record(library):
    assert library.aliases
    for record in library.papers:
        for alias in record.aliases:
            assert alias in library
            assert library[alias] is record


def restricted_figures(paper: Paper) -> frozenset[str]:
    """The results of a record that no view may show, less the figures it states elsewhere."""
    hidden, elsewhere = [], [paper.n_studies, paper.n_rcts, paper.n_participants, paper.year]
    elsewhere += [paper.population, paper.search_until, *paper.condition]
    for finding in paper.findings:
        interval = [finding.ci.low, finding.ci.high] if finding.ci else []
        arms = [count for arm in finding.arms for count in (arm.events, arm.total)]
        results = [finding.value, *interval, finding.i2, *arms, finding.statement]
        (elsewhere if finding.figures_shown else hidden).extend(results)
        elsewhere += [finding.n_studies, finding.n_participants, finding.outcome]
        elsewhere += [finding.comparator, finding.timepoint]
    return figures_of(hidden) - figures_of(elsewhere)


def restricted(library: Library) -> list[tuple[Paper, frozenset[str]]]:
    """Every record with figures that may not be shown."""
    pairs = [(paper, restricted_figures(paper)) for paper in library.papers]
    return [(paper, figures) for paper, figures in pairs if figures]


def test_known_meaningless_figures_are_restricted(library):
    """Figures known to make no sense; without them the next test proves nothing."""
    hidden = {figure for _, figures in restricted(library) for figure in figures}
    assert hidden >= {"25.84", "38.59", "8.75", "66.54", "2.26"}


def test_no_restricted_figure_stands_in_a_passage_of_its_record(library, passages):
    for paper, figures in restricted(library):
        for passage in passages:
            if passage.source_id == paper.id:
                assert not figures & figures_in(everything(passage)), passage.id


def test_no_restricted_figure_stands_in_what_leans_on_its_record(library, passages):
    """Bottom lines and claims that name a finding of the record."""
    for paper, figures in restricted(library):
        named = {f"{paper.id}#{finding.key}" for finding in paper.findings}
        # A figure that another finding of the same topic shows may stand there as that one's.
        topics = [t for t in library.topics.values() if named & set(t.point_ids)]
        for topic in topics:
            others = (library.points[id_] for id_ in topic.point_ids if id_ not in named)
            shown = figures_of([p.finding.value for p in others if p.finding.figures_shown])
            for passage in passages:
                if passage.source_id in (topic.id, f"search-{topic.id}"):
                    found = figures & figures_in(everything(passage))
                    assert not {f for f in found if "." in f} - shown, passage.id


def test_no_restricted_figure_stands_in_a_claim_that_names_its_record(library):
    for paper, figures in restricted(library):
        for claim in library.of(Claim):
            if any(id_.startswith(f"{paper.id}#") for id_ in claim.explanation.finding_ids):
                texts = (claim.fact, claim.explanation.plain, claim.explanation.clinical)
                assert not figures & figures_in(" ".join(texts)), claim.id


def test_no_very_strange_figure_stands_anywhere(passages):
    """Those that can be nothing else."""
    for passage in passages:
        assert not {"28.55", "25.84", "38.59", "66.54"} & figures_in(everything(passage)), (
            passage.id
        )


def test_nothing_unverified_is_in_a_passage(library, passages):
    said = [(passage.id, plain_words(everything(passage))) for passage in passages]
    unverified = [plain_words(text) for paper in library.papers for text in paper.unverified]
    # "authors" (that the names are uncertain) is a word, not a statement that could be shown.
    unverified = [text for text in unverified if len(text.split()) > 4]
    assert len(unverified) > 50
    for text in unverified:
        assert not [id_ for id_, words in said if text in words], text


def test_no_claim_is_its_own_evidence(library):
    for claim in library.of(Claim):
        assert plain_words(claim.fact) != plain_words(claim.claim), claim.id
        assert claim.page in library


def test_nobody_pretends_that_a_clinician_signed(library):
    assert [paper.id for paper in library.papers if paper.sign_off] == []


def test_no_two_topics_share_a_name(library):
    from app.cues import normalise

    owners = {}
    for topic in library.topics.values():
        for name in topic.names:
            assert owners.setdefault(normalise(name), topic.id) == topic.id, name
