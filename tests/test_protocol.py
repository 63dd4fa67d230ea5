"""The protocol's counts are the verdict files', and everything was read a second time."""

from evaluation.readings import PROTOCOL, claim_verdicts, second_readings, verdicts, written

FIGURES_READ_AGAIN = 100


def test_the_counts_are_those_of_the_verdict_files():
    text = PROTOCOL.read_text("utf-8")
    assert text == written(text), "run python tests/evaluation/readings.py"


def test_every_record_topic_and_claim_was_read_twice(library):
    found = second_readings()
    records = {library.aliases.get(v.record, v.record) for v in found if v.record}
    assert {paper.id for paper in library.papers} - records == set()
    assert set(library.topics) - {v.topic for v in found if v.topic} == set()
    assert set(library.claims) - {claim["claim"] for claim in claim_verdicts()} == set()


def test_no_verdict_is_about_nothing(library):
    for verdict in [*second_readings(), *verdicts("figures-100.yaml")]:
        assert verdict.about in library, verdict


def test_a_correction_says_what_was_wrong():
    assert not [v for v in second_readings() if v.verdict != "ok" and len(v.what) < 8]


def test_the_figures_of_a_hundred_findings_were_read_again(library):
    read = {f"{v.record}#{v.finding}" for v in verdicts("figures-100.yaml")}
    assert len(read) == FIGURES_READ_AGAIN
    assert read <= set(library.points)


def test_every_reading_stands_in_the_history_of_its_record(library):
    for verdict in second_readings():
        if verdict.record:
            assert library[verdict.record].checked, verdict.record
