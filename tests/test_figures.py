"""Which figures a text holds, in one spelling, so that it can be held against its fields."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.figures import figures_in, figures_of

TEXTS = [
    ("", set()),
    ("no figure at all", set()),
    ("1,279 people in 12 trials", {"1279", "12"}),
    ("1,234,567.50 units", {"1234567.5"}),
    ("0.50 and 0.5 and 00.5 are one", {"0.5"}),
    ("100 and 10 keep their zeros", {"100", "10"}),
    ("1000.0 is whole", {"1000"}),
    ("007", {"7"}),
    ("0 and 0.0", {"0"}),
    ("pain fell by -1.5 (95 % CI -2.5 to -0.5)", {"1.5", "95", "2.5", "0.5"}),
    ("p <0.001", {"0.001"}),
    ("3-6 months", {"3", "6"}),
    ("30/60", {"30", "60"}),
    ("2015-03-01", {"2015", "3", "1"}),
    ("the 3rd week", {"3"}),
    ("68%", {"68"}),
    ("€40.", {"40"}),
    ("I saw 12.", {"12"}),
    ("IL-6, COVID-19, G6PD, Nrf2 and TNF-alpha", set()),
    ("version v2 and x3.5", set()),
    ("Three trials, TWELVE people, a hundred days", {"3", "12", "100"}),
    ("one trial and someone", set()),
    ("often, weight, tense and sixties", set()),
    ("7 in 100 people", {"7"}),
    ("7 out of 1,000 and 3 per 10000", {"7", "3"}),
    ("7 in every 100 people", {"7"}),
    ("100 people", {"100"}),
    ("7 in 120 people", {"7", "120"}),
    ("seventy, eighty and ninety people", {"70", "80", "90"}),
    ("twenty-five people", {"25"}),
    ("a thousand people", {"1000"}),
    ("p <.05", {"0.05"}),
]
VALUES = [
    ([], set()),
    ([None, True, False, ""], set()),
    ([0], {"0"}),
    ([1279, -1.5, 0.5], {"1279", "1.5", "0.5"}),
    ([100, 100.0], {"100"}),
    ([34.79], {"34.79"}),
    ([0.0001], {"0.0001"}),
    (["3 to 6 months", 2020, "<0.001"], {"3", "6", "2020", "0.001"}),
]
NUMBERS = st.one_of(
    st.integers(0, 10**9),
    st.decimals(0, 10**6, places=3, allow_nan=False, allow_infinity=False).map(float),
)


@pytest.mark.parametrize(("text", "figures"), TEXTS, ids=[text for text, _ in TEXTS])
def test_figures_in_a_text(text, figures):
    assert figures_in(text) == figures


@pytest.mark.parametrize(("values", "figures"), VALUES, ids=str)
def test_figures_of_fields(values, figures):
    assert figures_of(values) == figures


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text):
    found = figures_in(text)
    assert all(figure and not figure.startswith("-") for figure in found)
    assert figures_of([text]) == found


@settings(max_examples=150, deadline=None)
@given(NUMBERS)
def test_a_number_and_its_spellings_are_one_figure(number):
    (figure,) = figures_of([number])
    assert figures_of([-number]) == {figure}
    for spelling in (f"{number:.3f}", f"{number:,.3f}", f"({number:.6f})", f"-{number:.3f}%"):
        assert figures_in(f"It was {spelling} then.") == {figure}


@settings(max_examples=100, deadline=None)
@given(st.lists(NUMBERS, max_size=6))
def test_a_text_made_of_fields_has_just_their_figures(numbers):
    text = "; ".join(f"{number:.3f}" for number in numbers)
    assert figures_in(text) == figures_of(numbers)
