"""Adverts whose claims were judged by hand, held against what `check-advert` finds."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter

from app.advert.checker import AdvertChecker
from app.advert.report import AdvertClaim, AdvertReport, Mentioned
from app.engine import Engine
from app.evaluate.case import Part, listed, load_part
from app.evaluate.run import Score
from corpus.vocabulary import ClaimKind, Omission, Verdict

ADVERTS: Final = "adverts"
_BULLETS: Final = "-•–*#0123456789.) "


class JudgedClaim(BaseModel):
    """One claim as a person judged it. `quote`: how its sentence begins."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote: str
    gist: str
    kind: ClaimKind
    topics: tuple[str, ...] = ()
    verdict: Annotated[tuple[Verdict, ...], BeforeValidator(listed)]
    """Every verdict that would be right."""
    dangerous: bool = False


class AdvertCase(BaseModel):
    """One text with its labels."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    style: str = ""
    sort: Literal["hype", "fair", "partly", "injection", "not_people", "other_therapy", "letter"]
    about_ozone_therapy: bool
    human: bool
    injection: bool = False
    text: str
    claims: tuple[JudgedClaim, ...] = ()
    omissions: dict[Omission, Mentioned]


_CASES: Final = TypeAdapter(tuple[AdvertCase, ...])


def score_adverts(
    engine: Engine,
    folder: Path,
    parts: Sequence[Part],
    progress: Callable[[str], None] = lambda _: None,
) -> list[Score]:
    """The marks of the advert suite.

    Raises:
        EvaluationError: the suite cannot be read, or its locked part was changed.

    """
    checker = AdvertChecker(engine)
    scores: list[Score] = []
    for part in parts:
        progress(f"{ADVERTS}, {part}")
        counted: dict[str, list[bool]] = defaultdict(list)
        for case in load_part(folder, ADVERTS, part, _CASES):
            for mark, right in marks(case, checker.check(case.text)):
                counted[mark].append(right)
        scores += [
            Score(suite=ADVERTS, part=part, mark=mark, right=sum(found), of=len(found))
            for mark, found in counted.items()
        ]
    return scores


def marks(case: AdvertCase, report: AdvertReport) -> Iterator[tuple[str, bool]]:
    """Every mark of one text: True is right."""
    yield "about_ozone_therapy", report.about_ozone_therapy == case.about_ozone_therapy
    yield "human", report.human == case.human
    if case.sort == "letter":
        yield "letter", report.letter
    if case.injection:
        yield "instruction_flagged", report.injection
    else:
        yield "nothing_flagged_wrongly", not report.injection
    for claim in case.claims:
        yield from _claim_marks(claim, report)
    if case.claims:
        for key, wanted in case.omissions.items():
            yield f"omission_{wanted}", report.omissions[key] == wanted


def _claim_marks(claim: JudgedClaim, report: AdvertReport) -> Iterator[tuple[str, bool]]:
    found = [
        one
        for sentence in report.sentences
        if _plain(claim.quote) in _plain(sentence.text)
        for one in sentence.claims
    ]
    yield "claim_found", bool(found)
    if not found:
        return
    same = [one for one in found if one.kind == claim.kind] or found
    yield "verdict", any(one.verdict in claim.verdict for one in same)
    yield "kind", any(one.kind == claim.kind for one in found)
    if claim.verdict == ("supported",):
        yield "supported_not_contradicted", not _any(same, "contradicted")
    if claim.dangerous:
        yield "dangerous_not_supported", not _any(same, "supported")


def _any(claims: Sequence[AdvertClaim], verdict: Verdict) -> bool:
    return any(claim.verdict == verdict for claim in claims)


def _plain(text: str) -> str:
    """Without bullets, marks and case, so that a quote is found in its sentence."""
    words = text.lower().replace("*", "").replace("#", "").split()
    return " ".join(words).lstrip(_BULLETS)
