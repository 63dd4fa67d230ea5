"""Safety rules, refusals, intent cues and scope words as data: no model takes part.

A cue is a short phrase. A word may end in `*` to match any ending; `a|b` inside a cue means either
word. Cues match whole words, misspellings of longer words included (see `app.cues`).
"""

from typing import Annotated, Literal

from pydantic import Field

from corpus.model import Id, Record, Text
from corpus.vocabulary import HelpPurpose, Intent, UrgentKind, UrgentLevel

AllOf = tuple[tuple[Text, ...], ...]
"""Groups of cues: every group must have at least one cue in the text."""


class RedFlag(Record):
    """When to stop and point to help before any evidence is shown.

    Fires when any `when` alternative has all its groups in one sentence, and no `unless` cue
    stands there. `asks_only` cues mark a question about a danger rather than a danger.
    """

    id: Id
    kind: UrgentKind
    level: UrgentLevel
    priority: int = Field(ge=1, le=9)
    when: tuple[AllOf, ...] = Field(min_length=1)
    unless: tuple[Text, ...] = ()
    asks_only: tuple[Text, ...] = ()
    message: Text
    action: Text
    help: tuple[HelpPurpose, ...] = ()
    reason: Text
    seen_in: tuple[Text, ...] = Field(min_length=1)


class Refusal(Record):
    """A request that is declined kindly, with the reason and what can be answered instead."""

    id: Id
    kind: Literal["refusal"]
    when: tuple[AllOf, ...] = Field(min_length=1)
    unless: tuple[Text, ...] = ()
    message: Text
    instead: tuple[Text, ...] = Field(min_length=1)
    reason: Text


class IntentCues(Record):
    """The words by which an intent is known."""

    id: Id
    kind: Literal["intent"]
    intent: Intent
    when: tuple[AllOf, ...] = Field(min_length=1)
    unless: tuple[Text, ...] = ()
    topics: tuple[Id, ...] = ()
    """Topics that answer this intent when the question names no other topic."""


class Scope(Record):
    """Words that put a question inside or outside the subject."""

    id: Id
    kind: Literal["scope"]
    therapy: tuple[Text, ...] = Field(min_length=1)
    """Words that name the therapy."""
    health: tuple[Text, ...] = ()
    """Words that make a question about health, so that an unnamed therapy is assumed."""
    everyday: tuple[Text, ...] = ()
    """Words that say nothing about what a question is about."""
    back_reference: tuple[Text, ...] = ()
    """Words that point back to an earlier question."""
    pronouns: tuple[Text, ...] = ()
    """Words that mean the subject of an earlier question, whatever else is said."""
    negation: tuple[Text, ...] = ()
    general_topic: Id | None = None
    """The topic of a question about the therapy as such."""


TriageRecord = Annotated[RedFlag | Refusal | IntentCues | Scope, Field(discriminator="kind")]
