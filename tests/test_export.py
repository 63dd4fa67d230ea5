"""Every export, read back by a library that others read such files with."""

import csv
import io
import json
import re
from typing import get_args

import pytest
import rispy
from builders import REVIEW, TRIAL, tiny_library
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pyld import jsonld

from corpus.export import EXPORTS
from corpus.vocabulary import ExportFormat

HOSTILE = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", '=HYPERLINK("x","y")', "-x"]
ODD = 'A "title", 50 % & {braces} \\commands\\ $x_1$ # ünïcode 臭氧; new'


def exported(library, format_: str) -> str:
    return EXPORTS[format_](library)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def values_in(node) -> list[str]:
    """Every text value of a JSON document, keys left out."""
    if isinstance(node, dict):
        return [text for part in node.values() for text in values_in(part)]
    if isinstance(node, list):
        return [text for part in node for text in values_in(part)]
    return [node] if isinstance(node, str) else []


def test_every_format_is_offered():
    assert set(EXPORTS) == set(get_args(ExportFormat))


def test_the_table_has_a_row_a_finding_and_keeps_the_figures(library):
    rows = rows_of(exported(library, "csv"))
    assert {row["record"] for row in rows} == {paper.id for paper in library.papers}
    assert len(rows) == sum(max(1, len(paper.findings)) for paper in library.papers)
    for row in rows:
        if not row["finding_key"]:
            continue
        finding = library.points[f"{row['record']}#{row['finding_key']}"].finding
        if finding.figures_shown and finding.value is not None:
            assert float(row["finding_value"]) == finding.value
        if not finding.figures_shown:
            assert not row["finding_value"]
            assert not row["finding_ci_low"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(tmp_path, text):
    changes = {(REVIEW, "title"): text, (REVIEW, "findings.0.outcome"): text}
    rows = rows_of(exported(tiny_library(tmp_path, changes), "csv"))
    assert rows[0]["title"] == rows[0]["finding_outcome"] == f"'{text}"
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@"))
            assert not cell.startswith("-") or re.fullmatch(r"-[0-9.]+(e-?[0-9]+)?", cell)


def test_no_withheld_figure_and_nothing_unverified_is_exported(library):
    unverified = {text for paper in library.papers for text in paper.unverified}
    assert unverified
    text = exported(library, "json")
    records = {record["id"]: record for record in json.loads(text)}
    assert not unverified & set(values_in(json.loads(text)))
    withheld = [point for point in library.points.values() if not point.finding.figures_shown]
    assert withheld
    for point in withheld:
        (finding,) = [
            f for f in records[point.record.id]["findings"] if f["key"] == point.finding.key
        ]
        assert finding["value"] is finding["ci"] is finding["statement"] is None


def test_json_holds_every_record_with_its_caution(library):
    records = json.loads(exported(library, "json"))
    assert [record["id"] for record in records] == [paper.id for paper in library.papers]
    assert all("unverified" not in record for record in records)


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    changes = {
        (REVIEW, "title"): ODD,
        (REVIEW, "authors"): ["García-López M", "Tester A", "World Health Organization"],
        (REVIEW, "journal"): "Journal of Thumbs & Toes",
    }
    return tiny_library(tmp_path_factory.mktemp("odd"), changes)


def test_bibtex_is_read_back(odd, library):
    entry = parse_string(exported(odd, "bibtex"), "bibtex").entries["invented-review-2020"]
    assert "50 % & braces commands" in re.sub(r"\\(?=[%&$#_])|[{}]", "", entry.fields["title"])
    assert entry.fields["doi"] == "10.1234/Invented.1"
    authors = entry.persons["author"]
    assert [str(person) for person in authors][1:] == ["Tester, A", "{World Health Organization}"]
    whole = parse_string(exported(library, "bibtex"), "bibtex")
    assert len(whole.entries) == len(library.papers)


def test_ris_is_read_back(odd, library):
    entries = {entry["id"]: entry for entry in rispy.loads(exported(odd, "ris"))}
    entry = entries["invented-review-2020"]
    assert entry["title"] == ODD
    assert entry["authors"] == ["García-López, M", "Tester, A", "World Health Organization"]
    assert entry["year"] == "2020"
    assert entry["doi"] == "10.1234/Invented.1"
    whole = rispy.loads(exported(library, "ris"))
    assert [e["id"] for e in whole] == [paper.id for paper in library.papers]
    assert [e["title"] for e in whole] == [paper.title for paper in library.papers]


def test_csl_is_read_by_a_citation_processor(odd, library):
    items = json.loads(exported(odd, "csl"))
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, plain)
    bibliography.register(Citation([CitationItem("invented-review-2020")]))
    (line,) = map(str, bibliography.bibliography())
    assert "García-López" in line
    assert "2020" in line
    assert "ünïcode 臭氧" in line
    assert len(json.loads(exported(library, "csl"))) == len(library.papers)


def test_the_register_is_claim_review_without_a_numeric_rating(library):
    whole = json.loads(exported(library, "claimreview"))
    inline = {"@context": {"@vocab": "https://schema.org/"}, "@graph": whole["@graph"]}
    schema = "https://schema.org/"
    reviews = [
        node
        for node in jsonld.flatten(inline)
        if f"{schema}ClaimReview" in node.get("@type", []) and f"{schema}claimReviewed" in node
    ]
    assert len(reviews) == len(library.claims)
    ratings = [n for n in jsonld.flatten(inline) if f"{schema}Rating" in n.get("@type", [])]
    assert ratings
    labels = {term.label for term in library.wording.verdicts.values()}
    for rating in ratings:
        assert f"{schema}ratingValue" not in rating
        assert rating[f"{schema}alternateName"][0]["@value"] in labels


def test_a_claim_review_says_the_fact_before_the_reason(tmp_path):
    (review,) = json.loads(exported(tiny_library(tmp_path), "claimreview"))["@graph"]
    assert review["reviewBody"].startswith("No trial showed that every thumb heals.")
    assert review["datePublished"] == "2020-05-01"


@given(title=st.text(min_size=1, max_size=60).filter(str.strip))
def test_any_title_survives_table_and_references(tmp_path_factory, title):
    title = " ".join("".join(c for c in title if c.isprintable()).split()) or "x"
    library = tiny_library(tmp_path_factory.mktemp("any"), {(TRIAL, "title"): title})
    row = rows_of(exported(library, "csv"))[-1]
    assert row["title"].removeprefix("'") == title.removeprefix("'")
    assert json.loads(exported(library, "csl"))[1]["title"] == title
    parse_string(exported(library, "bibtex"), "bibtex")
