"""What is asked, and what kind of answer it gets."""

import pytest

QUESTIONS = [
    "Does ozone therapy help rheumatoid arthritis?",
    "Does ozone help knee osteoarthritis?",
    "Can ozone injections help a slipped disc?",
    "Is ozone good for low back pain?",
    "Does ozone therapy help psoriasis?",
    "Does ozone help multiple sclerosis?",
    "Does ozone heal a diabetic foot ulcer?",
    "Does ozone therapy work for fibromyalgia?",
    "Does ozone help people with COVID-19?",
    "Does ozone stop tooth decay?",
    "Does ozone help gum disease?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_covered_conditions_are_answered_with_sources(engine, question):
    answer = engine.ask(question)
    assert answer.status in ("answered", "partial")
    assert sum(source.kind not in ("marketing", "search") for source in answer.sources) >= 2
    assert answer.section("short_answer")
    assert answer.section("findings")


ADVERTISED = [
    "Does ozone therapy help rheumatoid arthritis?",
    "Does ozone therapy help psoriasis?",
    "Does ozone help multiple sclerosis?",
    "does it cure lupus",
    "Can ozone cure type 1 diabetes?",
    "Does ozone help Hashimoto's?",
    "Does ozone help Crohn's disease?",
    "Is ozone therapy safe?",
]


@pytest.mark.parametrize("question", ADVERTISED)
def test_advertised_uses_are_contrasted(engine, question):
    answer = engine.ask(question)
    assert answer.contrast
    assert answer.section("contrast")
    for item in answer.contrast:
        assert item.fact != item.claim


STATUSES = [
    ("Is hyperbaric ozone the same as hyperbaric oxygen?", ("answered",), None),
    ("does it cure lupus", ("answered", "partial", "no_evidence"), None),
    ("is it approved", ("answered",), None),
    ("can I stop methotrexate if I start ozone", ("urgent",), "talk_first"),
    ("my face droops since the ozone drip", ("urgent",), "now"),
    ("best pizza in Rome", ("off_topic",), None),
    ("what dose should I inject at home", ("refused",), None),
    ("ozone for ingrown toenails", ("no_evidence",), None),
    ("is there a hole in the ozone layer", ("off_topic",), None),
    ("I have a high fever since the ozone injection in my back", ("urgent",), "today"),
    ("I am 20 weeks pregnant, can I have ozone?", ("urgent",), "talk_first"),
]


@pytest.mark.parametrize(("question", "statuses", "level"), STATUSES)
def test_status(engine, question, statuses, level):
    answer = engine.ask(question)
    assert answer.status in statuses
    assert (answer.urgent.level if answer.urgent else None) == level


def test_a_danger_asked_about_is_no_emergency(engine):
    answer = engine.ask("Can ozone cause a stroke?")
    assert answer.status in ("answered", "partial")
    assert answer.topics[0] == "stroke"


def test_urgent_now_shows_numbers_and_no_sales_talk(engine):
    answer = engine.ask("my face droops since the ozone drip")
    assert {number.country for number in answer.urgent.numbers} >= {"UK", "US", "Germany"}
    assert not answer.contrast


def test_follow_ups_take_the_topic_from_the_conversation(engine):
    first = "Does ozone help knee osteoarthritis?"
    assert engine.ask("and is that dangerous?", [first]).topics[:2] == (
        "safety",
        "knee-osteoarthritis",
    )
    other = engine.ask("and for my low back pain?", [first])
    assert other.topics[0] == "low-back-pain"
    assert other.intents == engine.ask(first).intents


def test_a_dissenting_review_is_shown(engine, library):
    """Where reviews point both ways, an answer cites a review from each side."""
    answer = engine.ask("Does ozone help gum disease?")
    cited = {p.id for p in answer.passages if p.lane == "evidence"}
    favours = {library.points[id_].finding.favours for id_ in cited if id_ in library.points}
    assert {"ozone"} < favours


def test_usual_length(engine):
    """80 to 180 words before anything is opened, 60 more for a second topic."""
    for question in QUESTIONS:
        answer = engine.ask(question)
        shown = [
            s
            for kind in ("short_answer", "findings", "harms", "unknowns")
            for s in answer.section(kind)
        ]
        words = sum(len(statement.text.split()) for statement in shown)
        assert 80 <= words <= 180 + 60 * (min(2, len(answer.topics)) - 1), question
