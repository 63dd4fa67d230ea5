"""Milliseconds of one thing measured many times."""

import statistics
from collections.abc import Sequence

from pydantic import BaseModel


class Timing(BaseModel):
    """Milliseconds of one step over all questions."""

    p50: float
    p95: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> "Timing":
        """The median and 95th percentile of at least two values."""
        cuts = statistics.quantiles(milliseconds, n=20, method="inclusive")
        return cls(p50=round(statistics.median(milliseconds), 2), p95=round(cuts[18], 2))
