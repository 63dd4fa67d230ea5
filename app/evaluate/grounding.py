"""Whether each statement of an answer rests on what it cites, judged from the answer alone.

Written apart from `app.verify`, which decides what is shown: an error there is to be seen here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.answer import Answer, Statement
from corpus.check_language import mask_of
from corpus.figures import figures_in
from corpus.finding import Finding
from corpus.library import Library
from corpus.paper import Paper
from corpus.reading import grade, words

_CITED: Final = ("short_answer", "findings", "harms")


@dataclass(frozen=True)
class Ungrounded:
    """A statement with what is wrong about it."""

    text: str
    reason: str


class Grounding:
    """Checks keys, figures, advice and strengths of every statement that an answer shows."""

    def __init__(self, library: Library) -> None:
        """Reads what no plain text may hold from the corpus."""
        self._library = library
        self._mask = mask_of(library)
        # What was searched for a reference, and found, stands with the claim that leans on it.
        self._looked_up = {
            claim.fact: figures_in(" ".join(str(search) for search in claim.looked_for))
            for claim in library.claims.values()
        }
        unsafe = library.wording.unsafe
        units, phrases = "|".join(unsafe.units), "|".join(unsafe.phrases)
        self._strength = re.compile(rf"\d[\d.,]*\s*(?:{units})\b", re.IGNORECASE)
        self._instruction = re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE)

    def count(self, answer: Answer) -> int:
        """How many statements an answer shows."""
        return sum(1 for _ in _statements(answer))

    def faults(self, answer: Answer) -> list[Ungrounded]:
        """Every statement that does not stand on its passages, with the reason."""
        found = []
        for kind, statement in _statements(answer):
            if reason := self._fault(answer, kind, statement):
                found.append(Ungrounded(statement.text, reason))
        return found

    def _fault(self, answer: Answer, kind: str, statement: Statement) -> str | None:
        if kind in _CITED and not statement.citations:
            return "cites nothing"
        if reason := _unkept(answer, kind, statement):
            return reason
        if self._strength.search(statement.text) or self._instruction.search(statement.text):
            return "gives a strength, a volume or an instruction"
        held: set[str] = set()
        for passage in answer.passages:
            if passage.id in statement.citations:
                held |= figures_in(f"{passage.text} {passage.clinical}")
                held |= self._card(passage.source_id)
        if kind == "contrast":
            held |= self._looked_up.get(statement.text, frozenset())
        if strange := figures_in(self._mask(statement.text)) - held:
            return f"the figure {sorted(strange)[0]} stands in nothing that it cites"
        return self._turned(statement)

    def _card(self, source_id: str) -> set[str]:
        """The figures of a record's identity, counts, dates and notes."""
        record = self._library.records.get(source_id.removeprefix("search-"))
        if record is None:
            return set()
        fields = record.model_dump(mode="json", exclude={"findings"}, exclude_none=True)
        if not isinstance(record, Paper):
            fields = {"search": fields.get("search")}
        return set(figures_in(str(fields)))

    def _turned(self, statement: Statement) -> str | None:
        """A finding's own sentence may not be cited for a finding that points the other way."""
        points = [self._library.points.get(id_) for id_ in statement.citations]
        said = [p.finding for p in points if p and p.finding.plain == statement.text]
        others = [p.finding for p in points if p and p.finding.plain != statement.text]
        for finding in said:
            if any(_opposed(finding, other) for other in others):
                return "cites a finding that points the other way"
        return None


def _unkept(answer: Answer, kind: str, statement: Statement) -> str | None:
    """A key that leads nowhere, or to advert text."""
    passages = {passage.id: passage for passage in answer.passages}
    sources = {source.id for source in answer.sources}
    for id_ in statement.citations:
        if id_ not in passages:
            return f"cites {id_}, which the answer does not hold"
        if passages[id_].source_id not in sources:
            return f"cites {id_}, whose source card is missing"
        if kind != "contrast" and passages[id_].lane == "marketing":
            return f"leans on advert text ({id_})"
    return None


def _opposed(one: Finding, other: Finding) -> bool:
    same = one.outcome == other.outcome and one.comparator == other.comparator
    return same and {one.favours, other.favours} == {"ozone", "comparator"}


def _statements(answer: Answer) -> Iterator[tuple[str, Statement]]:
    for section in answer.sections:
        for statement in section.statements:
            yield section.kind, statement
    for cell in answer.cells:
        for statement in cell.statements:
            yield "cell", statement


def reading_grade(answer: Answer, library: Library) -> float | None:
    """The Flesch-Kincaid grade of what a patient reads first, names masked; None without text."""
    text = " ".join(_read_first(answer))
    return grade(mask_of(library)(text)) if text else None


def words_shown(answer: Answer) -> int:
    """How many words a patient reads before anything is opened."""
    return sum(len(words(text)) for text in _read_first(answer))


def _read_first(answer: Answer) -> list[str]:
    """What a patient reads before anything is opened."""
    kinds = (*_CITED, "unknowns")
    return [s.text for part in answer.sections if part.kind in kinds for s in part.statements]
