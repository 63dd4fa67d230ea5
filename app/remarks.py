"""What is said where the records have nothing, and beside what they have."""

from typing import Final

from app.answer import Statement
from app.understanding import Understanding
from corpus.library import Library
from corpus.topic import Topic
from corpus.triage import Scope

MOST_BESIDE: Final = 2


class Remarks:
    """Sentences of our own on what was not found, what is near, and what we cannot do."""

    def __init__(self, library: Library) -> None:
        """Reads the wording, and which topics have something to say."""
        self._library = library
        self._labels = library.wording.labels
        general = [s.general_topic for s in library.of(Scope) if s.general_topic]
        topics = [library.topics[id_] for id_ in general if id_ in library.topics]
        self._searches = tuple(f"{topic.id}#search" for topic in topics if topic.search)

    def nothing_found(self, understood: Understanding) -> Statement:
        """Nothing on this use: named in the reader's own words, citing what was searched."""
        key = "nothing_found" if understood.own_word else "nothing_found_unnamed"
        text = self._labels["no_rule" if understood.no_rule else key]
        return said(
            text.format(word=understood.own_word),
            self._searches,
            certainty="none",
            agreement="none",
        )

    def beside(self, understood: Understanding, topics: list[Topic]) -> list[Statement]:
        """Notes on what else was asked, on the nearest covered topic, and on deciding."""
        notes = [
            said(self._labels["nothing_beside"].format(word=word))
            for word in understood.beside[:MOST_BESIDE]
        ]
        if topics and topics[0].gap and topics[0].kind == "condition" and len(topics) == 1:
            notes += self._nearest(topics[0].nearest)
        if not topics and understood.uncovered:
            notes += self._nearest(understood.near)
        if topics and understood.deciding:
            notes.append(said(self._labels["decision"]))
        return notes

    def _nearest(self, ids: tuple[str, ...]) -> list[Statement]:
        """The first of these topics that reviews cover: a different thing, and said to be one."""
        for id_ in ids:
            topic = self._library.topics[id_]
            if topic.kind == "condition" and not topic.gap:
                return [said(self._labels["nearest"].format(topic=topic.name))]
        return []


def said(text: str, citations: tuple[str, ...] = (), **marks: str) -> Statement:
    """A statement in our own voice, the same in both views."""
    return Statement.model_validate(
        {"text": text, "clinical": text, "citations": citations, **marks}
    )
