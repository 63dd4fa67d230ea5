"""What `ozone eval` does: asks, scores, saves, prints, logs."""

import json
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Final

from rich.console import Console

from app.engine import Engine
from app.evaluate.adverts import ADVERTS, score_adverts
from app.evaluate.case import SUITES, EvaluationError, Part, load_cases
from app.evaluate.looks import log_look
from app.evaluate.ranking import SystemScore, compare
from app.evaluate.report import as_json as whole
from app.evaluate.report import save_answers, show_retrieval, show_scores
from app.evaluate.run import Evaluation, broken_floors, evaluate
from app.settings import Settings
from corpus.library import HOME

RETRIEVAL: Final = "retrieval"
RANKED: Final = ("questions", "claim-checks", "sources")
"""Suites whose questions name the records that a good answer rests on."""


def run_evaluation(
    settings: Settings,
    engine: Engine,
    suites: Sequence[str],
    *,
    locked: bool = False,
    folder: Path | None = None,
    save: Path | None = None,
    as_json: bool = False,
) -> bool:
    """Whether every floor held.

    Raises:
        EvaluationError: an unknown suite, or one that cannot be read.

    """
    if unknown := [name for name in suites if name not in (*SUITES, ADVERTS, RETRIEVAL)]:
        known = ", ".join((*SUITES, ADVERTS, RETRIEVAL))
        raise EvaluationError(f"there is no suite '{unknown[0]}'; there are {known}")
    home = folder or HOME.parent / "tests" / "evaluation"
    parts: tuple[Part, ...] = ("tune", "locked") if locked else ("tune",)
    asked = [name for name in SUITES if name in suites or not suites]
    console = Console(stderr=True)
    start = perf_counter()
    ranked: dict[str, list[SystemScore]] = {}
    with console.status("Reading the suites") as status:
        result = evaluate(engine, home, asked, parts, status.update) if asked else Evaluation()
        if ADVERTS in suites or not suites:
            result.scores += score_adverts(engine, home, parts, status.update)
            result.broken = broken_floors(home, result.scores)
        for half in parts if RETRIEVAL in suites or not suites else ():
            status.update(f"retrieval, {half}")
            cases = [case for suite in RANKED for case in load_cases(home, suite, half)]
            ranked[half] = compare(engine, cases)
    seconds = perf_counter() - start
    where = save or settings.data / "evaluation"
    save_answers(result, where)
    looked = ranked.get("locked")
    log_look(home, result.scores, {one.system: one.means for one in looked} if looked else None)
    if as_json:
        print(json.dumps(whole(result, ranked, seconds), indent=2, ensure_ascii=False))
    else:
        out = Console()
        show_scores(result, out)
        for half_name, scores in ranked.items():
            show_retrieval(scores, half_name, out)
        for question, text, reason in result.ungrounded[:20]:
            out.print(f"not grounded: {text} | {reason} | {question}", markup=False, style="red")
        out.print(f"{seconds:.0f} s. Answers are in {where}.", highlight=False)
    return not result.broken
