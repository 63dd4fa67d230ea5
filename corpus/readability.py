"""How hard the corpus is to read: every patient text graded, names masked."""

from collections.abc import Iterator
from statistics import median, quantiles

from pydantic import BaseModel

from corpus.check_language import claim_texts, mask_of, plain_texts, topic_texts
from corpus.claim import Claim
from corpus.library import Library
from corpus.reading import grade, longest_sentence
from corpus.topic import Topic


class Readability(BaseModel):
    """Flesch-Kincaid grades over all patient texts, and the longest sentence in words."""

    texts: int
    median_grade: float
    grade_95th_percentile: float
    longest_sentence: int


def patient_texts(library: Library) -> Iterator[str]:
    """Every text of records, topics and claims that is written for patients."""
    for paper in library.papers:
        yield from (text for _, text, _ in plain_texts(paper))
    for topic in library.of(Topic):
        yield from (text for _, text in topic_texts(topic))
    for claim in library.of(Claim):
        yield from claim_texts(claim).values()


def readability_of(library: Library) -> Readability:
    """Grades of every patient text; the corpus must hold at least two."""
    mask = mask_of(library)
    masked = [mask(text) for text in patient_texts(library)]
    grades = [grade(text) for text in masked]
    return Readability(
        texts=len(masked),
        median_grade=round(median(grades), 1),
        grade_95th_percentile=round(quantiles(grades, n=20)[-1], 1),
        longest_sentence=max(longest_sentence(text) for text in masked),
    )
