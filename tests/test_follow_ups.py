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


@pytest.mark.parametrize(
    "question",
    [
        "who won the match",
        "recommend a good holiday in Greece",
        "how old is the king",
        "which car should we buy",
        "can you suggest a recipe for soup",
    ],
)
def test_another_subject_is_not_answered_with_the_one_before(engine, question):
    answer = engine.ask(question, [FIRST])
    assert (answer.status, answer.topics) == ("off_topic", ())


@pytest.mark.parametrize(
    "question",
    ["how soon do people notice a difference", "can I drive home after", "my doctor is sceptical"],
)
def test_what_goes_on_in_words_of_every_day_keeps_its_subject(engine, question):
    assert "knee-osteoarthritis" in engine.ask(question, [FIRST]).topics


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("and my eyes", "macular-degeneration"),
        ("my ears too", "tinnitus"),
        ("and my neck", "neck-pain"),
    ],
)
def test_another_part_of_the_body_changes_the_subject(engine, question, topic):
    topics = engine.ask(question, [FIRST]).topics
    assert topics[0] == topic
    assert "knee-osteoarthritis" not in topics


def test_back_is_no_part_of_the_body_in_came_back(engine):
    asked = "and if the test came back normal"
    assert "low-back-pain" not in engine.ask(asked, ["Is ozone safe with favism?"]).topics


@pytest.mark.parametrize(
    "question",
    [
        "can i do that myself with a machine",
        "do you think thats what I have",
        "is that what I've got",
    ],
)
def test_what_is_declined_is_declined_in_a_follow_up_too(engine, question):
    assert engine.ask(question, ["Does ozone help fibromyalgia?"]).status == "refused"


@pytest.mark.parametrize("question", ["do they do it in America", "can I get that in the US"])
def test_a_country_in_a_follow_up_asks_for_its_rules(engine, question):
    topics = engine.ask(question, [FIRST]).topics
    assert topics[0] == "approval-us"
    assert "knee-osteoarthritis" in topics


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("¿Sirve el ozono para la artrosis de rodilla?", "¿quién dice eso?"),
        ("Hilft Ozon bei Kniearthrose?", "wer sagt das"),
        ("L'ozone aide pour l'arthrose du genou ?", "qui dit ça ?"),
        ("L'ozono funziona per l'artrosi del ginocchio?", "chi lo dice?"),
        ("O ozono ajuda na artrose do joelho?", "quem diz isso?"),
    ],
)
def test_who_says_so_is_heard_in_every_language(engine, first, then):
    answer = engine.ask(then, [first])
    assert "source" in answer.intents
    assert "knee-osteoarthritis" in answer.topics


def test_the_record_that_was_asked_about_is_meant_again(engine):
    first = "Tell me about the Raeissadat 2018 trial of knee ozone"
    for then in ("how many people was that in", "how long did they follow them"):
        said = engine.ask(then, [first]).section("short_answer")[0]
        assert "Raeissadat (2018)" in said.text


def test_a_question_is_not_joined_with_a_declined_one_to_a_danger(engine):
    first = "how much ozone do I breathe in for my lungs at home"
    assert engine.ask("who says that", [first]).urgent is None
    assert engine.ask("what does it cost", [first]).urgent is None


def test_what_can_wait_ends_with_a_new_subject(engine):
    told = "my knee is hot and swollen since the injection and I feel feverish"
    assert engine.ask("how long does it last", [told]).status == "urgent"
    talk = [told, "Does ozone help eczema?"]
    assert engine.ask("and what does it cost", talk).status != "urgent"
    assert engine.ask("and what does it cost", [DANGER, talk[1]]).status == "urgent"


def test_a_caution_that_is_asked_back_about_is_dropped(engine):
    answer = engine.ask("What do you mean, a child? I'm 74!", [FIRST])
    assert answer.urgent is None
