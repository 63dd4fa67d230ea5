"""Every statement is held against its passages before it is shown; one that fails is dropped."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.answer import Statement
from corpus.check_language import mask_of
from corpus.figures import figures_in
from corpus.library import Library
from corpus.wording import Wording
from ingest.passages import Passage


@dataclass(frozen=True)
class Dropped:
    """A statement that was not shown, and why."""

    statement: Statement
    reason: str


class Verifier:
    """Checks that need only the statement and the passages it cites."""

    def __init__(
        self, library: Library, figures_of_source: Callable[[str], frozenset[str]]
    ) -> None:
        """`figures_of_source`: the figures on a source's card (year, people, studies)."""
        self._unsafe = unsafe_pattern(library.wording)
        self._figures_of_source = figures_of_source
        # "type 1 diabetes" holds no figure: names are masked before figures are read.
        self._mask = mask_of(library)

    def fault(self, statement: Statement, passages: Mapping[str, Passage]) -> str | None:
        """Why the statement may not be shown, or None."""
        if missing := [id_ for id_ in statement.citations if id_ not in passages]:
            return f"cites {missing[0]}, which was not retrieved"
        if self._unsafe.search(statement.text):
            return "gives a dose or an instruction on treatment"
        known: set[str] = set()
        for id_ in statement.citations:
            passage = passages[id_]
            known |= figures_in(f"{passage.text} {passage.clinical} {passage.locator}")
            known |= self._figures_of_source(passage.source_id)
        # Masking is the slow part and rarely needed: only when a figure is not found as it stands.
        if figures_in(statement.text) <= known:
            return None
        if strange := figures_in(self._mask(statement.text)) - known:
            return f"the figure {sorted(strange)[0]} stands in no cited passage"
        return None

    def kept(
        self, statements: Sequence[Statement], passages: Mapping[str, Passage]
    ) -> tuple[tuple[Statement, ...], list[Dropped]]:
        """The statements that pass, and those that do not."""
        kept: list[Statement] = []
        dropped: list[Dropped] = []
        for statement in statements:
            if reason := self.fault(statement, passages):
                dropped.append(Dropped(statement, reason))
            else:
                kept.append(statement)
        return tuple(kept), dropped


def unsafe_pattern(wording: Wording) -> re.Pattern[str]:
    """Treatment strengths, volumes and instructions that no plain text may hold."""
    units = "|".join(wording.unsafe.units)
    phrases = "|".join(wording.unsafe.phrases)
    return re.compile(rf"\d\s*(?:{units})\b|\b(?:{phrases})\b", re.IGNORECASE)
