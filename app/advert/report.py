"""The typed result of checking an advert; terminal and web only render it.

The JSON schema in `docs/advert.schema.json` is generated from these types.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.answer import CitedPassage, Source
from corpus.vocabulary import ClaimKind, Omission, Technique, Verdict

Mentioned = Literal["left_out", "mentioned", "not_applicable"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AdvertClaim(_Part):
    """One thing that a sentence claims, judged. `claim_id`: the register's claim that it is."""

    gist: str
    claim_id: str | None
    kind: ClaimKind
    topics: tuple[str, ...]
    verdict: Verdict
    technique: tuple[Technique, ...]
    explanation: str
    citations: tuple[str, ...]
    clinical: str = ""
    """The explanation for clinicians; empty where it is the same."""
    dangerous: bool = False
    """Whether believing it could harm."""
    ask: str = ""
    """What to ask the clinic."""


class AdvertSentence(_Part):
    """A sentence of the advert with what it claims; `instruction`: written for a machine."""

    text: str
    claims: tuple[AdvertClaim, ...] = ()
    heading: bool = False
    instruction: bool = False


class AdvertReport(_Part):
    """What an advert claims and leaves out. The claims are judged, never who published them."""

    about_ozone_therapy: bool
    human: bool
    sentences: tuple[AdvertSentence, ...] = ()
    omissions: dict[Omission, Mentioned]
    questions: tuple[str, ...] = ()
    summary: str
    injection: bool = False
    passages: tuple[CitedPassage, ...] = ()
    sources: tuple[Source, ...] = ()
    letter: bool = False
    """A letter, a test result or an invoice: not judged as an advert."""
    shortened: bool = False
    """Whether only the first part of a very long text was read."""
    language: str = "en"

    @property
    def claims(self) -> tuple[AdvertClaim, ...]:
        """Every claim, in the order of the text."""
        return tuple(claim for sentence in self.sentences for claim in sentence.claims)
