"""The corpus for other programs: a table of findings, the records, references, the register."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from corpus.claim import Claim
from corpus.finding import Finding
from corpus.library import Library
from corpus.paper import Paper
from corpus.references import to_bibtex, to_csl, to_ris
from corpus.vocabulary import ExportFormat

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet (OWASP, "CSV Injection")."""
_COLUMNS: Final = (
    *("key", "kind", "outcome", "comparator", "timepoint", "intervention", "design", "measure"),
    *("value", "unit", "p", "i2", "n_studies", "n_participants", "favours", "certainty"),
    *("show", "caution", "plain"),
)


def to_csv(library: Library) -> str:
    """One row a finding, one for a record without findings; withheld figures are left out."""
    rows = list(_rows(library))
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return written.getvalue()


def to_json(library: Library) -> str:
    """Every record as it stands, without withheld figures and what nobody verified."""
    records = [_shown_record(record) for record in library.papers]
    return json.dumps(records, ensure_ascii=False, indent=1)


def to_claim_review(library: Library) -> str:
    """The marketing register as schema.org ClaimReview; verdicts are words, never numbers."""
    verdicts = library.wording.verdicts
    publisher = {"@type": "Organization", "name": library.wording.labels["product"]}
    graph = [
        {
            "@type": "ClaimReview",
            "identifier": claim.id,
            "claimReviewed": claim.claim,
            "author": publisher,
            "datePublished": library[claim.page].read_on,
            "reviewRating": {"@type": "Rating", "alternateName": verdicts[claim.verdict].label},
            "itemReviewed": {
                "@type": "Claim",
                "appearance": {"@type": "CreativeWork", "name": library[claim.page].title},
            },
            "reviewBody": f"{claim.fact} {claim.explanation.plain}",
        }
        for claim in library.of(Claim)
    ]
    whole = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(whole, ensure_ascii=False, indent=1)


EXPORTS: Final[Mapping[ExportFormat, Callable[[Library], str]]] = {
    "csv": to_csv,
    "json": to_json,
    "bibtex": lambda library: to_bibtex(library.papers),
    "ris": lambda library: to_ris(library.papers),
    "csl": lambda library: to_csl(library.papers),
    "claimreview": to_claim_review,
}


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would compute gets an apostrophe; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _rows(library: Library) -> Iterator[dict[str, Any]]:
    for record in library.papers:
        for finding in record.findings or (None,):
            yield {**_record_cells(record), **_finding_cells(finding)}


def _record_cells(record: Paper) -> dict[str, Any]:
    return {
        "record": record.id,
        "record_kind": getattr(record, "kind", ""),
        "title": record.title,
        "authors": "; ".join(record.authors),
        "year": record.year,
        "doi": record.doi,
        "pmid": record.pmid,
        "depth": record.depth,
        "second_hand": record.second_hand,
        "retracted": record.retracted.why if record.retracted else None,
        "search_until": record.search_until,
    }


def _finding_cells(finding: Finding | None) -> dict[str, Any]:
    shown = finding.shown_fields if finding else {}
    interval = shown.get("ci") or {}
    cells = {f"finding_{name}": shown.get(name) for name in _COLUMNS}
    return {**cells, **{f"finding_ci_{name}": interval.get(name) for name in ("low", "high")}}


def _shown_record(record: Paper) -> dict[str, Any]:
    fields = record.model_dump(mode="json", exclude={"unverified", "findings"})
    return {**fields, "findings": [finding.shown_fields for finding in record.findings]}
