"""How adverts are read and judged, as data: what a sentence asserts, and the verdict on it.

Cues have the syntax of `corpus.triage`. A rule of the verdict table is read from the top: the first
one that fits says the verdict, the techniques and why.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import Field

from corpus.model import Id, Record, Text
from corpus.triage import AllOf
from corpus.vocabulary import ClaimKind, EvidenceState, Omission, Technique, Verdict


class Assertion(Record):
    """One kind of thing that a sentence of an advert may assert, known by examples and by words.

    `gist` says it in our words, with `{topic}` where a topic is named; `gist_untold` without one.
    """

    id: Id
    kind: Literal["assertion"]
    asserts: ClaimKind | None
    """None: such a sentence claims nothing."""
    limited: bool = False
    """Whether it says itself how little is known, or what can go wrong."""
    limited_as: Id | None = None
    """What a sentence is read as instead that limits itself in words ("has not been shown")."""
    examples: tuple[Text, ...] = Field(min_length=10)
    """Sentences of such adverts, in our own words; they state nothing that is true."""
    when: tuple[AllOf, ...] = ()
    unless: tuple[Text, ...] = ()
    """Words by which it is known for certain, and those that speak against it."""
    topics: tuple[Id, ...] = ()
    """What it is about where the sentence names no topic of its own."""
    gist: Text
    gist_untold: Text
    ask: Text
    """What to ask a clinic that says so."""
    dangerous: bool = False
    """Believing it could harm: it is told first, and never called supported."""


class VerdictRule(Record):
    """One row of the verdict table; an empty list fits everything."""

    asserts: tuple[Id, ...] = ()
    """Ids of assertions."""
    evidence: tuple[EvidenceState, ...] = ()
    topics: tuple[Id, ...] = ()
    verdict: Verdict
    technique: tuple[Technique, ...] = ()
    why: Text
    """Plain words; `{topic}` is what the sentence is about."""
    bottom_line: bool = True
    """Whether what the evidence says on the topic follows."""


class VerdictTable(Record):
    """The rules by which what is asserted is held against the evidence."""

    id: Id
    kind: Literal["verdicts"]
    rules: tuple[VerdictRule, ...] = Field(min_length=1)


class TechniqueWords(Record):
    """The words by which a way of persuading is known, whatever the verdict."""

    id: Id
    kind: Literal["technique"]
    technique: Technique
    when: tuple[AllOf, ...] = Field(min_length=1)
    unless: tuple[Text, ...] = ()


class OmissionWords(Record):
    """The words by which an advert does mention what most adverts leave out."""

    id: Id
    kind: Literal["omission"]
    omission: Omission
    when: tuple[AllOf, ...] = Field(min_length=1)
    unless: tuple[Text, ...] = ()
    """`when`: words that speak for it, weighed with the likeness. `unless`: it is denied."""
    sure: tuple[Text, ...] = ()
    """Words by which it is known for certain."""
    examples: tuple[Text, ...] = Field(min_length=10)
    """Sentences that do mention it, in our own words; they state nothing that is true."""
    silent: tuple[Text, ...] = ()
    """Sentences that look like it and mention none of these things."""
    asserted: tuple[Id, ...] = ()
    """Assertions whose examples mention it too."""
    unsure: tuple[Id, ...] = ()
    """Assertions whose examples may or may not mention it; those of all others do not."""


class AdvertScope(Record):
    """What tells adverts for treating people from other texts, and instructions from claims."""

    id: Id
    kind: Literal["advert_scope"]
    not_people: tuple[Text, ...]
    """Animals, rooms and objects that are treated with ozone."""
    people: tuple[Text, ...]
    """Words that show that people are treated."""
    other_therapies: tuple[Text, ...]
    """Other treatments that adverts sell."""
    without_ozone: tuple[Text, ...] = ()
    """Words by which a page says that it does not give ozone."""
    letters: tuple[AllOf, ...]
    """What a letter, a test result or an invoice says of itself."""
    instructions: tuple[AllOf, ...]
    """What is written for a machine that reads the page, not for a patient."""
    instructed: tuple[Text, ...] = Field(min_length=10)
    """Sentences of that kind, in our own words."""
    not_instructed: tuple[Text, ...] = ()
    """Sentences that look like it and speak to a patient."""
    of_things: tuple[Text, ...] = Field(min_length=10)
    """Sentences on ozone for animals, rooms and objects, in our own words."""
    of_letters: tuple[Text, ...] = Field(min_length=10)
    """Sentences of letters, test results, invoices and forms, in our own words."""
    denied: tuple[Text, ...]
    """Words by which a sentence denies that there is something, or sets it aside."""
    honest: tuple[Text, ...]
    """Words after which a sentence denies or limits a claim instead of making it."""
    strong: tuple[Text, ...]
    hedged: tuple[Text, ...]
    """Words of a promise without doubt, and of one with a way out."""
    contact: tuple[Text, ...]
    """Words of addresses, opening hours and links: such a sentence claims nothing."""
    texts: dict[Text, Text]
    """Sentences of the report by key."""


def told_apart(words: Iterable[OmissionWords], scopes: Sequence[AdvertScope]) -> tuple[str, ...]:
    """Sentences from which mentions, orders and kinds of text are learnt, in a fixed order."""
    mentions = (text for one in words for text in (*one.examples, *one.silent))
    orders = (text for one in scopes for text in (*one.instructed, *one.not_instructed))
    kinds = (text for one in scopes for text in (*one.of_things, *one.of_letters))
    return tuple(dict.fromkeys((*mentions, *orders, *kinds)))


AdvertRecord = Annotated[
    Assertion | VerdictTable | TechniqueWords | OmissionWords | AdvertScope,
    Field(discriminator="kind"),
]
