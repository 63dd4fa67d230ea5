"""Scores as tables and as JSON, and every answer on disk for reading."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app.evaluate.ranking import MEASURES, SystemScore
from app.evaluate.run import READING, Evaluation, Score


def show_scores(result: Evaluation, console: Console) -> None:
    """A table of every score, then the floors that were broken."""
    table = Table("suite", "part", "what", "right", "of", "share")
    for score in result.scores:
        if score.suite == READING:
            table.add_row(score.suite, score.part, score.mark, f"{score.right:g}", "", "")
            continue
        row = (f"{score.right:g}", f"{score.of:g}", f"{100 * score.share:.1f} %")
        table.add_row(score.suite, score.part, score.mark, *row)
    if result.scores:
        console.print(table)
    for floor, score in result.broken:
        bound = f"at least {floor.least}" if floor.least is not None else f"at most {floor.most}"
        console.print(
            f"{score.suite} ({score.part}): {score.mark} is {score.share:.3f}, must be {bound}",
            style="red",
            highlight=False,
        )


def show_retrieval(scores: Sequence[SystemScore], part: str, console: Console) -> None:
    """A table of the ways of searching, and how far ours is ahead."""
    table = Table("retrieval", *MEASURES, title=f"{part} part, 95 % bootstrap intervals")
    for score in scores:
        cells = [
            f"{mean:.3f} ({score.intervals[name][0]:.3f}-{score.intervals[name][1]:.3f})"
            for name, mean in score.means.items()
        ]
        table.add_row(score.system, *cells)
    console.print(table)
    for score in scores:
        for other, (mean, low, high) in score.ahead_of.items():
            console.print(
                f"nDCG@10 of {score.system} minus {other}: {mean:+.3f} ({low:+.3f} to {high:+.3f})",
                highlight=False,
            )


def as_json(
    result: Evaluation, retrieval: dict[str, list[SystemScore]], seconds: float
) -> dict[str, Any]:
    """Everything that was measured, as plain values."""
    return {
        "seconds": round(seconds, 1),
        "scores": [_score(score) for score in result.scores],
        "broken": [
            {"suite": score.suite, "part": score.part, "mark": score.mark, "share": score.share}
            for _, score in result.broken
        ],
        "ungrounded": [
            {"question": question, "statement": text, "reason": reason}
            for question, text, reason in result.ungrounded
        ],
        "retrieval": {
            part: [score.model_dump() for score in scores] for part, scores in retrieval.items()
        },
    }


def _score(score: Score) -> dict[str, Any]:
    return score.model_dump() | {"share": round(score.share, 4)}


def save_answers(result: Evaluation, folder: Path) -> None:
    """One JSON lines file a suite part: question, labels, faults and the whole answer.

    Answers of a locked part are not written out, so that nobody tunes on them by accident.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for (suite, part), judged in result.judged.items():
        if part == "locked":
            continue
        lines = [
            json.dumps(
                {
                    "faults": one.faults,
                    "case": one.case.model_dump(mode="json", exclude_defaults=True),
                    "answer": one.answer.model_dump(mode="json"),
                },
                ensure_ascii=False,
            )
            for one in judged
        ]
        (folder / f"{suite}.{part}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
