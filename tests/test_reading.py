"""Reading grade, counted by hand for short texts and held to its laws for any."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading import Mask, grade, longest_sentence, sentences, syllables, words

PLAIN = st.text(st.sampled_from("abeo zt.,!?'\"()-9A \n"), max_size=120)
SYLLABLES = [
    ("cat", 1),
    ("pain", 1),
    ("ozone", 2),
    ("doctor", 2),
    ("table", 2),
    ("people", 2),
    ("free", 1),
    ("treated", 2),
    ("eased", 1),
    ("healed", 1),
    ("evidence", 3),
    ("therapy", 3),
    ("arthritis", 3),
    ("12", 1),
    ("%", 1),
    ("THE", 1),
]
# text, words, sentences, syllables: counted by hand
COUNTED = [
    ("The cat sat.", 3, 1, 3),
    ("The cat sat. The dog ran off.", 7, 2, 7),
    ("Ozone may ease pain. Ask your doctor.", 7, 2, 9),
    ("We saw 12 trials", 4, 1, 5),
    ("Pain fell by 1.5 points.", 6, 1, 6),
]
SPLIT = [
    ("", []),
    ("One. Two! Three?", ["One.", "Two!", "Three?"]),
    ("It fell by 1.5 points. Then it rose.", ["It fell by 1.5 points.", "Then it rose."]),
    ("Dr. Who met a nurse.", ["Dr Who met a nurse."]),
    ("Ozone vs. Placebo was tried.", ["Ozone vs Placebo was tried."]),
    ('He said "yes." She left.', ['He said "yes.', "She left."]),
    ("The answer is no. Ask why.", ["The answer is no.", "Ask why."]),
    ("It ended. 12 people left.", ["It ended.", "12 people left."]),
    ("it ended. then more", ["it ended. then more"]),
]


@pytest.mark.parametrize(("word", "count"), SYLLABLES)
def test_syllables(word, count):
    assert syllables(word) == count


@pytest.mark.parametrize(("text", "n_words", "n_sentences", "n_syllables"), COUNTED)
def test_the_grade_is_flesch_kincaid(text, n_words, n_sentences, n_syllables):
    assert len(words(text)) == n_words
    assert len(sentences(text)) == n_sentences
    assert sum(map(syllables, words(text))) == n_syllables
    expected = 0.39 * n_words / n_sentences + 11.8 * n_syllables / n_words - 15.59
    assert grade(text) == pytest.approx(expected)


def test_a_grade_worked_out_on_paper():
    assert grade("The cat sat.") == pytest.approx(-2.62)
    assert grade("Ozone may ease pain. Ask your doctor.") == pytest.approx(0.9464, abs=1e-3)


@pytest.mark.parametrize(("text", "parts"), SPLIT)
def test_sentences(text, parts):
    assert sentences(text) == parts


def test_longest_sentence():
    assert longest_sentence("") == 0
    assert longest_sentence("One two. One two three four. One.") == 4


def test_hard_text_is_above_nine_and_easy_text_far_below():
    assert grade("Methodological heterogeneity precludes quantitative interpretation.") > 9
    assert grade("We do not know if it helps. Ask your doctor.") < 5


def test_a_text_without_words_has_grade_nought():
    assert grade("") == grade(" … !?") == 0.0


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), PLAIN))
def test_any_text_gives_a_finite_grade(text):
    assert math.isfinite(grade(text))
    assert longest_sentence(text) <= len(words(text))


@settings(max_examples=150, deadline=None)
@given(PLAIN)
def test_splitting_loses_no_word(text):
    assert [word for part in sentences(text) for word in words(part)] == words(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_every_word_has_a_syllable(word):
    assert syllables(word) >= 1


def test_masked_names_do_not_count():
    mask = Mask(["rheumatoid arthritis", "arthritis"])
    assert mask("Does rheumatoid arthritis hurt?") == "Does this hurt?"
    assert mask("Arthritis hurts.") == "This hurts."
    assert mask("Psoriatic arthritis") == "Psoriatic this"
    assert grade(mask("Rheumatoid arthritis hurts.")) == grade("This hurts.")


def test_the_longest_name_goes_first_and_plurals_with_it():
    mask = Mask(["back", "pain", "back pain", "low back pain", "ulcer"])
    assert mask("back pain") == "this"
    assert mask("Low back pain is pain.") == "This is this."
    assert mask("Ulcers hurt.") == "This hurt."
    assert mask("Painful ulceration") == "Painful ulceration"


def test_names_are_taken_by_the_letter():
    assert Mask(["a.b (c"])("a.b (c xab") == "a.b (c xab".replace("a.b (c", "this")
    assert Mask(["a.b"])("axb") == "axb"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=8), max_size=5), st.text(max_size=80))
def test_any_names_may_be_masked(names, text):
    assert isinstance(Mask(names)(text), str)
    assert Mask([])(text) == text
