"""Thirty answers that a reader judged beside their sources still come from the same topics."""

from pathlib import Path
from typing import get_args

import pytest
import yaml

from app.answer import Status

FILE = Path(__file__).resolve().parent / "evaluation" / "thirty-answers.yaml"
JUDGED = yaml.safe_load(FILE.read_text("utf-8"))
MARKS = ("right", "fair", "calm", "answers")


def test_thirty_questions_were_judged():
    assert len({entry["question"] for entry in JUDGED}) == 30
    for entry in JUDGED:
        assert {entry[mark] for mark in MARKS} <= {"yes", "partly", "no"}
        assert len(entry["what"]) > 20
        assert entry["status"] in get_args(Status)


def test_none_was_found_wrong_unfair_or_frightening():
    bad = [e["question"] for e in JUDGED if "no" in (e["right"], e["fair"], e["calm"])]
    assert bad == []


@pytest.mark.parametrize("entry", JUDGED, ids=[entry["question"][:40] for entry in JUDGED])
def test_the_answer_is_still_the_one_that_was_judged(engine, entry):
    """The same status and leading topic: else the verdict is on another answer; judge it again."""
    answer = engine.ask(entry["question"])
    assert (answer.status, answer.topics[0]) == (entry["status"], entry["topic"])
    assert answer.engine.dropped == 0
