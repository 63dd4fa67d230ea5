"""Every refusal, by a broken example: the file, the field, what is wrong and what to do."""

import re

import pytest
from builders import CLAIM, CUES, GAP, GONE, PAGE, REVIEW, TOPIC, TRIAL, write_corpus

from corpus.check import check_corpus

REMEDY = re.compile(
    r"(?:[;,:]|\bor) (?:add|call|choose|correct|explain|give|lead|make|merge|move|name|put|read|"
    r"remove|rename|say|set|split|swap|use|write)\b|\bneeds\b|should be|should match"
)
"""An instruction after the finding, or what the field needs."""

SEARCH = {"plain": "We looked.", "clinical": "We looked.", "where": ["here"], "until": "2020"}
# name, file, {field: value}, field in the message, words in the message
PAIN = "findings.0."
BROKEN = [
    ("unknown field", REVIEW, {"colour": "blue"}, "colour", "unknown field"),
    ("unknown field of a claim", CLAIM, {"colour": "blue"}, "colour", "unknown field"),
    ("missing field", REVIEW, {"title": GONE}, "title", "missing"),
    ("word not in the list", TRIAL, {"kind": "story"}, "kind", "story"),
    ("unknown kind", CLAIM, {"kind": "story"}, "record", "unknown kind"),
    ("id is not the file's name", REVIEW, {"id": "other-id"}, "id", "'other-id'"),
    ("same alias twice", TRIAL, {"aliases": ["invented-alias"]}, "aliases", "'invented-alias'"),
    ("malformed DOI", REVIEW, {"doi": "doi:10.1/x"}, "doi", "doi:10.1/x"),
    ("topic finding", TOPIC, {"benefit_ids": ["no-such#key"]}, "finding ids", "'no-such#key'"),
    ("alias is no id", TOPIC, {"harm_ids": ["invented-alias#pain"]}, "finding ids", "no finding"),
    ("topic nearest", TOPIC, {"nearest": ["no-such"]}, "nearest", "'no-such' is no topic"),
    ("topic certainty", TOPIC, {"certainty_from": "a-b#c"}, "certainty_from", "'a-b#c'"),
    ("claim topic", CLAIM, {"topics": ["no-such"]}, "topics", "'no-such' is no topic"),
    ("claim page", CLAIM, {"page": "invented-topic"}, "page", "is no marketing page"),
    (
        "claim finding",
        CLAIM,
        {"explanation.finding_ids": ["a-b#c"]},
        "explanation.finding_ids",
        "'a-b#c' is no finding",
    ),
    ("cue topic", CUES, {"topics": ["no-such"]}, "topics", "'no-such' is no topic"),
    ("above its interval", REVIEW, {PAIN + "value": -0.4}, "findings.pain.value", "outside"),
    ("below its interval", REVIEW, {PAIN + "value": -2.6}, "findings.pain.value", "outside"),
    ("bounds swapped", REVIEW, {PAIN + "ci.low": 3}, "findings.0.ci", "above the upper"),
    ("interval alone", REVIEW, {PAIN + "value": GONE}, "findings.pain.value", "without a value"),
    ("more randomised than all", REVIEW, {"n_rcts": 5}, "n_rcts", "5 is more than"),
    (
        "finding with more studies",
        REVIEW,
        {PAIN + "n_studies": 9},
        "findings.pain.n_studies",
        "9 is more than the record's 4",
    ),
    (
        "finding with more people",
        REVIEW,
        {PAIN + "n_participants": 201},
        "findings.pain.n_participants",
        "201 is more than the record's 200",
    ),
    (
        "arms with more people",
        REVIEW,
        {"findings.1.arms.0.total": 141},
        "findings.healing.arms",
        "201 is more than the record's 200",
    ),
    (
        "more events than people",
        REVIEW,
        {"findings.1.arms.0.events": 61},
        "findings.healing.arms",
        "61 events in 60 people",
    ),
    ("certainty unstated", REVIEW, {"certainty_tool": GONE}, "findings.pain.certainty", "'low'"),
    (
        "certainty from a finding without one",
        TOPIC,
        {"certainty_from": "invented-review-2020#healing"},
        "certainty_from",
        "states no certainty",
    ),
    (
        "grade above 9",
        REVIEW,
        {"limits.plain": "Methodological considerations necessitate interpretation."},
        "limits.plain",
        "is above 9",
    ),
    (
        "sentence above 20 words",
        GAP,
        {"search.plain": "We " + "then " * 19 + "sat."},
        "search.plain",
        "21 words",
    ),
    (
        "foreign figure",
        REVIEW,
        {PAIN + "plain": "Ozone may ease pain by 7 points."},
        "findings.pain.plain",
        "the figure 7 stands in no field",
    ),
    (
        "foreign figure in a word",
        REVIEW,
        {"limits.plain": "Only twelve trials were fair."},
        "limits.plain",
        "the figure 12 stands in no field",
    ),
    (
        "withheld figure",
        REVIEW,
        {"findings.2.plain": "Less swelling was reported, by 28.55 units."},
        "findings.swelling.plain",
        "the figure 28.55 stands in no field",
    ),
    (
        "foreign figure in the bottom line",
        TOPIC,
        {"bottom_line.plain": "Ozone may ease it in 8 people."},
        "bottom_line.plain",
        "the figure 8 stands in none of bottom_line.finding_ids",
    ),
    (
        "figure of a finding that the bottom line does not name",
        TOPIC,
        {
            "bottom_line.plain": "Ozone may ease it in 120 people.",
            "benefit_ids": ["invented-review-2020#healing"],
        },
        "bottom_line.plain",
        "the figure 120 stands in none of bottom_line.finding_ids",
    ),
    (
        "foreign figure in a fact",
        CLAIM,
        {"fact": "No trial had 9 thumbs."},
        "fact",
        "the figure 9 stands in no finding",
    ),
    (
        "banned verb",
        REVIEW,
        {"findings.1.plain": "Ozone improves healed skin."},
        "findings.healing.plain",
        "'improves', too strong",
    ),
    (
        "needed verb",
        REVIEW,
        {PAIN + "plain": "Trials reported less pain."},
        "findings.pain.plain",
        "certainty 'Low' needs one of: may",
    ),
    ("no plain sentence", TRIAL, {PAIN + "plain": GONE}, "findings.stiffness.plain", "is missing"),
    ("duplicate DOI", TRIAL, {"doi": "10.1234/invented.1"}, "doi", "also belongs to " + REVIEW),
    ("duplicate PMID", TRIAL, {"pmid": 11111111}, "pmid", "also belongs to " + REVIEW),
    ("finding key twice", REVIEW, {"findings.1.key": "pain"}, "findings.pain", "stands 2 times"),
    ("reserved key", REVIEW, {"findings.1.key": "limits"}, "findings.limits", "is reserved"),
    ("sentence not covered", PAGE, {"not_a_claim": []}, "sentences.2", "no claim and no not_a"),
    ("covers no sentence", PAGE, {"not_a_claim.0.sentences": [2, 9]}, "sentences.9", "not on the"),
    (
        "withheld without a reason",
        REVIEW,
        {"findings.2.caution": GONE},
        "findings.swelling.caution",
        "'suppressed' without a caution",
    ),
    (
        "direction only without a reason",
        TRIAL,
        {PAIN + "show": "direction_only"},
        "findings.stiffness.caution",
        "'direction_only' without a caution",
    ),
    ("unfinished", REVIEW, {"limits.plain": "TODO"}, "limits.plain", "unfinished"),
    ("unfinished question", CLAIM, {"ask": "TODO ask what"}, "ask", "unfinished"),
    (
        "led by a record without identifier",
        TOPIC,
        {
            "bottom_line.finding_ids": ["invented-trial-2021#stiffness"],
            "bottom_line.direction": "none",
            "bottom_line.clinical": "Unclear.",
        },
        "bottom_line.finding_ids.0",
        "no DOI, PMID or official page",
    ),
    ("rests on nothing", TOPIC, {"bottom_line.finding_ids": []}, "record", "no finding_ids"),
    (
        "foreign figure in a clinical text",
        TOPIC,
        {"bottom_line.clinical": "MD -1.5 points, 77 people."},
        "bottom_line.clinical",
        "the figure 77 stands in no record",
    ),
    (
        "withheld figure in a clinical text",
        TOPIC,
        {"bottom_line.clinical": "SMD -28.55."},
        "bottom_line.clinical",
        "the figure 28.55 stands in no record",
    ),
    (
        "leans where its findings do not",
        TOPIC,
        {"bottom_line.direction": "neither"},
        "bottom_line.direction",
        "is 'neither', but its findings count as 'ozone'",
    ),
    (
        "leans although its findings take no side",
        TOPIC,
        {
            "bottom_line.finding_ids": [],
            "bottom_line.clinical": "Nothing.",
            "gap": True,
            "search": SEARCH,
        },
        "bottom_line.direction",
        "is 'ozone', but its findings count as 'none'",
    ),
    (
        "waiting that rests on nothing",
        TOPIC,
        {"waiting": {"plain": "It passes.", "clinical": "It passes."}},
        "record",
        "names no waiting_ids",
    ),
    (
        "waiting that rests on no record",
        TOPIC,
        {
            "waiting": {"plain": "It passes.", "clinical": "It passes."},
            "waiting_ids": ["invented-review-2020#harms"],
        },
        "waiting_ids",
        "is no finding or note",
    ),
    (
        "ozone as its own alternative",
        TOPIC,
        {"alternative_ids": ["invented-review-2020#healing"]},
        "alternative_ids",
        "is about the treatment itself",
    ),
    ("few ways of asking", TOPIC, {"asked_as": ["Is it good?"] * 7}, "asked_as", "holds 7; add"),
    ("few ways of saying", CLAIM, {"said_as": ["It heals"] * 7}, "said_as", "holds 7; add"),
    ("gap without a search", GAP, {"search": GONE}, "record", "needs `search`"),
    ("not located", CLAIM, {"verdict": "not_located"}, "record", "needs `looked_for`"),
    ("verdict on nothing", CLAIM, {"verdict": "contradicted"}, "record", "explanation.finding_ids"),
]


@pytest.mark.parametrize(
    ("file", "change", "field", "words"), [row[1:] for row in BROKEN], ids=[r[0] for r in BROKEN]
)
def test_what_is_refused(tmp_path, file, change, field, words):
    changes = {(file, dotted): value for dotted, value in change.items()}
    found = [p for p in check_corpus(write_corpus(tmp_path, changes)) if p.file == file]
    assert [problem.field for problem in found] == [field]
    assert words in found[0].message
    assert REMEDY.search(found[0].message), f"no remedy in: {found[0].message}"
    assert str(found[0]).startswith(f"{file}: ")


def test_the_unbroken_corpus_has_no_problem(tmp_path):
    assert check_corpus(write_corpus(tmp_path)) == []


def test_a_sentence_of_20_words_and_the_figures_of_the_record_are_let_through(tmp_path):
    changes = {
        (GAP, "search.plain"): "We " + "then " * 18 + "sat.",
        (REVIEW, "findings.0.plain"): "Ozone may ease pain by 1.5 points (0.5 to 2.5).",
        (TOPIC, "bottom_line.plain"): "Ozone may ease pain by 1.5 points at 3 months.",
    }
    assert check_corpus(write_corpus(tmp_path, changes)) == []


def test_a_direction_against_the_count_passes_with_its_reason(tmp_path):
    changes = {
        (TOPIC, "bottom_line.direction"): "mixed",
        (TOPIC, "bottom_line.direction_note"): "The harms weigh as much.",
        (TOPIC, "waiting"): {"plain": "It passes.", "clinical": "It passes."},
        (TOPIC, "waiting_ids"): ["invented-review-2020#limits"],
        (REVIEW, "findings.1.intervention"): "other",
        (TOPIC, "alternative_ids"): ["invented-review-2020#healing"],
    }
    assert check_corpus(write_corpus(tmp_path, changes)) == []


def test_a_label_that_the_product_needs_is_missed(tmp_path):
    labels = write_corpus(tmp_path) / "wording" / "labels.yaml"
    kept = [line for line in labels.read_text("utf-8").splitlines() if "overlap:" not in line]
    labels.write_text("\n".join(kept), "utf-8")
    (problem,) = check_corpus(tmp_path)
    assert problem.file == "wording/labels.yaml"
    assert "'overlap' is missing; add it" in problem.message


def test_all_problems_are_reported_at_once(tmp_path):
    changes = {
        (REVIEW, "findings.0.value"): 3.0,
        (REVIEW, "findings.1.plain"): "Ozone heals 99 thumbs.",
        (TRIAL, "colour"): "blue",
        (CLAIM, "ask"): "TODO",
        (PAGE, "not_a_claim"): [],
    }
    found = {
        (problem.file, problem.field) for problem in check_corpus(write_corpus(tmp_path, changes))
    }
    assert found >= {
        (REVIEW, "findings.pain.value"),
        (REVIEW, "findings.healing.plain"),
        (TRIAL, "colour"),
        (CLAIM, "ask"),
        (PAGE, "sentences.2"),
    }
