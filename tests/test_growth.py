"""The made-up passages of `ozone bench`: as many as said, like the real ones, thrown away."""

from collections import Counter

import numpy as np
import pytest
from builders import build, reopen, tiny_library

from app.growth import dealt, growth_table, measure_growth, noisy


def test_each_size_is_measured_on_the_same_questions(tmp_path):
    build(tmp_path / "home", tiny_library(tmp_path / "corpus"))
    index = reopen(tmp_path / "home")
    said = []
    points = measure_growth(index, ["thumb pain", "elbow"], (1, 2, 5), said.append)
    assert [point.passages for point in points] == [8, 16, 40]
    assert all(0 < point.p50 <= point.p95 for point in points)
    assert said == [f"Searching {count} passages" for count in (8, 16, 40)]
    assert set(points[0].model_dump()) == {"passages", "p50", "p95"}
    assert growth_table(points).row_count == 3
    assert len(index.stores["evidence"].get()["ids"]) == 8, "the real index is left alone"


def test_noise_makes_neighbours_of_the_same_length():
    real = np.eye(4, 384, dtype=np.float32)
    assert noisy(real, 0) is real
    near = noisy(real, 1)
    assert np.linalg.norm(near, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    likeness = (near * real).sum(axis=1)
    assert (likeness > 0.9).all()
    assert (likeness < 0.999).all()
    assert not np.array_equal(near, noisy(real, 2))
    assert np.array_equal(near, noisy(real, 1))


def test_words_are_dealt_out_anew_and_none_is_lost():
    texts = ["a b c d", "", "e f", "g h i j k"]
    assert dealt(texts, 0) == texts
    new = dealt(texts, 1)
    assert new != texts
    assert [len(text.split()) for text in new] == [4, 0, 2, 5]
    assert Counter(" ".join(new).split()) == Counter(" ".join(texts).split())
