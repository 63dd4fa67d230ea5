"""The report on an advert as the template needs it: labels resolved, nothing to decide."""

from collections import Counter
from typing import Any, Final

from app.advert.report import AdvertClaim, AdvertReport, AdvertSentence
from app.web.parts.answer_view import templates
from app.web.parts.marks import SHAPES, Marks
from app.web.parts.source_view import source_card
from corpus.vocabulary import OMISSIONS, Verdict
from corpus.wording import Wording

ORDER: Final[tuple[Verdict, ...]] = (
    "contradicted",
    "overstated",
    "unproven",
    "not_located",
    "too_vague",
    "supported",
)
"""Verdicts in the order in which a share of them is drawn."""


def advert_html(report: AdvertReport, wording: Wording, uid: str) -> str:
    """The report as escaped HTML. `uid` is unique on the page."""
    view = _View(report, wording, uid).as_dict()
    return templates().get_template("advert.html.j2").render(view=view, labels=wording.labels)


def shares(verdicts: Counter[Verdict], wording: Wording) -> list[dict[str, Any]]:
    """How many claims have each verdict, as parts of a bar with words."""
    whole = sum(verdicts.values())
    return [
        {
            "verdict": verdict,
            "shape": SHAPES[verdict],
            "label": wording.verdicts[verdict].label,
            "plain": wording.verdicts[verdict].plain,
            "count": verdicts[verdict],
            "share": f"{100 * verdicts[verdict] / whole:.2f}",
        }
        for verdict in ORDER
        if verdicts[verdict]
    ]


class _View:
    def __init__(self, report: AdvertReport, wording: Wording, uid: str) -> None:
        self._report = report
        self._wording = wording
        self._labels = wording.labels
        self._uid = uid
        self._marks = Marks(report.sources, report.passages, wording).of

    def as_dict(self) -> dict[str, Any]:
        report = self._report
        sources = [self._source(source.id) for source in report.sources]
        count = "one" if len(sources) == 1 else "many"
        claims = Counter(claim.verdict for claim in report.claims)
        return {
            "uid": self._uid,
            "summary": report.summary,
            "injection": report.injection,
            "shortened": report.shortened,
            "shares": shares(claims, self._wording),
            "sentences": [self._sentence(sentence) for sentence in report.sentences],
            "judged": report.about_ozone_therapy and not report.letter,
            "omissions": self._omissions(),
            "questions": report.questions,
            "passages": [p.model_dump() for p in report.passages],
            "sources": sources,
            "sources_count": self._labels[f"sources_{count}"].format(count=len(sources)),
        }

    def _sentence(self, sentence: AdvertSentence) -> dict[str, Any]:
        return {
            "text": sentence.text,
            "heading": sentence.heading,
            "instruction": sentence.instruction,
            "claims": [self._claim(claim) for claim in sentence.claims],
        }

    def _claim(self, claim: AdvertClaim) -> dict[str, Any]:
        techniques = [self._wording.techniques[technique] for technique in claim.technique]
        return {
            "gist": claim.gist,
            "verdict": claim.verdict,
            "verdict_label": self._wording.verdicts[claim.verdict].label,
            "shape": SHAPES[claim.verdict],
            "techniques": [technique.label for technique in techniques],
            "technique_texts": [technique.plain for technique in techniques],
            "explanation": claim.explanation,
            "clinical": claim.clinical or claim.explanation,
            "marks": self._marks(claim.citations),
            "dangerous": claim.dangerous,
            "address": f"claims?claim={claim.claim_id}" if claim.claim_id else "",
        }

    def _omissions(self) -> list[dict[str, Any]]:
        return [
            {
                "label": self._wording.omissions[key].label,
                "plain": self._wording.omissions[key].plain,
                "mark": self._report.omissions[key],
            }
            for key in OMISSIONS
        ]

    def _source(self, source_id: str) -> dict[str, Any]:
        source = next(one for one in self._report.sources if one.id == source_id)
        passages = [p.id for p in self._report.passages if p.source_id == source_id]
        return source_card(source, passages, self._wording)
