"""The history of a record: what happened, oldest first, and on the command line."""

from builders import REVIEW, tiny_library

from corpus.history import history_of

EVENTS = {
    (REVIEW, "added"): "2026-01-05",
    (REVIEW, "checked"): [
        {"role": "second reader", "date": "2026-03-01"},
        {"role": "editor", "date": "2026-01-20"},
    ],
    (REVIEW, "corrected"): [{"date": "2026-02-02", "what": "the interval"}],
    (REVIEW, "retracted"): {"date": "2026-04", "why": "the journal withdrew it"},
}


def test_everything_that_happened_stands_in_order(tmp_path):
    library = tiny_library(tmp_path, EVENTS)
    events = history_of(library["invented-review-2020"])
    assert [(event.date, event.what) for event in events] == [
        ("2026-01-05", "added"),
        ("2026-01-20", "checked"),
        ("2026-02-02", "corrected"),
        ("2026-03-01", "checked"),
        ("2026-04", "retracted"),
    ]
    assert events[-1].detail == "the journal withdrew it"


def test_a_record_without_dates_has_no_history(tmp_path):
    assert history_of(tiny_library(tmp_path)["invented-review-2020"]) == ()


def test_every_record_says_when_it_was_added(library):
    assert [paper.id for paper in library.papers if not paper.added] == []


def test_the_log_command_names_near_ids(ozone):
    done = ozone("corpus", "log", "andrade-2019-low-back-pain")
    assert done.returncode == 0
    assert b"added" in done.stdout
    wrong = ozone("corpus", "log", "andrade-2019")
    assert wrong.returncode == 2
    assert "Did you mean andrade-2019-low-back-pain" in " ".join(wrong.stderr.decode().split())
