"""How many records of each kind the corpus holds."""

from collections import Counter

from pydantic import BaseModel

from corpus.claim import Claim
from corpus.library import Library
from corpus.notice import Notice
from corpus.readability import Readability, readability_of
from corpus.review import Review
from corpus.study import Study


class Stats(BaseModel):
    """Counts; `kinds`, `depths` and `verdicts` by their word."""

    records: int
    reviews: int
    studies: int
    notices: int
    findings: int
    topics: int
    gap_topics: int
    claims: int
    kinds: dict[str, int]
    depths: dict[str, int]
    verdicts: dict[str, int]
    second_hand: int
    retracted: int
    signed_off: int
    reading: Readability

    def lines(self) -> list[tuple[str, float]]:
        """Every count with its name, in reading order."""
        plain: list[tuple[str, float]] = [
            (name.replace("_", " "), count)
            for name, count in self.model_dump().items()
            if isinstance(count, int)
        ]
        for group in ("kinds", "depths", "verdicts"):
            plain += [
                (f"  {word.replace('_', ' ')}", count)
                for word, count in sorted(getattr(self, group).items())
            ]
        plain += [(name.replace("_", " "), value) for name, value in self.reading]
        return plain


def stats_of(library: Library) -> Stats:
    """Counts over the whole library."""
    papers = library.papers
    topics = library.topics.values()
    return Stats(
        records=len(papers),
        reviews=len(library.of(Review)),
        studies=len(library.of(Study)),
        notices=len(library.of(Notice)),
        findings=len(library.points),
        topics=len(library.topics),
        gap_topics=sum(topic.gap for topic in topics),
        claims=len(library.claims),
        kinds=dict(Counter(getattr(paper, "kind", "") for paper in papers)),
        depths=dict(Counter(paper.depth for paper in papers)),
        verdicts=dict(Counter(claim.verdict for claim in library.of(Claim))),
        second_hand=sum(paper.second_hand for paper in papers),
        retracted=sum(paper.retracted is not None for paper in papers),
        signed_off=sum(paper.sign_off is not None for paper in papers),
        reading=readability_of(library),
    )
