"""Conversations: what a follow-up means, and that it gets no more than it asks for."""

import pytest

FIRST = "Does ozone help knee osteoarthritis?"
DANGER = "I have crushing chest pain since the infusion"


def words(answer):
    sections = [part for part in answer.sections if part.kind != "contrast"]
    return sum(len(said.text.split()) for part in sections for said in part.statements)


@pytest.mark.parametrize(
    "question",
    [
        "who says that",
        "how sure is that",
        "and is that dangerous?",
        "ok and the cost",
        "how long does the effect last",
        "what else is there",
        "what if I'm 82",
    ],
)
def test_a_point_of_the_same_subject_is_told_without_the_whole_block(engine, question):
    first, answer = engine.ask(FIRST), engine.ask(question, [FIRST])
    assert answer.section("short_answer")
    assert words(answer) < 0.6 * words(first)
    assert first.section("short_answer")[0] not in answer.section("short_answer")


@pytest.mark.parametrize(
    "question", ["thanks", "ok thank you, bye", "cheers, that helps", "is it raining"]
)
def test_thanks_and_small_talk_get_one_line(engine, question):
    answer = engine.ask(question, [FIRST])
    assert (answer.status, answer.topics, len(answer.sections)) == ("off_topic", (), 1)


def test_thanks_before_a_question_do_not_hide_it(engine):
    assert "harm" in engine.ask("thanks, and what about side effects", [FIRST]).intents


@pytest.mark.parametrize(
    "question",
    ["it's probably nothing, what does it cost", "I'm sure it'll pass. ozone for eczema?"],
)
def test_a_danger_that_is_played_down_is_shown_again(engine, question):
    assert engine.ask(question, [DANGER]).status == "urgent"


def test_a_danger_that_is_taken_back_is_over(engine):
    said = "It has passed, the hospital said I am fine. Does ozone help eczema?"
    assert engine.ask(said, [DANGER]).topics == ("eczema",)
    assert engine.ask(said, [DANGER]).status != "urgent"


@pytest.mark.parametrize(
    ("first", "then", "topic"),
    [
        ("¿Sirve el ozono para la artrosis de rodilla?", "¿y para la cadera?", "osteoarthritis"),
        ("Hilft Ozon bei Kniearthrose?", "was kostet das", "cost"),
        ("L'ozone aide pour l'arthrose du genou ?", "et pour l'épaule ?", "shoulder-pain"),
        ("L'ozono funziona per l'artrosi del ginocchio?", "e quanto costa?", "cost"),
        ("O ozono ajuda na artrose do joelho?", "e para o ombro?", "shoulder-pain"),
    ],
)
def test_short_follow_ups_have_the_language_of_the_talk(engine, first, then, topic):
    assert topic in engine.ask(then, [first]).topics


def test_another_country_takes_the_place_of_the_one_before(engine):
    topics = engine.ask("what about in Spain", ["Is ozone legal in Germany?"]).topics
    assert topics[0] == "approval-spain"
    assert "approval-germany" not in topics
