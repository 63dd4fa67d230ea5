"""Questions a reader may want next, taken from the topics themselves."""

from typing import Final

from app.answer import Status
from app.understanding import Understanding
from corpus.library import Library

MOST: Final = 3


def related_questions(
    library: Library, understood: Understanding, status: Status
) -> tuple[str, ...]:
    """Up to three example questions: of nearby topics first, then those that start a chat."""
    if status in ("urgent", "refused"):
        return ()
    about = [library.topics[id_] for id_ in understood.topics]
    near = [id_ for topic in about for id_ in topic.nearest if id_ not in understood.topics]
    found = [library.topics[id_].asked_as[0] for id_ in near if not library.topics[id_].off_topic]
    found += [topic.asked_as[1] for topic in about[:1] if not topic.off_topic]
    found += library.wording.examples
    fresh = [text for text in dict.fromkeys(found) if text.lower() != understood.question.lower()]
    return tuple(fresh[:MOST])
