"""Official places that a topic leads to: where to report, complain or check, by country."""

from collections.abc import Iterable

from app.answer import HelpPlace
from app.cues import tokens
from corpus.help import Help
from corpus.library import Library
from corpus.topic import Topic


def places_for(library: Library, topics: Iterable[Topic], question: str) -> tuple[HelpPlace, ...]:
    """The bodies for the topics' purposes, by country and then purpose.

    Only the country that the question or a topic names, every country where none is named. A
    number that no official page confirmed is left out; the body and its page stay.
    """
    asked = list(topics)
    wanted = tuple(dict.fromkeys(purpose for topic in asked for purpose in topic.help))
    if not wanted:
        return ()
    found = [help_ for help_ in library.of(Help) if help_.purpose in wanted]
    found.sort(key=lambda help_: (help_.country, wanted.index(help_.purpose), help_.name))
    rules = (name for topic in asked if topic.kind == "rule" for name in topic.names)
    named = " ".join(tokens(" ".join((question, *rules))))
    here = [h for h in found if f" {' '.join(tokens(h.country))} " in f" {named} "]
    return tuple(
        HelpPlace(
            country=help_.country,
            purpose=help_.purpose,
            name=help_.name,
            number=help_.number if help_.show_number else None,
            url=help_.url,
            seen_on=help_.seen_on,
        )
        for help_ in here or found
    )
