"""Certainty, agreement, verdicts and the product's own sentences, as data (`corpus/wording/`).

The certainty table follows GRADE guidelines 26 (PMID 31711912): high = plain verb, moderate =
probably, low = may, very low = the evidence is very uncertain.
"""

from pydantic import Field

from corpus.model import Record, Text
from corpus.vocabulary import (
    Agreement,
    Certainty,
    Depth,
    Omission,
    Technique,
    Verdict,
    WeakenedBy,
)


class CertaintyWords(Record):
    """How one certainty is named, marked and said.

    `verbs`: a plain sentence on an effect with this certainty must hold one of them (empty: any).
    `banned`: words such a sentence must not hold.
    """

    label: Text
    sentence: Text
    circles: int = Field(ge=0, le=4)
    verbs: tuple[Text, ...] = ()
    banned: tuple[Text, ...] = ()


class Term(Record):
    """A word of a closed list as people read it: a label, and a sentence that explains it."""

    label: Text
    plain: Text


class Unsafe(Record):
    """What no plain text may hold: units of a treatment strength, and phrases that instruct.

    Regular expressions, matched without regard to case.
    """

    units: tuple[Text, ...] = Field(min_length=1)
    phrases: tuple[Text, ...] = Field(min_length=1)


class Wording(Record):
    """Everything the product says in its own voice."""

    certainty: dict[Certainty, CertaintyWords]
    agreement: dict[Agreement, Term]
    weakened_by: dict[WeakenedBy, Text]
    verdicts: dict[Verdict, Term]
    techniques: dict[Technique, Term]
    omissions: dict[Omission, Term]
    depths: dict[Depth, Term]
    kinds: dict[str, Term]
    labels: dict[str, Text]
    """Headings, buttons and short texts by key."""
    examples: tuple[Text, ...] = Field(min_length=3)
    """Questions to start from, on the empty page."""
    unsafe: Unsafe
    masked: tuple[Text, ...]
    """Names of procedures and bodies that do not count towards the reading grade."""
