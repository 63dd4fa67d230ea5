"""Finding short phrases in what people type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cues import Reading, Span, Vocabulary, normalise, tokens


@pytest.mark.parametrize(
    ("text", "cue", "found"),
    [
        ("My face DROOPS!", "droop*", True),
        ("I can't breathe", "cant breathe", True),
        ("i cant breath", "breathe", True),
        ("I cannot breathe", "cant breathe", True),
        ("i cant brth", "breathe", False),
        ("rheumatoid arthritus", "rheumatoid arthritis", True),
        ("psoriasys on my skin", "psoriasis", True),
        ("low-back pain", "low back pain", True),
        ("Sjögren", "sjogren", True),
        ("soooo dangerous", "dangerous", True),
        ("ms", "ms", True),
        ("mess", "ms", False),
        ("the arm is weak", "arm|leg", True),
        ("pain in the neck", "neck pain", False),
        ("", "pain", False),
    ],
)
def test_cue(text, cue, found):
    assert Reading(text, Vocabulary([cue])).has(cue) is found


def test_span_says_where():
    reading = Reading("ozone for low back pain", Vocabulary(["low back pain"]))
    assert reading.find("low back pain") == [Span(2, 5)]


def test_groups_all_have_to_occur():
    reading = Reading("my arm is weak", Vocabulary(["arm", "leg", "weak"]))
    assert reading.has_groups([["arm", "leg"], ["weak"]])
    assert not reading.has_groups([["arm"], ["numb"]])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text):
    assert normalise(text) == normalise(normalise(text))
    assert all(token.isalnum() for token in tokens(text))
    Reading(text, Vocabulary(["ozone therapy", "droop*"])).has("ozone therapy")


def test_a_listed_misspelling_and_a_word_written_by_ear_mean_the_english_word():
    vocabulary = Vocabulary(
        ["carpal tunel", "tunnel vision", "disease", "thyroid", "third", "tumour"]
    )
    assert "tunnel" in vocabulary.meant("tunel")
    assert "disease" in vocabulary.meant("diseez")
    assert vocabulary.meant("thyroyd") == {"thyroyd", "thyroid"}
    assert vocabulary.meant("tmrw") == {"tmrw"}
    assert vocabulary.meant("third") == {"third"}
