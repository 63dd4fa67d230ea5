"""What adverts claim on the same subject, each claim beside the fact, never among evidence."""

from collections.abc import Callable, Sequence

from app.answer import ContrastItem, Statement
from app.retrieve import Hit
from app.understanding import Understanding
from app.verify import unsafe_pattern
from corpus.claim import Claim, MarketingPage
from corpus.library import Library
from ingest.passages import Passage

MOST = 3
"""Claims shown with one answer; the register has them all."""


def contrast(
    library: Library,
    understood: Understanding,
    search: Callable[[], Sequence[Hit]],
    passages: dict[str, Passage],
) -> tuple[ContrastItem, ...]:
    """The claims on the question's topics: the leading topic first, then those on its intent,
    then by similarity, for which `search` is only called where there is a choice.

    Claims that name a treatment strength, volume or time stay in the register.
    """
    unsafe = unsafe_pattern(library.wording)
    asked = [id_ for id_ in understood.claims if id_ in library.claims]
    fitting = [
        claim
        for claim in library.claims.values()
        if (set(claim.topics) & set(understood.topics) or claim.id in asked)
        and not unsafe.search(claim.claim)
    ]
    hits = search() if len(fitting) > MOST else ()
    ranks = {hit.passage.id: rank for rank, hit in enumerate(hits)}
    wanted = set(understood.intents) or {"benefit"}

    def order(claim: Claim) -> tuple[int, int, int, int, str]:
        meant = asked.index(claim.id) if claim.id in asked else len(asked)
        topic = min(
            (understood.topics.index(id_) for id_ in claim.topics if id_ in understood.topics),
            default=len(understood.topics),
        )
        fits = 0 if wanted & set(claim.intents) else 1
        return meant, topic, fits, ranks.get(f"{claim.id}#claim", len(hits)), claim.id

    chosen = sorted(fitting, key=order)[:MOST]
    return tuple(_item(library, claim, passages) for claim in chosen)


def _item(library: Library, claim: Claim, passages: dict[str, Passage]) -> ContrastItem:
    page: MarketingPage = library[claim.page]
    support = [id_ for id_ in claim.explanation.finding_ids if id_ in passages]
    return ContrastItem(
        claim_id=claim.id,
        claim=claim.claim,
        page=page.title,
        verdict=claim.verdict,
        technique=claim.technique,
        fact=claim.fact,
        explanation=claim.explanation.plain,
        clinical=claim.explanation.clinical,
        ask=claim.ask,
        citations=(f"{claim.id}#claim", *support),
    )


def fact_of(item: ContrastItem) -> Statement:
    """The fact as a statement of the contrast section; it cites what the explanation leans on."""
    return Statement(text=item.fact, clinical=item.clinical, citations=item.citations[1:])
