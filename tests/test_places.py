"""Where to turn: official places by country, dated, unconfirmed numbers left out."""

from app.places import places_for
from corpus.help import Help


def places(library, question="who do I tell?"):
    return places_for(library, [library.topics["i-was-harmed"]], question)


def test_every_place_is_dated_and_official(library):
    found = places(library)
    assert len({place.country for place in found}) > 5
    assert all(place.seen_on for place in found)
    hidden = {help_.name for help_ in library.of(Help) if help_.number and not help_.show_number}
    assert hidden
    shown = {(place.name, place.number) for place in found if place.number}
    assert not {name for name, _ in shown} & hidden


def test_the_country_that_is_named_stands_alone(library):
    assert {place.country for place in places(library, "I live in Germany")} == {"Germany"}
    assert len({place.country for place in places(library, "I live in Germania")}) > 5


def test_only_topics_that_lead_there_do(library, engine):
    assert places_for(library, [library.topics["low-back-pain"]], "my back") == ()
    answer = engine.ask("I paid thousands and was promised a cure by the ozone clinic")
    assert "i-was-harmed" in answer.topics
    assert answer.help


def test_the_terminal_lists_one_country_or_names_them_all(ozone):
    one = ozone("ask", "I was promised a cure. Who do I complain to in Germany?").stdout.decode()
    assert "Germany: " in one
    many = " ".join(ozone("ask", "I was promised a cure. Who do I tell?").stdout.decode().split())
    assert "Name your country" in many
    assert "Germany: " not in many


def test_a_country_before_a_question_mark_is_the_country(engine):
    answer = engine.ask("I was promised a cure and paid. Who do I complain to in Germany?")
    assert {place.country for place in answer.help} == {"Germany"}
