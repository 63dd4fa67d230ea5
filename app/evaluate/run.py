"""Asks every question of the suites and scores the answers."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import yaml
from pydantic import BaseModel, TypeAdapter

from app.answer import Answer
from app.engine import Engine
from app.evaluate.case import EvaluationError, Part, load_cases
from app.evaluate.grounding import Grounding, reading_grade, words_shown
from app.evaluate.judge import Judged, judge

GROUNDING: Final = "grounding"
READING: Final = "reading"
_SIGNIFICANT: Final = 4
Progress = Callable[[str], None]


class Score(BaseModel):
    """How often a mark was right in one part of one suite."""

    suite: str
    part: Part
    mark: str
    right: float
    of: float

    @property
    def share(self) -> float:
        """From 0 to 1; for reading scores the value itself."""
        return self.right / self.of if self.of else 1.0


class Floor(BaseModel):
    """The least (or most) that a score may be before `ozone eval` fails."""

    suite: str
    mark: str
    least: float | None = None
    most: float | None = None

    def broken_by(self, score: Score) -> bool:
        """Whether the score breaks this floor; False for scores of other marks."""
        if (score.suite, score.mark) != (self.suite, self.mark):
            return False
        share = round(score.share, _SIGNIFICANT)
        below = self.least is not None and share < self.least
        return below or (self.most is not None and share > self.most)


@dataclass
class Evaluation:
    """Everything that was asked, with its scores and the floors that were broken."""

    judged: dict[tuple[str, Part], list[Judged]] = field(default_factory=dict)
    scores: list[Score] = field(default_factory=list)
    ungrounded: list[tuple[str, str, str]] = field(default_factory=list)
    """Question, statement and reason."""
    broken: list[tuple[Floor, Score]] = field(default_factory=list)


_FLOORS: Final = TypeAdapter(list[Floor])


def load_floors(folder: Path) -> list[Floor]:
    """The floors of the suites; EvaluationError where the file is missing or wrong."""
    path = folder / "suites" / "floors.yaml"
    try:
        return _FLOORS.validate_python(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}") from None


def evaluate(
    engine: Engine,
    folder: Path,
    suites: Sequence[str],
    parts: Sequence[Part],
    progress: Progress = lambda _: None,
) -> Evaluation:
    """Asks and scores the named parts of the suites.

    Raises:
        EvaluationError: a suite cannot be read, or a locked one was changed.

    """
    result = Evaluation()
    grounding = Grounding(engine.library)
    for suite in suites:
        for part in parts:
            progress(f"{suite}, {part}")
            cases = load_cases(folder, suite, part)
            judged = [
                judge(case, engine.ask(case.question, case.history), dict(engine.library.aliases))
                for case in cases
            ]
            result.judged[suite, part] = judged
            result.scores += _marks(suite, part, judged)
    progress("grounding and reading")
    for part in parts:
        here = [one for (_, p), judged in result.judged.items() if p == part for one in judged]
        result.scores += _grounded(grounding, part, here, result.ungrounded)
        result.scores += _reading(engine, part, here)
    if any(result.judged.values()):
        result.broken = broken_floors(folder, result.scores)
    return result


def broken_floors(folder: Path, scores: Sequence[Score]) -> list[tuple[Floor, Score]]:
    """Every floor that a score breaks; EvaluationError where the floors cannot be read."""
    floors = load_floors(folder)
    return [(floor, score) for score in scores for floor in floors if floor.broken_by(score)]


def _marks(suite: str, part: Part, judged: Sequence[Judged]) -> list[Score]:
    counted: dict[str, list[bool]] = defaultdict(list)
    for one in judged:
        for mark, right in one.marks.items():
            counted[mark].append(right)
    return [
        Score(suite=suite, part=part, mark=mark, right=sum(marks), of=len(marks))
        for mark, marks in counted.items()
    ]


def _grounded(
    grounding: Grounding,
    part: Part,
    judged: Sequence[Judged],
    ungrounded: list[tuple[str, str, str]],
) -> list[Score]:
    said = faulty = 0
    for one in judged:
        said += grounding.count(one.answer)
        for fault in grounding.faults(one.answer):
            faulty += 1
            ungrounded.append((one.case.question, fault.text, fault.reason))
    mark = "statements_pass"
    return [Score(suite=GROUNDING, part=part, mark=mark, right=said - faulty, of=said)]


def _reading(engine: Engine, part: Part, judged: Sequence[Judged]) -> list[Score]:
    read = [one.answer for one in judged if one.answer.status in ("answered", "partial")]
    grades = [g for answer in read if (g := reading_grade(answer, engine.library)) is not None]
    if len(grades) < 2:
        return []
    lengths = [words_shown(answer) - 60 * max(0, _lines(answer) - 1) for answer in read]
    values = {
        "median_grade": median(grades),
        "grade_95th_percentile": quantiles(grades, n=20)[-1],
        "words_median": median(lengths),
        "words_95th_percentile": quantiles(lengths, n=20)[-1],
    }
    return [
        Score(suite=READING, part=part, mark=mark, right=round(value, 2), of=1)
        for mark, value in values.items()
    ]


def _lines(answer: Answer) -> int:
    """How many topics an answer speaks of: 60 more words are allowed for each but the first."""
    return len({s.topic for s in answer.section("short_answer") if s.topic})
