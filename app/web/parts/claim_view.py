"""Claims of the register as the templates need them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from app.sources import cited_passages, sources_of
from app.web.parts.advert_view import shares
from app.web.parts.answer_view import templates
from app.web.parts.marks import SHAPES, Marks
from app.web.parts.source_view import source_card
from corpus.claim import Claim
from corpus.library import Library
from ingest.index import Index

_TITLE: Final = "claims.html.j2"


def register_html(library: Library, index: Index, claims: Sequence[Claim], uid: str) -> str:
    """These claims as escaped HTML, each with its sources. `uid` is unique on the page."""
    ids = [id_ for claim in claims for id_ in claim.explanation.finding_ids]
    cited = tuple(dict.fromkeys(id_ for id_ in ids if id_ in index.passages))
    passages = cited_passages(library, cited, index.passages, ())
    sources = sources_of(library, passages)
    marks = Marks(sources, passages, library.wording)
    view = {
        "uid": uid,
        "alone": len(claims) == 1,
        "claims": [_claim(library, claim, marks, set(cited)) for claim in claims],
        "passages": [p.model_dump() for p in passages],
        "sources": [
            source_card(s, [p.id for p in passages if p.source_id == s.id], library.wording)
            for s in sources
        ],
    }
    return templates().get_template(_TITLE).render(view=view, labels=library.wording.labels)


def share_html(library: Library) -> str:
    """The share of verdicts over the whole register: a picture with words."""
    counted = Counter(claim.verdict for claim in library.claims.values())
    caption = library.wording.labels["claims_share"].format(count=len(library.claims))
    parts = shares(counted, library.wording)
    return templates().get_template("share_alone.html.j2").render(parts=parts, caption=caption)


def _claim(library: Library, claim: Claim, marks: Marks, cited: set[str]) -> dict[str, Any]:
    wording = library.wording
    page = library[claim.page]
    techniques = [wording.techniques[technique] for technique in claim.technique]
    labels = wording.labels
    return {
        "id": claim.id,
        "claim": claim.claim,
        "fact": claim.fact,
        "verdict": claim.verdict,
        "verdict_label": wording.verdicts[claim.verdict].label,
        "verdict_plain": wording.verdicts[claim.verdict].plain,
        "shape": SHAPES[claim.verdict],
        "techniques": [technique.label for technique in techniques],
        "technique_texts": [technique.plain for technique in techniques],
        "explanation": claim.explanation.plain,
        "clinical": claim.explanation.clinical,
        "marks": marks.of([id_ for id_ in claim.explanation.finding_ids if id_ in cited]),
        "ask": claim.ask,
        "topics": [library.topics[id_].name for id_ in claim.topics],
        "looked_for": [
            labels["claims_until"].format(what=one.what, until=one.until)
            for one in claim.looked_for
        ],
        "found": [found for one in claim.looked_for for found in one.found],
        "origin": labels["claims_from"].format(
            title=page.title, date=page.read_on, section=claim.locator.section
        ),
    }
