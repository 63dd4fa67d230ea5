"""Single studies kept for context; shown as *not a review* wherever they appear."""

from corpus.paper import Paper
from corpus.vocabulary import StudyKind


class Study(Paper):
    """A trial, observational study, case report, animal study or narrative review."""

    kind: StudyKind
