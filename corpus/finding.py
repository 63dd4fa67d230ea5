"""One result inside a record: the smallest thing an answer can cite."""

from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints, model_validator

from corpus.model import Record, Text
from corpus.vocabulary import (
    Better,
    Design,
    Favours,
    FindingKind,
    GradeWord,
    Intervention,
    Measure,
    Show,
)

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]

RATIOS: frozenset[str] = frozenset({"RR", "OR", "HR"})
DIFFERENCES: frozenset[str] = frozenset({"MD", "SMD", "RD"})

_WITHHELD: Final = ("value", "ci", "p", "i2", "arms", "statement")
"""What no view and no export shows of a finding whose figures are withheld."""


class Interval(Record):
    """A confidence interval, 95 % unless `level` says otherwise."""

    low: float
    high: float
    level: float = 95

    @model_validator(mode="after")
    def _ordered(self) -> "Interval":
        if self.low > self.high:
            raise ValueError("the lower bound is above the upper bound; swap or correct them")
        return self


class Arm(Record):
    """How many of how many people had the event in one group."""

    name: Text
    events: int = Field(ge=0)
    total: int = Field(gt=0)


class Scale(Record):
    """The scale an outcome was measured on, with the smallest change people notice."""

    low: float
    high: float
    smallest_noticeable: float | None = None
    source: Text


class Finding(Record):
    """One result: what was measured, against what, what came out, and how to say it.

    `plain` is the patient's sentence. The clinical line is rendered from the other fields, so
    the two cannot disagree. `show` other than `all` needs a `caution` that says why.
    """

    key: Key
    kind: FindingKind
    outcome: Text
    plain: Text | None = None
    statement: Text | None = None
    intervention: Intervention = "ozone"
    design: Design | None = None
    comparator: Text | None = None
    timepoint: Text | None = None
    measure: Measure = "narrative"
    value: float | None = None
    ci: Interval | None = None
    unit: Text | None = None
    p: Text | None = None
    i2: float | None = Field(default=None, ge=0, le=100)
    n_studies: int | None = Field(default=None, ge=0)
    n_participants: int | None = Field(default=None, ge=0)
    arms: tuple[Arm, ...] = ()
    favours: Favours = "unclear"
    better: Better | None = None
    scale: Scale | None = None
    certainty: GradeWord | None = None
    show: Show = "all"
    caution: Text | None = None

    @property
    def figures_shown(self) -> bool:
        """Whether value and interval may stand in any view at all."""
        return self.show in ("all", "clinical")

    @property
    def shown_fields(self) -> dict[str, Any]:
        """The fields as plain values, withheld figures emptied: what a view or export may use."""
        fields = self.model_dump(mode="json")
        return fields if self.figures_shown else fields | dict.fromkeys(_WITHHELD)

    @property
    def no_effect(self) -> float | None:
        """The value of the measure that means no effect: 1 for ratios, 0 for differences."""
        if self.measure in RATIOS:
            return 1.0
        return 0.0 if self.measure in DIFFERENCES else None

    @property
    def excludes_no_effect(self) -> bool | None:
        """Whether the interval excludes no effect; None where that cannot be said."""
        if self.ci is None or self.no_effect is None:
            return None
        return not self.ci.low <= self.no_effect <= self.ci.high
