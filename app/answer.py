"""The typed answer: web, terminal and export only render it.

The JSON schema in `docs/answer.schema.json` is generated from these types.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.vocabulary import (
    Agreement,
    CellKind,
    Certainty,
    Favours,
    HelpPurpose,
    Intent,
    LanguageCode,
    Technique,
    UrgentKind,
    UrgentLevel,
    Verdict,
    WeakenedBy,
)
from ingest.passages import Lane

Status = Literal["urgent", "refused", "answered", "partial", "no_evidence", "off_topic"]
SectionKind = Literal[
    "short_answer", "findings", "harms", "unknowns", "contrast", "questions_to_ask", "note"
]
Origin = Literal["corpus", "model"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HelpNumber(_Part):
    """A number to call in one country."""

    country: str
    name: str
    number: str
    seen_on: str | None = None
    """When the number was seen."""


class Urgent(_Part):
    """What to do first, before any evidence."""

    kind: UrgentKind
    level: UrgentLevel
    message: str
    action: str
    numbers: tuple[HelpNumber, ...] = ()


class HelpPlace(_Part):
    """An official body to turn to. `number` is left out unless an official page confirmed it."""

    country: str
    purpose: HelpPurpose
    name: str
    number: str | None
    url: str | None
    seen_on: str


class Counted(_Part):
    """What one review counted as when agreement was computed."""

    source_id: str
    name: str
    favours: tuple[Favours, ...]


class AgreementBasis(_Part):
    """What an agreement word was computed from; `reason` where it was set by hand instead."""

    counted: tuple[Counted, ...] = ()
    reason: str | None = None


class Statement(_Part):
    """One thing said, with the passages it rests on."""

    text: str
    clinical: str
    citations: tuple[str, ...] = ()
    certainty: Certainty | None = None
    agreement: Agreement | None = None
    origin: Origin = "corpus"
    agreement_basis: AgreementBasis | None = None
    weakened_by: tuple[WeakenedBy, ...] = ()
    topic: str | None = None
    """Set on a topic's bottom line."""


class Section(_Part):
    """Statements of one kind, in the order in which they are read."""

    kind: SectionKind
    statements: tuple[Statement, ...]


class Cell(_Part):
    """One quarter of what a person who decides weighs; `empty` says so where nothing is known."""

    kind: CellKind
    topic: str
    statements: tuple[Statement, ...] = ()
    empty: str | None = None


class ContrastItem(_Part):
    """One advertised claim beside the fact; the claim is judged, never the clinic."""

    claim_id: str
    claim: str
    page: str
    verdict: Verdict
    technique: tuple[Technique, ...]
    fact: str
    explanation: str
    clinical: str
    ask: str
    citations: tuple[str, ...]


class CitedPassage(_Part):
    """The exact text a statement cites and where in its record it stands."""

    id: str
    source_id: str
    lane: Lane
    text: str
    clinical: str
    locator: str
    score: float


class PublishedAppraisal(_Part):
    """A quality appraisal that others published about a review, and who they are."""

    tool: str
    rating: str
    by: str


class Source(_Part):
    """What readers need to know about a cited record. `n` is the number shown in the text."""

    n: int
    id: str
    aliases: tuple[str, ...]
    kind: str
    title: str
    title_is_descriptive: bool = False
    authors: tuple[str, ...]
    year: int | None
    journal: str | None
    doi: str | None
    pmid: int | None
    url: str | None
    depth: str | None
    second_hand: bool
    n_studies: int | None
    n_participants: int | None
    search_until: str | None
    funding: str | None
    conflicts: str | None = None
    limits: str | None = None
    risk_of_bias_tool: str | None = None
    appraisals: tuple[PublishedAppraisal, ...] = ()
    retracted: str | None = None
    signed_off: bool


class EngineNote(_Part):
    """How the answer was made."""

    corpus: str
    index: str
    embedding_model: str
    composer: Literal["extractive", "model"] = "extractive"
    dropped: int = 0
    ms: dict[str, float] = Field(default_factory=dict)


class Answer(_Part):
    """The answer to one question."""

    question: str
    status: Status
    urgent: Urgent | None = None
    topics: tuple[str, ...] = ()
    intents: tuple[Intent, ...] = ()
    language: LanguageCode = "en"
    """The language of the question: evidence is told in English, but a note and an emergency's
    message are in this one."""
    sections: tuple[Section, ...] = ()
    cells: tuple[Cell, ...] = ()
    """Benefits, risks, alternatives and doing nothing, for the first treated topic."""
    applies_to: str | None = None
    """Whom the evidence on the weighed topic is about."""
    help: tuple[HelpPlace, ...] = ()
    contrast: tuple[ContrastItem, ...] = ()
    passages: tuple[CitedPassage, ...] = ()
    sources: tuple[Source, ...] = ()
    related: tuple[str, ...] = ()
    engine: EngineNote

    def section(self, kind: SectionKind) -> tuple[Statement, ...]:
        """The statements of one kind, none if there is no such section."""
        return next((part.statements for part in self.sections if part.kind == kind), ())
