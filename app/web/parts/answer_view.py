"""An answer as the template needs it: labels resolved, citations numbered, nothing to decide."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader

from app.answer import Answer, Cell, ContrastItem, SectionKind, Source, Statement
from app.show import counted_line
from app.web.parts.marks import SHAPES, Marks
from app.web.parts.source_view import source_card
from corpus.wording import Wording

FOLDER = Path(__file__).resolve().parent
_LISTED: Final[tuple[SectionKind, ...]] = (
    "note",
    "findings",
    "harms",
    "unknowns",
    "questions_to_ask",
)


@cache
def templates() -> Environment:
    """Our templates; what goes into them is escaped."""
    return Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def answer_html(answer: Answer, wording: Wording, uid: str, date: str) -> str:
    """The answer as escaped HTML. `uid` is unique on the page; `date` when the index was built."""
    view = _View(answer, wording, uid, date).as_dict()
    return templates().get_template("answer.html.j2").render(view=view, labels=wording.labels)


class _View:
    def __init__(self, answer: Answer, wording: Wording, uid: str, date: str) -> None:
        self._answer = answer
        self._wording = wording
        self._labels = wording.labels
        self._uid = uid
        self._date = date
        self._marks = Marks(answer.sources, answer.passages, wording).of

    def as_dict(self) -> dict[str, Any]:
        answer = self._answer
        sections: dict[str, list[dict[str, Any]]] = {
            kind: [self._statement(s) for s in answer.section(kind)] for kind in _LISTED
        }
        more = len(answer.contrast) - 1
        return {
            "uid": self._uid,
            "question": answer.question,
            "status": answer.status,
            "urgent": self._urgent(),
            "sections": sections,
            "short": (short := self._short()),
            "language": answer.language,
            "notes_first": not short or answer.language != "en",
            "claim_first": "claim_check" in answer.intents,
            "contrast": [self._claim(item) for item in answer.contrast],
            "more_claims": self._counted("claims", more),
            "passages": [p.model_dump() for p in answer.passages],
            "cells": [self._cell(cell) for cell in answer.cells],
            "applies_to": answer.applies_to,
            "cells_open": "decision" in answer.intents,
            "places": self._places(),
            "sources": [self._source(source) for source in answer.sources],
            "sources_count": self._counted("sources", len(answer.sources)),
            "related": answer.related,
            "date_note": self._labels["date_note"].format(date=self._date),
        }

    def _counted(self, noun: str, count: int) -> str:
        return self._labels[f"{noun}_{'one' if count == 1 else 'many'}"].format(count=count)

    def _statement(self, statement: Statement) -> dict[str, Any]:
        return {
            "text": statement.text,
            "clinical": statement.clinical,
            "marks": self._marks(statement.citations),
        }

    def _short(self) -> list[dict[str, Any]]:
        """Bottom lines, each with its marks and the cautions that follow it."""
        blocks: list[dict[str, Any]] = []
        for statement in self._answer.section("short_answer"):
            if statement.topic is None and blocks:
                blocks[-1]["cautions"].append(self._statement(statement))
                continue
            block: dict[str, Any] = {"statement": self._statement(statement), "cautions": []}
            if statement.certainty:
                words = self._wording.certainty[statement.certainty]
                block["certainty"] = words.label
                filled = words.circles
                block["circles"] = "●" * filled + "○" * (4 - filled) if filled else ""
                if statement.agreement not in (None, "none"):
                    block["agreement"] = self._wording.agreement[statement.agreement].label
                if statement.agreement_basis:
                    block["counted"] = counted_line(statement.agreement_basis, self._labels)
            blocks.append(block)
        return blocks

    def _cell(self, cell: Cell) -> dict[str, Any]:
        return {
            "kind": cell.kind,
            "name": self._labels[cell.kind],
            "statements": [self._statement(statement) for statement in cell.statements],
            "empty": cell.empty,
        }

    def _places(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Official places by country, dated."""
        countries: dict[str, list[dict[str, Any]]] = {}
        for place in self._answer.help:
            seen = self._labels["help_seen"].format(date=place.seen_on)
            countries.setdefault(place.country, []).append({**place.model_dump(), "seen": seen})
        return list(countries.items())

    def _source(self, source: Source) -> dict[str, Any]:
        passages = [p.id for p in self._answer.passages if p.source_id == source.id]
        return source_card(source, passages, self._wording)

    def _urgent(self) -> dict[str, Any] | None:
        urgent = self._answer.urgent
        if urgent is None:
            return None
        countries: dict[str, list[dict[str, str]]] = {}
        for help_ in urgent.numbers:
            countries.setdefault(help_.country, []).append(
                {"number": help_.number, "name": help_.name}
            )
        return {
            "level": urgent.level,
            "message": urgent.message,
            "action": urgent.action,
            "countries": list(countries.items()),
        }

    def _claim(self, item: ContrastItem) -> dict[str, Any]:
        verdict = self._wording.verdicts[item.verdict]
        techniques = [self._wording.techniques[technique] for technique in item.technique]
        return {
            "fact": item.fact,
            "fact_marks": self._marks(item.citations[1:]),
            "claim": item.claim,
            "claim_marks": self._marks(item.citations[:1]),
            "verdict": item.verdict,
            "verdict_label": verdict.label,
            "shape": SHAPES[item.verdict],
            "techniques": [technique.label for technique in techniques],
            "technique_texts": [technique.plain for technique in techniques],
            "explanation": item.explanation,
            "clinical": item.clinical,
            "ask": item.ask,
        }
