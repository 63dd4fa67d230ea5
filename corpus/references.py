"""Records as bibliographic references: BibTeX, RIS and CSL JSON."""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

import rispy
from pybtex.database import BibliographyData, Entry, Person

from corpus.notice import Notice
from corpus.paper import Paper

_SURNAME_FIRST: Final = re.compile(r"^(?P<family>.+?),? (?P<given>(?:[A-Z][.-]?){1,4})$")
"""`Liu J`, `Fernandez-Cuadros ME`: how authors stand in the records. Anything else is a name that
cannot be cut, such as a body's."""
_PUNCTUATION: Final = str.maketrans("", "", "{}\\")
"""Braces and backslashes are commands in BibTeX; no title needs them."""


class _Unnumbered(rispy.RisWriter):  # type: ignore[misc]
    """RIS without a count before each entry, which some reference managers refuse."""

    def set_header(self, count: int) -> str:
        """Nothing stands before an entry."""
        return ""


def to_bibtex(records: Iterable[Paper]) -> str:
    """BibTeX; the record's id is the key."""
    data = BibliographyData()
    for record in records:
        fields = {
            "title": record.title,
            "year": record.year,
            "journal": record.journal,
            "doi": record.doi,
            "url": _link(record),
            "note": f"PMID {record.pmid}" if record.pmid else None,
        }
        entry = Entry(
            "article" if record.journal else "misc",
            fields=[(key, _plain(str(value))) for key, value in fields.items() if value],
            persons={"author": [_person(name) for name in _authors(record)]},
        )
        data.add_entry(record.id, entry)
    return str(data.to_string("bibtex"))


def to_ris(records: Iterable[Paper]) -> str:
    """RIS, as reference managers import it."""
    entries = []
    for record in records:
        kind = "GOVDOC" if isinstance(record, Notice) else "JOUR" if record.journal else "GEN"
        entry: dict[str, Any] = {
            "type_of_reference": kind,
            "id": record.id,
            "title": record.title,
            "authors": [_family_first(name) for name in _authors(record)],
            "year": str(record.year) if record.year else None,
            "journal_name": record.journal,
            "doi": record.doi,
            "accession_number": str(record.pmid) if record.pmid else None,
            "urls": [link] if (link := _link(record)) else None,
        }
        entries.append({key: value for key, value in entry.items() if value})
    return str(rispy.dumps(entries, implementation=_Unnumbered))


def to_csl(records: Iterable[Paper]) -> str:
    """CSL JSON, as citation processors read it."""
    items = [
        {
            "id": record.id,
            "type": "article-journal" if record.journal else "document",
            "title": record.title,
            "author": [_csl_name(name) for name in _authors(record)],
            "issued": {"date-parts": [[record.year]]} if record.year else None,
            "container-title": record.journal,
            "DOI": record.doi,
            "PMID": str(record.pmid) if record.pmid else None,
            "URL": _link(record),
        }
        for record in records
    ]
    kept = [{key: value for key, value in item.items() if value} for item in items]
    return json.dumps(kept, ensure_ascii=False, indent=1)


def _authors(record: Paper) -> tuple[str, ...]:
    return record.authors or ((record.organisation,) if record.organisation else ())


def _link(record: Paper) -> str | None:
    if record.doi:
        return f"https://doi.org/{record.doi}"
    return record.url


def _plain(text: str) -> str:
    return text.translate(_PUNCTUATION)


def _person(name: str) -> Person:
    if match := _SURNAME_FIRST.match(name):
        return Person(last=_plain(match["family"]), first=_plain(match["given"]))
    person = Person()
    person.last_names = [f"{{{_plain(name)}}}"]
    return person


def _family_first(name: str) -> str:
    match = _SURNAME_FIRST.match(name)
    return f"{match['family']}, {match['given']}" if match else name


def _csl_name(name: str) -> dict[str, str]:
    if match := _SURNAME_FIRST.match(name):
        return {"family": match["family"], "given": match["given"]}
    return {"literal": name}
