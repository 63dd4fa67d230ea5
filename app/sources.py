"""The source cards behind an answer: one number a source, given once, in order of appearance."""

from collections.abc import Iterable, Sequence

from app.answer import Cell, CitedPassage, ContrastItem, PublishedAppraisal, Section, Source
from app.retrieve import Hit
from corpus.claim import MarketingPage
from corpus.figures import figures_of
from corpus.library import Library
from corpus.paper import Paper
from corpus.topic import Topic
from ingest.passages import Passage

_SEARCH = "search-"


def cited_ids(
    sections: Iterable[Section], cells: Iterable[Cell], contrast: Iterable[ContrastItem]
) -> tuple[str, ...]:
    """Every cited passage id, in the order in which a reader meets it."""
    said = [statement for section in sections for statement in section.statements]
    said += [statement for cell in cells for statement in cell.statements]
    ids = [id_ for statement in said for id_ in statement.citations]
    ids += [id_ for item in contrast for id_ in item.citations]
    return tuple(dict.fromkeys(ids))


def cited_passages(
    library: Library, ids: Sequence[str], passages: dict[str, Passage], hits: Iterable[Hit]
) -> tuple[CitedPassage, ...]:
    """The cited passages with the score they were retrieved with (0: named by the curator)."""
    labels = library.wording.labels
    scores = {hit.passage.id: hit.score for hit in hits}
    return tuple(
        CitedPassage(
            id=id_,
            source_id=passages[id_].source_id,
            lane=passages[id_].lane,
            text=passages[id_].text,
            clinical=passages[id_].clinical,
            locator=labels[f"place_{passages[id_].kind}"].format(place=passages[id_].locator),
            score=round(scores.get(id_, 0.0), 5),
        )
        for id_ in ids
    )


def sources_of(library: Library, cited: Sequence[CitedPassage]) -> tuple[Source, ...]:
    """One card a source, numbered from 1."""
    ids = dict.fromkeys(passage.source_id for passage in cited)
    return tuple(_card(library, id_, n) for n, id_ in enumerate(ids, start=1))


def card_figures(library: Library, source_id: str) -> frozenset[str]:
    """The figures that stand on a source's card."""
    if source_id.startswith(_SEARCH):
        topic: Topic = library[source_id.removeprefix(_SEARCH)]
        return figures_of([topic.search.until, topic.search.clinical] if topic.search else [])
    record = library[source_id]
    if not isinstance(record, Paper):
        return frozenset()
    return figures_of(record.card_values)


def _card(library: Library, source_id: str, n: int) -> Source:
    if source_id.startswith(_SEARCH):
        return _search_card(library[source_id.removeprefix(_SEARCH)], library, n)
    record = library[source_id]
    if isinstance(record, Paper):
        return _paper_card(record, n)
    title = record.title if isinstance(record, MarketingPage) else record.name
    kind = "marketing" if isinstance(record, MarketingPage) else "topic"
    return _bare(n, source_id, kind, title)


def _bare(n: int, id_: str, kind: str, title: str, until: str | None = None) -> Source:
    return Source(
        n=n,
        id=id_,
        aliases=(),
        kind=kind,
        title=title,
        authors=(),
        year=None,
        journal=None,
        doi=None,
        pmid=None,
        url=None,
        depth=None,
        second_hand=False,
        n_studies=None,
        n_participants=None,
        search_until=until,
        funding=None,
        signed_off=False,
    )


def _search_card(topic: Topic, library: Library, n: int) -> Source:
    title = library.wording.labels["search_title"].format(topic=topic.name)
    until = topic.search.until if topic.search else None
    return _bare(n, f"{_SEARCH}{topic.id}", "search", title, until)


def _paper_card(record: Paper, n: int) -> Source:
    return Source(
        n=n,
        id=record.id,
        aliases=record.aliases,
        kind=getattr(record, "kind", "paper"),
        title=record.title,
        title_is_descriptive=record.title_is_descriptive,
        authors=record.authors or ((record.organisation,) if record.organisation else ()),
        year=record.year,
        journal=record.journal,
        doi=record.doi,
        pmid=record.pmid,
        url=record.url,
        depth=record.depth,
        second_hand=record.second_hand,
        n_studies=record.n_studies,
        n_participants=record.n_participants,
        search_until=record.search_until,
        funding=record.funding,
        conflicts=record.conflicts,
        limits=record.limits.plain if record.limits else None,
        risk_of_bias_tool=record.risk_of_bias_tool,
        appraisals=tuple(
            PublishedAppraisal(tool=one.tool, rating=one.rating, by=one.by)
            for one in record.appraisals
        ),
        retracted=f"{gone.date}. {gone.why}" if (gone := record.retracted) else None,
        signed_off=record.sign_off is not None,
    )
