"""`favours` against figures, in every kind of measure; counts that a note explains."""

import pytest
from builders import GONE, REVIEW, TOPIC, TRIAL, finding, write_corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.check import check_corpus
from corpus.check_evidence import direction_problems, interval_problems
from corpus.library import load_library
from ingest.passages import passages_of

BOUNDS = st.floats(-50, 50).map(lambda number: round(number, 2))
SIDES = [
    # better, value, low, high (for differences; ratios are these plus one), who it favours
    ("lower", -0.5, -0.8, -0.2, "ozone"),
    ("higher", -0.5, -0.8, -0.2, "comparator"),
    ("lower", 0.5, 0.2, 0.8, "comparator"),
    ("higher", 0.5, 0.2, 0.8, "ozone"),
]
MEASURES = [("MD", 0), ("SMD", 0), ("RD", 0), ("RR", 1), ("OR", 1), ("HR", 1)]


@pytest.mark.parametrize(("measure", "null"), MEASURES)
@pytest.mark.parametrize(("better", "value", "low", "high", "right"), SIDES)
def test_favours_must_lie_on_the_side_of_the_interval(
    measure, null, better, value, low, high, right
):
    def problems(favours):
        result = finding(
            measure=measure,
            value=value + null,
            ci={"low": low + null, "high": high + null},
            favours=favours,
            better=better,
        )
        return list(direction_problems("reviews/x.yaml", result))

    wrong = "comparator" if right == "ozone" else "ozone"
    assert problems(right) == []
    assert problems("unclear") == []
    for favours in (wrong, "neither"):
        (found,) = problems(favours)
        assert (found.file, found.field) == ("reviews/x.yaml", "findings.k.favours")
        assert f"is '{favours}', but the interval" in found.message
        assert "; correct favours" in found.message


@pytest.mark.parametrize(
    "change",
    [
        {"findings.0.favours": "comparator"},
        {"findings.0.favours": "neither"},
        {"findings.1.favours": "comparator"},
        {"findings.0.better": "higher"},
        {"findings.1.better": "lower"},
    ],
    ids=str,
)
def test_a_wrong_direction_in_a_record_is_refused(tmp_path, change):
    changes = {(REVIEW, dotted): value for dotted, value in change.items()}
    (found,) = [p for p in check_corpus(write_corpus(tmp_path, changes)) if p.file == REVIEW]
    assert found.field in ("findings.pain.favours", "findings.healing.favours")
    assert "correct favours" in found.message


@pytest.mark.parametrize("favours", ["ozone", "comparator", "neither", "unclear"])
@pytest.mark.parametrize(("measure", "null"), MEASURES)
@pytest.mark.parametrize(("low", "high"), [(-0.1, 0.6), (0, 0.6), (-0.6, 0)])
def test_an_interval_with_no_effect_inside_binds_no_direction(favours, measure, null, low, high):
    result = finding(
        measure=measure,
        value=null,
        ci={"low": low + null, "high": high + null},
        favours=favours,
        better="lower",
    )
    assert list(direction_problems("f", result)) == []


def test_without_better_the_sign_is_not_judged_but_neither_is_wrong():
    result = finding(measure="MD", value=2, ci={"low": 1, "high": 3}, favours="comparator")
    assert list(direction_problems("f", result)) == []
    result = finding(measure="MD", value=2, ci={"low": 1, "high": 3}, favours="neither")
    assert [problem.field for problem in direction_problems("f", result)] == ["findings.k.favours"]


@settings(max_examples=60, deadline=None)
@given(BOUNDS, BOUNDS, BOUNDS)
def test_a_value_is_refused_just_when_it_lies_outside(value, one, other):
    low, high = sorted((one, other))
    result = finding(measure="MD", value=value, ci={"low": low, "high": high})
    assert bool(list(interval_problems("f", result))) == (value < low or value > high)


def test_a_note_explains_counts_but_never_more_events_than_people(tmp_path):
    changes = {
        (REVIEW, "n_rcts"): 9,
        (REVIEW, "counts_note"): "Nine trials stand in four reports.",
        (REVIEW, "findings.1.arms.0.events"): 61,
    }
    found = check_corpus(write_corpus(tmp_path, changes))
    assert [problem.field for problem in found] == ["findings.healing.arms"]


@pytest.mark.parametrize(
    "change",
    [
        {(REVIEW, "depth"): "citation"},
        {(REVIEW, "retracted"): {"date": "2022", "why": "withdrawn by its authors"}},
        {(REVIEW, "findings.0.intervention"): "other"},
    ],
    ids=["not read", "withdrawn", "not about ozone"],
)
def test_what_may_not_stand_behind_a_bottom_line(tmp_path, change):
    found = {p.field: p for p in check_corpus(write_corpus(tmp_path, change)) if p.file == TOPIC}
    assert "invented-review-2020#pain" in found["bottom_line.finding_ids.0"].message


def test_a_record_without_identifier_may_follow(tmp_path):
    ids = ["invented-review-2020#pain", "invented-trial-2021#stiffness"]
    assert check_corpus(write_corpus(tmp_path, {(TOPIC, "bottom_line.finding_ids"): ids})) == []


@pytest.mark.parametrize("number", [".nan", ".inf"])
@pytest.mark.parametrize("field", ["value", "ci.high", "lone value"])
def test_a_figure_that_is_no_number_is_refused_or_said(tmp_path, number, field):
    changes = {(REVIEW, "findings.1.ci"): GONE} if field.startswith("lone") else {}
    changes[(REVIEW, f"findings.1.{field.removeprefix('lone ')}")] = "@"
    path = write_corpus(tmp_path, changes) / REVIEW
    path.write_text(path.read_text("utf-8").replace('"@"', number), "utf-8")
    if not check_corpus(tmp_path):
        assert passages_of(load_library(tmp_path))


def test_a_trial_is_held_to_the_same_rules(tmp_path):
    changes = {(TRIAL, "findings.0.n_participants"): 41}
    (found,) = check_corpus(write_corpus(tmp_path, changes))
    assert (found.file, found.field) == (TRIAL, "findings.stiffness.n_participants")
