"""Systematic reviews of every kind: the only records that may settle whether something works."""

from corpus.paper import Paper
from corpus.vocabulary import ReviewKind


class Review(Paper):
    """A systematic review, meta-analysis, umbrella or scoping review, evidence map or HTA."""

    kind: ReviewKind
