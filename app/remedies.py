"""Whether a question that leaves the therapy unnamed asks about another treatment instead."""

from collections.abc import Sequence
from typing import Final

from app.cues import CueList, Reading, Span
from corpus.library import Library
from corpus.triage import Scope

_REACH: Final = 3
"""Words between "I tried" and what was tried, or between two of a list ("gel and then tablets")."""


class Remedies:
    """The corpus's names of what is not the therapy, and the words that put it behind somebody."""

    def __init__(self, library: Library) -> None:
        """Reads them from the library."""
        scopes = library.of(Scope)
        self.elsewhere = tuple(cue for scope in scopes for cue in scope.remedies)
        """What never stands in a conversation about the therapy."""
        self._treatments = tuple(cue for scope in scopes for cue in scope.treatments)
        self._tried = tuple(cue for scope in scopes for cue in scope.tried)
        self._failed = tuple(cue for scope in scopes for cue in scope.failed)
        self._names = CueList([*self.elsewhere, *self._treatments])
        self.cues = (*self.elsewhere, *self._treatments, *self._tried, *self._failed)

    def asked_for(self, reading: Reading, asking: Sequence[tuple[int, int]] = ()) -> bool:
        """Whether another treatment is named that is not only told to have been tried.

        `asking`: first word and end of each sentence that asks, if any; others only tell.
        """
        named = {span for _, span in self._names.find(reading)}
        if asking:
            named = {span for span in named if any(a <= span.start < b for a, b in asking)}
        left = _beyond(named, [s for cue in self._tried for s in reading.find(cue)], after=True)
        left = _beyond(left, [s for cue in self._failed for s in reading.find(cue)], after=False)
        return bool(left)


def _beyond(named: set[Span], words: list[Span], *, after: bool) -> set[Span]:
    """The names that stand neither close after (or before) the words nor in a list that does."""
    left = set(named)
    reached = words
    while reached:
        reached = [
            name
            for name in left
            if any(
                (name.start - span.end if after else span.start - name.end) in range(_REACH)
                for span in reached
            )
        ]
        left -= set(reached)
    return left
