"""Records cut into passages: which there are, where they stand, and what they never hold."""

import pytest
from builders import CLAIM, GAP, REVIEW, TOPIC, TRIAL, tiny_library

from ingest.passages import LANES, Passage, passages_of, tier_of

EXPECTED = [
    # id, source, lane, kind, tier, topics
    ("invented-review-2020#pain", "invented-review-2020", "evidence", "finding", 1, 1),
    ("invented-review-2020#healing", "invented-review-2020", "evidence", "finding", 1, 0),
    ("invented-review-2020#swelling", "invented-review-2020", "evidence", "finding", 1, 0),
    ("invented-review-2020#limits", "invented-review-2020", "evidence", "limits", 1, 1),
    ("invented-trial-2021#stiffness", "invented-trial-2021", "evidence", "finding", 3, 1),
    ("invented-gap#bottom-line", "invented-gap", "evidence", "bottom_line", 1, 1),
    ("invented-gap#search", "search-invented-gap", "evidence", "search", 2, 1),
    ("invented-topic#bottom-line", "invented-topic", "evidence", "bottom_line", 1, 1),
    ("invented-claim#claim", "invented-page", "marketing", "claim", 9, 1),
]


def passages(home, changes=None) -> dict[str, Passage]:
    """The passages of the invented corpus by id."""
    return {passage.id: passage for passage in passages_of(tiny_library(home, changes))}


def test_every_passage_of_the_tiny_corpus(tmp_path):
    found = passages_of(tiny_library(tmp_path))
    assert [(p.id, p.source_id, p.lane, p.kind, p.tier, len(p.topics)) for p in found] == EXPECTED


def test_the_same_corpus_gives_the_same_passages(tmp_path):
    first = passages_of(tiny_library(tmp_path / "one"))
    assert first == passages_of(tiny_library(tmp_path / "two"))


def test_a_finding_says_its_sentence_its_line_and_its_place(tmp_path):
    passage = passages(tmp_path)["invented-review-2020#pain"]
    assert passage.text == "Ozone may ease pain a little."
    assert passage.clinical == (
        "Pain vs placebo, 3 months: MD -1.5 points (95 % CI -2.5 to -0.5); favours ozone; "
        "certainty: low. (sore thumb)"
    )
    assert passage.locator == "pain, against placebo, 3 months"
    assert passage.topics == ("invented-topic",)
    assert (passage.finding_kind, passage.intervention) == ("effect", "ozone")
    assert passage.for_patients


def test_a_note_belongs_to_the_topics_of_its_record(tmp_path):
    found = passages(tmp_path)
    assert found["invented-review-2020#limits"].topics == ("invented-topic",)
    assert found["invented-review-2020#limits"].text == "The trials were small."
    assert found["invented-review-2020#limits"].clinical == "Small trials."


def test_a_harm_note_is_a_harm(tmp_path):
    change = {(REVIEW, "harms"): {"clinical": "None was named.", "plain": "No harm was named."}}
    passage = passages(tmp_path, change)["invented-review-2020#harms"]
    assert (passage.kind, passage.finding_kind) == ("harms", "harm")


def test_a_search_passage_says_until_when(tmp_path):
    passage = passages(tmp_path)["invented-gap#search"]
    assert passage.locator == "searched until 2020-05"
    assert passage.text == "We searched up to May 2020 and found nothing."


def test_a_claim_stands_by_its_place_on_the_page(tmp_path):
    passage = passages(tmp_path)["invented-claim#claim"]
    assert passage.locator == "invented for this test, sentence 1"
    assert passage.text == passage.clinical == "The page says that every thumb heals."


def test_only_the_claim_itself_enters_the_marketing_lane(tmp_path):
    """The fact and the explanation are ours: they are never found as advertising."""
    found = passages_of(tiny_library(tmp_path))
    adverts = [passage.searchable for passage in found if passage.lane == "marketing"]
    assert adverts == ["The page says that every thumb heals."]
    evidence = " ".join(passage.searchable for passage in found if passage.lane == "evidence")
    assert "every thumb heals" not in evidence
    assert LANES == ("evidence", "marketing")


@pytest.mark.parametrize(
    "change",
    [{(TRIAL, "depth"): "citation"}, {(TRIAL, "retracted"): {"date": "2022", "why": "withdrawn"}}],
    ids=["not read", "withdrawn"],
)
def test_what_may_not_support_gives_no_passage(tmp_path, change):
    assert not any(id_.startswith("invented-trial") for id_ in passages(tmp_path, change))


@pytest.mark.parametrize("show", ["suppressed", "direction_only"])
def test_a_withheld_figure_is_in_no_passage(tmp_path, show):
    found = passages(tmp_path, {(REVIEW, "findings.2.show"): show})
    everything = " ".join(f"{p.text} {p.clinical} {p.locator}" for p in found.values())
    for figure in ("28.55", "30.25", "26.85"):
        assert figure not in everything
    assert "The size cannot be read." in found["invented-review-2020#swelling"].clinical


def test_a_statement_is_kept_beside_figures_that_may_be_seen(tmp_path):
    found = passages(tmp_path, {(REVIEW, "findings.0.statement"): "Pain fell a little."})
    assert "Pain fell a little." in found["invented-review-2020#pain"].clinical


def test_what_has_no_plain_sentence_is_not_for_patients(tmp_path):
    changes = {
        (REVIEW, "findings.0.plain"): None,
        (REVIEW, "limits.plain"): None,
        (REVIEW, "harms"): {"clinical": "None was named."},
    }
    found = passages(tmp_path, changes)
    assert not found["invented-review-2020#pain"].for_patients
    assert not found["invented-review-2020#limits"].for_patients
    assert not found["invented-review-2020#harms"].for_patients
    assert found["invented-review-2020#healing"].for_patients


def test_unverified_text_is_in_no_passage(tmp_path):
    found = passages(tmp_path, {(REVIEW, "unverified"): ["zebras were treated"]})
    assert "zebras" not in str(found)


def test_the_digest_follows_the_embedded_text_alone(tmp_path):
    before = passages(tmp_path / "before")
    changes = {(REVIEW, "findings.0.plain"): "Ozone may ease it.", (REVIEW, "year"): 2019}
    after = passages(tmp_path / "after", changes)
    changed = {id_ for id_ in before if before[id_].digest != after[id_].digest}
    assert changed == {"invented-review-2020#pain"}
    timed = passages(tmp_path / "timed", {(REVIEW, "findings.1.timepoint"): "a year"})
    changed = {id_ for id_ in before if before[id_].digest != timed[id_].digest}
    assert changed == {"invented-review-2020#healing"}


def test_the_same_text_twice_is_embedded_once(tmp_path):
    passage = passages(tmp_path)["invented-claim#claim"]
    assert passage.searchable == passage.text
    finding = passages(tmp_path)["invented-review-2020#pain"]
    assert finding.searchable == f"{finding.text} {finding.clinical}"


def test_reviews_come_before_trials_and_animals_last(tmp_path):
    library = tiny_library(tmp_path, {(TRIAL, "kind"): "animal_study"})
    assert tier_of(library["invented-review-2020"]) == 1
    assert tier_of(library["invented-trial-2021"]) == 6


def test_another_subject_of_a_finding_is_kept(tmp_path):
    changes = {
        (TRIAL, "findings.0.intervention"): "other",
        (TOPIC, "benefit_ids"): [],
        (GAP, "benefit_ids"): ["invented-trial-2021#stiffness"],
        (CLAIM, "topics"): ["invented-gap", "invented-topic"],
    }
    found = passages(tmp_path, changes)
    assert found["invented-trial-2021#stiffness"].intervention == "other"
    assert found["invented-trial-2021#stiffness"].topics == ("invented-gap",)
    assert found["invented-claim#claim"].topics == ("invented-gap", "invented-topic")
