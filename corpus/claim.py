"""What marketing pages say, taken apart in our own words and judged."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from corpus.model import Id, PointId, Record, Text
from corpus.paper import PartialDate
from corpus.vocabulary import ClaimKind, Intent, Omission, Technique, Verdict

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Locator(Record):
    """Where on the page the claim stands: section and sentence numbers, never the text."""

    section: Text
    sentences: tuple[int, ...] = Field(min_length=1)


class Explanation(Record):
    """Why the verdict is what it is, in two registers, with the findings it leans on."""

    plain: Text
    clinical: Text
    finding_ids: tuple[PointId, ...] = ()


class LookedFor(Record):
    """A search for a study, approval or reference that a page leans on."""

    what: Text
    until: PartialDate
    found: tuple[Text, ...] = ()
    seen_in: tuple[Text, ...] = ()


class Claim(Record):
    """One checkable thing a page says, in our own words with the page's figures kept.

    `fact` is said first and stands without the claim; `ask` is the question for the clinic.
    """

    id: Id
    kind: ClaimKind
    page: Id
    locator: Locator
    claim: Text
    figures: tuple[Text, ...] = ()
    said_as: tuple[Text, ...] = Field(min_length=8)
    """Ways in which an advert or somebody who heard it may put this, in our own words."""
    topics: tuple[Id, ...] = Field(min_length=1)
    intents: tuple[Intent, ...] = Field(min_length=1)
    verdict: Verdict
    technique: tuple[Technique, ...] = ()
    fact: Text
    explanation: Explanation
    ask: Text
    looked_for: tuple[LookedFor, ...] = ()

    @model_validator(mode="after")
    def _grounded(self) -> "Claim":
        if self.verdict == "not_located" and not self.looked_for:
            raise ValueError("verdict not_located needs `looked_for`: what was searched, and when")
        leans = self.verdict in ("supported", "contradicted", "overstated")
        # That a named book or paper exists is shown by the search, not by a finding.
        shown = bool(self.explanation.finding_ids) or (
            self.kind == "reference" and bool(self.looked_for)
        )
        if leans and not shown:
            raise ValueError(f"verdict {self.verdict} needs explanation.finding_ids")
        return self


class PageSentence(Record):
    """One sentence of the page, known only by its number, section and hash."""

    n: int = Field(ge=1)
    section: Text
    sha256: Sha256


class NotAClaim(Record):
    """Sentences that say nothing checkable, with the reason."""

    sentences: tuple[int, ...] = Field(min_length=1)
    reason: Text


class MarketingPage(Record):
    """One marketing document, without its text."""

    id: Id
    kind: Literal["page"]
    title: Text
    publisher: Text
    sha256: Sha256
    read_on: PartialDate
    sentences: tuple[PageSentence, ...] = Field(min_length=1)
    not_a_claim: tuple[NotAClaim, ...] = ()
    leaves_out: tuple[Omission, ...] = ()


MarketingRecord = Annotated[Claim | MarketingPage, Field(discriminator="kind")]
