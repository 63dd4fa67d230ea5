"""The clinical line of a finding, rendered from its fields so that it cannot disagree with them."""

from collections.abc import Mapping
from decimal import Decimal

from corpus.finding import Finding


def number(value: float) -> str:
    """A figure without a trailing `.0`, thousands separated."""
    whole = Decimal(repr(value)).normalize()
    return f"{whole:,f}"


def _estimate(finding: Finding) -> str | None:
    if finding.value is None or finding.measure == "narrative":
        return None
    unit = finding.unit
    if finding.measure == "percent":
        text = f"{number(finding.value)} %"
        unit = unit.removeprefix("%").strip() if unit else None
    elif finding.measure == "count":
        text = number(finding.value)
    else:
        text = f"{finding.measure} {number(finding.value)}"
    if unit:
        text += f" {unit}"
    if finding.ci:
        level = number(finding.ci.level)
        text += f" ({level} % CI {number(finding.ci.low)} to {number(finding.ci.high)})"
    return text


def clinical_line(finding: Finding, labels: Mapping[str, str]) -> str:
    """Outcome, comparator, time, effect estimate, heterogeneity, size, direction and certainty.

    `labels` are the wording's: `favours_ozone`, `favours_comparator`, `favours_neither`, and
    `favours_other` for a finding on another treatment than the corpus is about.

    Figures that are suppressed or direction-only are replaced by the reason for it; cautioned
    ones carry their caution.
    """
    head = finding.outcome[0].upper() + finding.outcome[1:]
    if finding.comparator:
        head += f" vs {finding.comparator}"
    if finding.timepoint:
        head += f", {finding.timepoint}"
    parts: list[str] = []
    if finding.figures_shown:
        if estimate := _estimate(finding):
            parts.append(estimate)
            if finding.p:
                parts.append(f"p {finding.p}" if finding.p[0] in "<>=" else f"p = {finding.p}")
            if finding.i2 is not None:
                parts.append(f"I² {number(finding.i2)} %")
        elif finding.statement:
            parts.append(finding.statement.rstrip("."))
        parts += [f"{arm.name} {arm.events}/{arm.total}" for arm in finding.arms]
    if finding.n_studies is not None:
        parts.append(f"{finding.n_studies} {'study' if finding.n_studies == 1 else 'studies'}")
    if finding.n_participants is not None:
        parts.append(f"n = {finding.n_participants:,}")
    if finding.favours != "unclear" and finding.kind in ("effect", "marker", "harm"):
        other = finding.intervention == "other" and finding.favours == "ozone"
        parts.append(labels["favours_other" if other else f"favours_{finding.favours}"])
    if finding.certainty:
        parts.append(f"certainty: {finding.certainty.replace('_', ' ')}")
    line = f"{head}: {'; '.join(parts)}." if parts else f"{head}."
    if finding.caution:
        line += f" Caution: {finding.caution}"
    return line
