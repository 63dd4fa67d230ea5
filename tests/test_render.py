"""The clinical line: worked examples, nothing withheld in it, nothing in it that no field has."""

import pytest
from builders import finding
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.figures import figures_in, figures_of
from corpus.finding import Finding
from corpus.render import clinical_line as rendered
from corpus.render import number

LABELS = {
    "favours_ozone": "favours ozone",
    "favours_comparator": "favours the comparator",
    "favours_neither": "favours neither",
    "favours_other": "favours the treatment studied",
}


def clinical_line(result: Finding) -> str:
    return rendered(result, LABELS)


FULL = {
    "outcome": "pain",
    "comparator": "placebo",
    "timepoint": "3 months",
    "measure": "MD",
    "value": -1.5,
    "ci": {"low": -2.5, "high": -0.5},
    "unit": "points",
    "p": "<0.001",
    "i2": 34.79,
    "n_studies": 4,
    "n_participants": 1279,
    "favours": "ozone",
    "better": "lower",
    "certainty": "very_low",
}
LINES = [
    (
        {"intervention": "other", "favours": "ozone"},
        "Pain: favours the treatment studied.",
    ),
    (
        FULL,
        "Pain vs placebo, 3 months: MD -1.5 points (95 % CI -2.5 to -0.5); p <0.001; I² 34.79 %; "
        "4 studies; n = 1,279; favours ozone; certainty: very low.",
    ),
    ({}, "Pain."),
    ({"statement": "It fell by half."}, "Pain: It fell by half."),
    ({"measure": "percent", "value": 68, "unit": "% of people"}, "Pain: 68 % of people."),
    ({"measure": "percent", "value": 68}, "Pain: 68 %."),
    ({"measure": "count", "value": 12, "unit": "people"}, "Pain: 12 people."),
    ({"measure": "narrative", "value": 12}, "Pain."),
    (
        {"measure": "RR", "value": 1.0, "p": "0.04", "n_studies": 1},
        "Pain: RR 1; p = 0.04; 1 study.",
    ),
    (
        {"measure": "OR", "value": 2, "ci": {"low": 1.5, "high": 3, "level": 90}},
        "Pain: OR 2 (90 % CI 1.5 to 3).",
    ),
    (
        {"arms": [{"name": "ozone", "events": 3, "total": 30}], "favours": "neither"},
        "Pain: ozone 3/30; favours neither.",
    ),
    ({"favours": "comparator"}, "Pain: favours the comparator."),
    ({"favours": "ozone", "kind": "scope"}, "Pain."),
    ({"caution": "Few people."}, "Pain. Caution: Few people."),
]
NUMBERS = [
    (0, "0"),
    (-1.5, "-1.5"),
    (2.0, "2"),
    (1279, "1,279"),
    (0.05, "0.05"),
    (34.79, "34.79"),
    (1234567, "1,234,567"),
    (12345.67, "12,345.67"),
    (1234567.5, "1,234,567.5"),
    (0.00001, "0.00001"),
]
AMOUNTS = st.integers(-999_999, 999_999).map(lambda hundredths: hundredths / 100)
COUNTS = st.integers(0, 50_000)
WORDS = st.lists(
    st.sampled_from(["pain", "score", "at", "6", "12", "months", "0-10", "scale", "1,500", "IL-6"]),
    min_size=1,
    max_size=5,
).map(" ".join)


@st.composite
def findings(draw, show=("all", "clinical")) -> Finding:
    """Any finding with figures in every field."""
    low, value, high = sorted(draw(st.lists(AMOUNTS, min_size=3, max_size=3)))
    optional = {
        "comparator": WORDS,
        "timepoint": WORDS,
        "unit": st.one_of(WORDS, st.just("%"), st.just("% of 40")),
        "p": st.sampled_from(["0.04", "<0.001", "= 0.3", "not given"]),
        "i2": st.integers(0, 1000).map(lambda tenths: tenths / 10),
        "n_studies": COUNTS,
        "n_participants": COUNTS,
        "statement": WORDS,
        "certainty": st.sampled_from(["high", "moderate", "low", "very_low"]),
        "value": st.just(value),
        "ci": st.just({"low": low, "high": high, "level": draw(st.sampled_from([90, 95, 97.5]))}),
        "arms": st.just([{"name": draw(WORDS), "events": draw(COUNTS), "total": 60_000}]),
    }
    fields = {name: draw(values) for name, values in optional.items() if draw(st.booleans())}
    return finding(
        outcome=draw(WORDS),
        kind=draw(st.sampled_from(["effect", "marker", "harm", "scope", "rule", "advice"])),
        measure=draw(st.sampled_from(["MD", "SMD", "RR", "OR", "percent", "count", "narrative"])),
        favours=draw(st.sampled_from(["ozone", "comparator", "neither", "unclear"])),
        show=draw(st.sampled_from(show)),
        caution=draw(st.one_of(st.none(), WORDS)),
        **fields,
    )


def fields_of(result: Finding, *, estimates: bool) -> frozenset[str]:
    """The figures of the fields, with or without those that may be withheld."""
    values = [
        result.outcome,
        result.comparator,
        result.timepoint,
        result.n_studies,
        result.n_participants,
        result.caution,
    ]
    if estimates:
        interval = [result.ci.low, result.ci.high, result.ci.level] if result.ci else []
        values += [result.value, *interval, result.unit, result.p, result.i2, result.statement]
        values += [part for arm in result.arms for part in (arm.name, arm.events, arm.total)]
    return figures_of(values)


@pytest.mark.parametrize(("fields", "line"), LINES, ids=[line for _, line in LINES])
def test_the_line(fields, line):
    assert clinical_line(finding(**fields)) == line


@pytest.mark.parametrize(("value", "shown"), NUMBERS)
def test_a_number_is_shown_whole(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize("show", ["suppressed", "direction_only"])
def test_a_withheld_figure_never_appears(show):
    result = finding(
        **{**FULL, "value": -28.55, "ci": {"low": -30.25, "high": -26.85, "level": 99}},
        show=show,
        statement="It fell by 77 units.",
        arms=[{"name": "group 88", "events": 21, "total": 66}],
        caution="The size cannot be read.",
    )
    assert clinical_line(result) == (
        "Pain vs placebo, 3 months: 4 studies; n = 1,279; favours ozone; certainty: very low. "
        "Caution: The size cannot be read."
    )


def test_a_cautioned_figure_stands_with_its_caution():
    line = clinical_line(finding(**FULL, show="clinical", caution="Few people."))
    assert "MD -1.5" in line
    assert line.endswith(". Caution: Few people.")


@settings(max_examples=150, deadline=None)
@given(findings())
def test_every_figure_of_the_line_stands_in_the_fields(result):
    assert figures_in(clinical_line(result)) <= fields_of(result, estimates=True)


@settings(max_examples=150, deadline=None)
@given(findings(show=("suppressed", "direction_only")))
def test_no_withheld_estimate_is_in_any_line(result):
    line = clinical_line(result)
    assert figures_in(line) <= fields_of(result, estimates=False)
    assert "CI" not in line
    assert "I²" not in line


@settings(max_examples=100, deadline=None)
@given(findings())
def test_what_is_shown_is_shown_in_full(result):
    line = clinical_line(result)
    shown = [result.n_studies, result.n_participants]
    if result.value is not None and result.measure != "narrative":
        shown += [result.value, result.i2, *([result.ci.low, result.ci.high] if result.ci else [])]
    assert figures_of(shown) <= figures_in(line)
