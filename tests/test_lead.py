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
    ("Tell me about ozone and my lupus", "lupus", {"ozone-therapy"}),
    ("thrush keeps coming back, is ozone any use", "vaginal-thrush", {"sessions"}),
    ("Ozone mouthwash for halitosis?", "bad-breath", set()),
    ("Not ozone for once: does hyperbaric oxygen help with MS?", "hyperbaric-oxygen", set()),
]


@pytest.mark.parametrize(("question", "first", "left_out"), ASKED)
def test_the_subject_leads_and_asides_are_left_out(engine, question, first, left_out):
    topics = engine.ask(question).topics
    assert topics[0] == first
    assert not left_out & set(topics)


def test_an_illness_decides_the_status_whatever_way_to_give_ozone_is_named(engine):
    alone = engine.ask("Does ozone help lupus?")
    by_drip = engine.ask("Scared, the clinic wants 3000 for ozone drips for my lupus, should I?")
    assert alone.status == by_drip.status == "no_evidence"
    told = {statement.topic for statement in by_drip.section("short_answer")}
    assert "lupus" in told
    assert "autohaemotherapy" not in told


def test_an_illness_of_a_story_is_not_in_passing_beside_a_country(engine):
    answer = engine.ask(
        "AMD dry type, both eyes, 83 years old and living alone. Grandson found an Italian study "
        "of ozone and sight. Was it any good and who was behind it?"
    )
    assert answer.topics[0] == "macular-degeneration"
