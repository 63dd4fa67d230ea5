"""BM25: finds by words, answers with ids, and survives whatever is typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.lexical import Lexicon

TEXTS = {
    "knee": "Trials reported less pain in the knee after ozone injections.",
    "foot": "Foot ulcers were reported to heal faster.",
    "law": "A law allows ozone in Brazil.",
}
QUESTIONS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(["ozone", "knee", "the", "ulcers", "Brazil", "?", "µ"])).map(" ".join),
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.build(list(TEXTS), list(TEXTS.values()))


def found(lexicon: Lexicon, question: str, k: int = 10) -> list[str]:
    """The ids alone."""
    return [id_ for id_, _ in lexicon.search(question, k)]


def test_the_best_comes_first_and_the_rest_is_left_out(lexicon):
    assert found(lexicon, "knee pain") == ["knee"]
    assert found(lexicon, "ozone law in Brazil") == ["law", "knee"]
    assert found(lexicon, "ozone law in Brazil", k=1) == ["law"]


def test_scores_fall_and_are_above_nought(lexicon):
    scores = [score for _, score in lexicon.search("ozone injections for ulcers", 10)]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


@pytest.mark.parametrize("question", ["KNEE", "knees", "the knee?", "ulcer healing in the knee"])
def test_case_endings_and_small_words_do_not_matter(lexicon, question):
    assert "knee" in found(lexicon, question)


@pytest.mark.parametrize("question", ["", "   ", "the of and", "zebra", "?!", "🙂", "\x00"])
def test_no_common_word_finds_nothing(lexicon, question):
    assert lexicon.search(question, 5) == []


def test_saved_and_loaded_it_answers_the_same(lexicon, tmp_path):
    lexicon.save(tmp_path / "new" / "folder")
    again = Lexicon.load(tmp_path / "new" / "folder", list(TEXTS))
    for question in ("knee pain", "ozone", "zebra ulcer", ""):
        assert again.search(question, 10) == lexicon.search(question, 10)


def test_an_empty_lane_is_built_saved_loaded_and_finds_nothing(tmp_path):
    empty = Lexicon.build([], [])
    empty.save(tmp_path / "empty")
    assert empty.search("knee", 5) == []
    assert Lexicon.load(tmp_path / "empty", []).search("knee", 5) == []


def test_texts_of_small_words_alone_find_nothing():
    assert Lexicon.build(["a"], ["the of and"]).search("knee", 5) == []


@settings(max_examples=120, deadline=None)
@given(QUESTIONS, st.integers(0, 5))
def test_any_question_gives_at_most_k_known_ids(lexicon, question, k):
    hits = lexicon.search(question, k)
    assert len(hits) <= k
    assert {id_ for id_, _ in hits} <= set(TEXTS)
    assert len({id_ for id_, _ in hits}) == len(hits)
    assert all(score > 0 for _, score in hits)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_any_texts_are_indexed(texts):
    ids = [str(number) for number, _ in enumerate(texts)]
    built = Lexicon.build(ids, [f"zebra {text}" for text in texts])
    assert sorted(found(built, "a zebra")) == ids
