"""A source card as the template needs it: what was read, by whom, how far it can be trusted."""

from typing import Any

from app.answer import Source
from app.show import link_of
from corpus.wording import Wording


def source_card(source: Source, passage_ids: list[str], wording: Wording) -> dict[str, Any]:
    """One card; `passage_ids` are the passages of this source that the answer cites."""
    labels = wording.labels
    authors = ", ".join(source.authors[:3]) + (" et al." if len(source.authors) > 3 else "")
    byline = ". ".join(
        part for part in (authors.rstrip("."), str(source.year or ""), source.journal) if part
    )
    link_label = labels["link_official"]
    if source.doi:
        link_label = f"{labels['link_doi']}: {source.doi}"
    elif source.pmid:
        link_label = f"{labels['link_pubmed']}: {source.pmid}"
    record = source.kind not in ("search", "topic", "marketing")
    signed = labels["signed_off"] if source.signed_off else labels["not_signed_off"]
    return {
        "n": source.n,
        "title": source.title,
        "byline": byline,
        "kind_label": wording.kinds[source.kind].label,
        "passages": " ".join(passage_ids),
        "retracted": source.retracted,
        "facts": _facts(source, wording) if record else [],
        "link": link_of(source),
        "link_label": link_label,
        "signed": signed if record else wording.kinds[source.kind].plain,
    }


def _facts(source: Source, wording: Wording) -> list[tuple[str, str]]:
    labels = wording.labels
    unknown = labels["not_stated"]
    read = wording.depths[source.depth].plain if source.depth else unknown  # type: ignore[index]
    if source.second_hand:
        read += " " + labels["second_hand"]
    facts = [
        (labels["read_as"], read),
        (labels["studies"], str(source.n_studies) if source.n_studies else unknown),
        (labels["people"], f"{source.n_participants:,}" if source.n_participants else unknown),
        (labels["searched"], source.search_until or unknown),
        (labels["funding"], source.funding or unknown),
    ]
    if source.conflicts:
        facts.append((labels["conflicts"], source.conflicts))
    if source.risk_of_bias_tool:
        facts.append((labels["bias_tool"], source.risk_of_bias_tool))
    facts += [
        (labels["appraised"], labels["appraisal"].format(**appraisal.model_dump()))
        for appraisal in source.appraisals
    ]
    if source.limits:
        facts.append((labels["limits"], source.limits))
    return facts
