"""Records cut into passages: the smallest texts that can be found and cited."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from corpus.claim import Claim
from corpus.finding import Finding
from corpus.library import NOTES, Library
from corpus.paper import Paper
from corpus.render import clinical_line
from corpus.topic import Topic
from corpus.vocabulary import FindingKind, Intervention

Lane = Literal["evidence", "marketing"]
PassageKind = Literal["finding", "harms", "limits", "conclusion", "bottom_line", "search", "claim"]
LANES: Final[tuple[Lane, ...]] = ("evidence", "marketing")

_TIERS: Final = {
    "umbrella_review": 1,
    "meta_analysis": 1,
    "systematic_review": 1,
    "health_technology_assessment": 1,
    "evidence_map": 2,
    "scoping_review": 2,
    "regulation": 2,
    "guideline": 2,
    "usual_care": 2,
    "randomized_trial": 3,
    "controlled_trial": 3,
    "observational_study": 4,
    "registry": 4,
    "clinic_webpage": 5,
    "narrative_review": 5,
    "case_report": 5,
    "animal_study": 6,
}
"""Which kind of source speaks first: reviews, then rules and trials, then the rest."""


class Passage(BaseModel):
    """One citable text with the place it stands in.

    `text` is what patients read; `clinical` the line for clinicians. `tier` runs from 1
    (systematic reviews) to 6 (animals).
    """

    model_config = ConfigDict(frozen=True)

    id: str
    source_id: str
    lane: Lane
    kind: PassageKind
    text: str
    clinical: str
    locator: str
    about: str = ""
    """Outcome, comparator and conditions: what the text may leave unsaid."""
    topics: tuple[str, ...] = ()
    tier: int = 9
    finding_kind: FindingKind | None = None
    intervention: Intervention = "ozone"
    for_patients: bool = True
    """False for a text that was written for clinicians alone; answers do not cite it."""

    @property
    def searchable(self) -> str:
        """The text whose words are indexed."""
        return f"{self.text} {self.clinical}" if self.clinical != self.text else self.text

    @property
    def embedded(self) -> str:
        """The text whose meaning is embedded: what was said, of what, in whom.

        Effect estimates and intervals are left to the word index: a sentence model reads nothing
        in them, and they take more than half of the time that building takes.
        """
        return " ".join((self.text, *((self.about,) if self.about else ())))

    @property
    def digest(self) -> str:
        """Hash of the embedded text: unchanged means that it need not be embedded again."""
        return sha256(self.embedded.encode()).hexdigest()


def tier_of(record: Paper) -> int:
    """How early a record's findings come, by what kind of source it is."""
    return _TIERS.get(getattr(record, "kind", ""), 9)


def _locator(finding: Finding) -> str:
    parts = [finding.outcome]
    if finding.comparator:
        parts.append(f"against {finding.comparator}")
    if finding.timepoint:
        parts.append(finding.timepoint)
    return ", ".join(parts)


def _paper_passages(
    paper: Paper, topics: dict[str, list[str]], labels: Mapping[str, str]
) -> Iterator[Passage]:
    if not paper.may_support:
        return
    conditions = ", ".join(paper.condition)
    for finding in paper.findings:
        point = f"{paper.id}#{finding.key}"
        clinical = clinical_line(finding, labels)
        if finding.statement and finding.figures_shown and finding.statement[:40] not in clinical:
            clinical += f" {finding.statement}"
        yield Passage(
            id=point,
            source_id=paper.id,
            lane="evidence",
            kind="finding",
            text=finding.plain or clinical,
            clinical=f"{clinical} ({conditions})" if conditions else clinical,
            locator=_locator(finding),
            about=f"{_locator(finding)}. {conditions}",
            topics=tuple(topics[point]),
            tier=tier_of(paper),
            finding_kind=finding.kind,
            intervention=finding.intervention,
            for_patients=finding.plain is not None,
        )
    about = tuple(
        dict.fromkeys(id_ for f in paper.findings for id_ in topics[f"{paper.id}#{f.key}"])
    )
    for name in NOTES:
        note = getattr(paper, name)
        if note is None:
            continue
        yield Passage(
            id=f"{paper.id}#{name}",
            source_id=paper.id,
            lane="evidence",
            kind=name,
            text=note.plain or note.clinical,
            clinical=note.clinical,
            locator=name,
            about=conditions,
            topics=about,
            tier=tier_of(paper),
            finding_kind="harm" if name == "harms" else None,
            for_patients=note.plain is not None,
        )


def _topic_passages(topic: Topic) -> Iterator[Passage]:
    yield Passage(
        id=f"{topic.id}#bottom-line",
        source_id=topic.id,
        lane="evidence",
        kind="bottom_line",
        text=topic.bottom_line.plain,
        clinical=topic.bottom_line.clinical,
        locator=topic.name,
        about=topic.name,
        topics=(topic.id,),
        tier=1,
    )
    if topic.search:
        yield Passage(
            id=f"{topic.id}#search",
            source_id=f"search-{topic.id}",
            lane="evidence",
            kind="search",
            text=topic.search.plain,
            clinical=topic.search.clinical,
            locator=f"searched until {topic.search.until}",
            topics=(topic.id,),
            tier=2,
        )


def _claim_passage(claim: Claim) -> Passage:
    numbers = ", ".join(str(n) for n in claim.locator.sentences)
    return Passage(
        id=f"{claim.id}#claim",
        source_id=claim.page,
        lane="marketing",
        kind="claim",
        text=claim.claim,
        clinical=claim.claim,
        locator=f"{claim.locator.section}, sentence {numbers}",
        topics=claim.topics,
    )


def passages_of(library: Library) -> tuple[Passage, ...]:
    """Every passage of the corpus, both lanes, in a fixed order."""
    topics: dict[str, list[str]] = defaultdict(list)
    for topic in library.of(Topic):
        for point_id in topic.point_ids:
            topics[point_id].append(topic.id)
    found: list[Passage] = []
    for paper in library.papers:
        found += _paper_passages(paper, topics, library.wording.labels)
    for topic in library.of(Topic):
        found += _topic_passages(topic)
    found += [_claim_passage(claim) for claim in library.of(Claim)]
    return tuple(found)
