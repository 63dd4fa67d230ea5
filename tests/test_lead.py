"""Which of several topics leads, and which are only in passing."""

import pytest

ASKED = [
    ("Does ozone help long covid tiredness?", "long-covid", {"mitochondria-energy"}),
    ("Did ozone lower deaths from covid in hospital?", "covid-19", {"death"}),
    ("I am on warfarin, can I have ozone in my blood?", "blood-thinners", {"autohaemotherapy"}),
    ("How does ozone raise energy in the mitochondria?", "mitochondria-energy", set()),
    ("Is ozone dangerous?", "safety", set()),
    ("A clinic in Germany, does it help psoriasis?", "psoriasis", set()),
    ("Is it approved in Germany for psoriasis?", "approval-germany", set()),
]


@pytest.mark.parametrize(("question", "first", "left_out"), ASKED)
def test_the_subject_leads_and_asides_are_left_out(engine, question, first, left_out):
    topics = engine.ask(question).topics
    assert topics[0] == first
    assert not left_out & set(topics)
