"""Refusals about numbers: intervals, directions, counts and certainty words."""

from collections.abc import Iterator

from corpus.finding import DIFFERENCES, RATIOS, Finding
from corpus.paper import Paper
from corpus.reader import Problem

_MANY_STUDIES = ("umbrella_review", "evidence_map", "health_technology_assessment")
"""Kinds whose n_studies may count reviews, so that it can be below n_rcts."""


def interval_problems(file: str, finding: Finding) -> Iterator[Problem]:
    """A value outside its own confidence interval."""
    if finding.ci is None or finding.value is None or not finding.figures_shown:
        return
    if not finding.ci.low <= finding.value <= finding.ci.high:
        yield Problem(
            file=file,
            field=f"findings.{finding.key}.value",
            message=f"{finding.value:g} lies outside its interval {finding.ci.low:g} to "
            f"{finding.ci.high:g}; correct it from the source, or set show: suppressed with "
            "a caution",
        )


def direction_problems(file: str, finding: Finding) -> Iterator[Problem]:
    """`favours` against an interval that excludes no effect."""
    null = finding.no_effect
    if null is None or not finding.excludes_no_effect or finding.ci is None:
        return
    if not finding.figures_shown:
        return
    where = f"findings.{finding.key}.favours"
    if finding.favours == "neither":
        message = f"is 'neither', but the interval excludes no effect ({null:g})"
        yield Problem(file=file, field=where, message=f"{message}; correct favours or the interval")
        return
    if finding.better is None or finding.favours == "unclear":
        return
    higher = finding.ci.low > null
    expected = "ozone" if higher == (finding.better == "higher") else "comparator"
    if finding.favours != expected:
        yield Problem(
            file=file,
            field=where,
            message=f"is '{finding.favours}', but the interval lies on the side of {expected} "
            f"(better: {finding.better}); correct favours, better or the figures",
        )


def count_problems(file: str, record: Paper) -> Iterator[Problem]:
    """Counts that contradict each other, unless `counts_note` explains them."""
    for finding in record.findings:
        for arm in finding.arms:
            if arm.events > arm.total:
                yield Problem(
                    file=file,
                    field=f"findings.{finding.key}.arms",
                    message=f"{arm.name}: {arm.events} events in {arm.total} people; correct it",
                )
    if record.counts_note:
        return
    kind = getattr(record, "kind", "")
    pairs = [("n_rcts", record.n_rcts, record.n_studies)] if kind not in _MANY_STUDIES else []
    if kind not in _MANY_STUDIES:
        for finding in record.findings:
            where = f"findings.{finding.key}"
            pairs.append((f"{where}.n_studies", finding.n_studies, record.n_studies))
            pairs.append((f"{where}.n_participants", finding.n_participants, record.n_participants))
            total = sum(arm.total for arm in finding.arms) or None
            pairs.append((f"{where}.arms", total, record.n_participants))
    for field, part, whole in pairs:
        if part is not None and whole is not None and part > whole:
            yield Problem(
                file=file,
                field=field,
                message=f"{part} is more than the record's {whole}; correct one, or explain it "
                "in counts_note",
            )


def certainty_problems(file: str, record: Paper) -> Iterator[Problem]:
    """A certainty word in a record whose source used no certainty tool."""
    for finding in record.findings:
        if finding.certainty and not record.certainty_tool:
            yield Problem(
                file=file,
                field=f"findings.{finding.key}.certainty",
                message=f"'{finding.certainty}' is stated although the record names no "
                "certainty_tool; remove the word or name the tool the review used",
            )


def figure_caution_problems(file: str, finding: Finding) -> Iterator[Problem]:
    """Restricted figures need a reason; effect measures need a direction word they can carry."""
    if finding.show != "all" and not finding.caution:
        yield Problem(
            file=file,
            field=f"findings.{finding.key}.caution",
            message=f"show is '{finding.show}' without a caution; say why",
        )
    if finding.measure in RATIOS | DIFFERENCES and finding.value is None and finding.ci:
        yield Problem(
            file=file,
            field=f"findings.{finding.key}.value",
            message="an interval stands without a value; add the value or remove the interval",
        )
