"""What reviews, studies and notices have in common: identity, reading, PICO, results."""

from typing import Annotated

from pydantic import Field, StringConstraints

from corpus.finding import Finding
from corpus.model import Id, Record, Text
from corpus.vocabulary import Depth

Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")]
PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A date as precise as the source gave it: year, year-month or year-month-day."""


class Note(Record):
    """A remark in two registers; without `plain` it is shown to clinicians only."""

    clinical: Text
    plain: Text | None = None


class Appraisal(Record):
    """A published quality appraisal of a review, and who made it. Never our own score."""

    tool: Text
    rating: Text
    by: Text
    seen_in: Text


class Check(Record):
    """One reading of the record against its source."""

    role: Text
    date: PartialDate


class Correction(Record):
    """What was changed after the record was entered, and why."""

    date: PartialDate
    what: Text


class Retraction(Record):
    """The paper was withdrawn by its authors or its journal."""

    date: PartialDate
    why: Text


class SignOff(Record):
    """A clinician's signature: empty until a real clinician signs."""

    name: Text
    role: Text
    date: PartialDate
    version: Text


class Paper(Record):
    """A source that was read, with what it found.

    A field that no source stated is None or empty: nothing is guessed. `seen_in` is provenance
    for maintainers; the public link is the DOI, PubMed, or `url` where that is an official page.
    """

    id: Id
    aliases: tuple[Id, ...] = ()
    title: Text
    title_is_descriptive: bool = False
    authors: tuple[Text, ...] = ()
    organisation: Text | None = None
    year: int | None = Field(default=None, ge=1850, le=2100)
    journal: Text | None = None
    citation: Text | None = None
    doi: Doi | None = None
    pmid: int | None = Field(default=None, gt=0)
    pmcid: Annotated[str, StringConstraints(pattern=r"^PMC\d+$")] | None = None
    url: Text | None = None
    open_access: bool | None = None
    licence: Text | None = None
    jurisdiction: Text | None = None
    date: PartialDate | None = None
    seen_in: tuple[Text, ...] = Field(min_length=1)
    depth: Depth
    second_hand: bool = False
    condition: tuple[Text, ...] = ()
    population: Text | None = None
    routes: tuple[Text, ...] = ()
    comparators: tuple[Text, ...] = ()
    search_until: PartialDate | None = None
    databases: tuple[Text, ...] = ()
    protocol_registered: Text | None = None
    risk_of_bias_tool: Text | None = None
    certainty_tool: Text | None = None
    n_studies: int | None = Field(default=None, ge=0)
    n_rcts: int | None = Field(default=None, ge=0)
    n_participants: int | None = Field(default=None, ge=0)
    counts_note: Text | None = None
    findings: tuple[Finding, ...] = ()
    harms: Note | None = None
    conclusion: Note | None = None
    limits: Note | None = None
    funding: Text | None = None
    conflicts: Text | None = None
    authors_promote_ozone: bool | None = None
    appraisals: tuple[Appraisal, ...] = ()
    cautions: tuple[Text, ...] = ()
    unverified: tuple[Text, ...] = ()
    retracted: Retraction | None = None
    added: PartialDate | None = None
    checked: tuple[Check, ...] = ()
    corrected: tuple[Correction, ...] = ()
    sign_off: SignOff | None = None

    @property
    def is_identified(self) -> bool:
        """Whether readers can look the source up by DOI, PMID, PMCID or an official page."""
        return any((self.doi, self.pmid, self.pmcid, self.url))

    @property
    def may_support(self) -> bool:
        """Whether the record may stand behind an answer: it was read and not withdrawn."""
        return self.depth != "citation" and self.retracted is None

    @property
    def card_values(self) -> tuple[str | int | None, ...]:
        """What stands on the source's card: a sentence may use these figures."""
        return (
            self.title,
            self.year,
            self.n_studies,
            self.n_rcts,
            self.n_participants,
            self.search_until,
            self.population,
            self.date,
            self.counts_note,
            self.funding,
            self.conflicts,
        )
