"""Safety rules, refusals, intent cues and scope words as data: no model takes part.

A cue is a short phrase. A word may end in `*` to match any ending; `a|b` inside a cue means either
word; `..3` between two words lets up to three others stand there. In the rules of a language, a cue
`@name` stands for every cue of a set, and `<name>` inside a cue for any one word of a set. Cues
match whole words, misspellings of longer words included (see `app.cues`).
"""

from typing import Annotated, Literal

from pydantic import Field

from corpus.model import Id, Record, Text
from corpus.vocabulary import (
    AspectName,
    HelpPurpose,
    Intent,
    LanguageCode,
    NoticeKind,
    ReviewKind,
    StudyKind,
    UrgentKind,
    UrgentLevel,
)

AllOf = tuple[tuple[Text, ...], ...]
"""Groups of cues: every group must have at least one cue in the text."""


class RedFlag(Record):
    """When to stop and point to help before any evidence is shown.

    Fires when any `when` alternative has all its groups stated within a few sentences, or one of
    `at_once` within one. A cue is not stated where a negation, a question about dangers or a
    long-past frame of its language governs it; `asks_only` adds such frames for this rule.
    `unless` blocks the sentence it stands in, `unless_anywhere` the whole message. A cue `@name`
    stands for a set of the language.
    """

    id: Id
    kind: UrgentKind
    level: UrgentLevel
    priority: int = Field(ge=1, le=9)
    language: LanguageCode = "en"
    when: tuple[AllOf, ...] = Field(min_length=1)
    at_once: tuple[AllOf, ...] = ()
    """Alternatives of weaker words, whose groups must all be stated in one sentence."""
    unless: tuple[Text, ...] = ()
    unless_anywhere: tuple[Text, ...] = ()
    asks_only: tuple[Text, ...] = ()
    framed: bool = True
    """False where a question or a "not" is what is looked for ("may I not take my insulin")."""
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
    asked_as: tuple[Text, ...] = ()
    """Ways of asking for it, by whose meaning other wordings are known. They name no illness, so
    that none is taken for the request."""
    not_asked_as: tuple[Text, ...] = ()
    """Sentences that are near some refusal and are none ("how much was used in the trials?")."""
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


class Aspect(Record):
    """The words by which one field of a record is asked for ("how many people were in it?").

    `compared` has `others`: what ozone may be set against, each with the words for it, which are
    looked for in the question and in the comparators of findings alike.
    """

    id: Id
    kind: Literal["aspect"]
    aspect: AspectName
    when: tuple[AllOf, ...] = ()
    unless: tuple[Text, ...] = ()
    others: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)


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
    places: dict[Id, tuple[Text, ...]] = Field(default_factory=dict)
    """Parts of the body by the topics that "and the neck?" means when a follow-up says no more."""
    elsewhere: tuple[Text, ...] = ()
    """Things and animals that ozone is used on: with one of these, no treatment is meant."""
    having: tuple[Text, ...] = ()
    """Words after which somebody's illness is named ("diagnosed with", "i have")."""
    denying: tuple[Text, ...] = ()
    """Words by which a reader takes back who the patient was thought to be."""
    other_subjects: tuple[Text, ...] = ()
    """Questions on anything else, by which one in the midst of a conversation is known."""
    deciding: tuple[Text, ...] = ()
    """Words by which somebody asks us to decide for them."""
    reporting: tuple[Text, ...] = ()
    """Words by which somebody tells what another person or an advert said."""
    remedies: tuple[Text, ...] = ()
    """Remedies, procedures and products that are not ozone: asked about alone, out of scope."""
    treatments: tuple[Text, ...] = ()
    """Usual treatments that ozone is set against: out of scope too where nobody speaks of ozone."""
    tried: tuple[Text, ...] = ()
    """Words after which a treatment is behind somebody, or not wanted ("i tried", "to avoid")."""
    failed: tuple[Text, ...] = ()
    """Words before which a treatment is behind somebody ("... did nothing")."""
    set_aside: tuple[Text, ...] = ()
    """Words that set aside what follows them ("not my knee, my hip")."""
    countries: tuple[Text, ...] = ()
    """Names of countries, so that one without a rule on record is known for a country."""
    general_topic: Id | None = None
    """The topic of a question about the therapy as such."""


class Noun(Record):
    """Words for records of some kinds ("trial", "outbreak", "ruling")."""

    words: tuple[Text, ...] = Field(min_length=1)
    kinds: tuple[ReviewKind | StudyKind | NoticeKind, ...] = Field(min_length=1)


class Descriptions(Record):
    """How people describe a record whose authors they do not know ("that Chinese trial")."""

    id: Id
    kind: Literal["descriptions"]
    particular: tuple[Text, ...] = Field(min_length=1)
    """Cues that one record is meant, not whatever is known."""
    nouns: tuple[Noun, ...] = ()
    counted: tuple[Text, ...] = ()
    """What a number in front of it counts ("200 patients")."""
    places: tuple[tuple[Text, ...], ...] = ()
    """Words that mean the same country."""


class Uncovered(Record):
    """Names of illnesses and complaints that no topic covers, so that none is mistaken for one."""

    id: Id
    kind: Literal["uncovered"]
    names: tuple[Text, ...] = Field(min_length=1)


class Language(Record):
    """How a language frames what is said, and, for those that we do not answer in, its names.

    A language other than English has a `note` that says so, `therapy`, `everyday` words by which
    it is known, and its own names of topics and intents.
    """

    id: Id
    kind: Literal["language"]
    code: LanguageCode
    name: Text
    note: Text | None = None
    help_note: Text | None = None
    negation: tuple[Text, ...] = ()
    listing: tuple[Text, ...] = ()
    """Words that carry a negation on to the next of a list ("no pain or fever")."""
    articles: tuple[Text, ...] = ()
    """Words that do not count between a negation and what it governs ("without a fever")."""
    asking: tuple[Text, ...] = ()
    """What follows one of these is asked about or imagined, not happening."""
    past: tuple[Text, ...] = ()
    """A sentence with one of these tells of long ago, or of a state that has lasted long."""
    present: tuple[Text, ...] = ()
    """A sentence with one of these tells of now, whatever else it holds but `lasting`."""
    lasting: tuple[Text, ...] = ()
    """States of years, or long over: they outweigh `present` ("still numb two years after")."""
    sudden: tuple[Text, ...] = ()
    """Words that outweigh `lasting` ("bad for years, but today")."""
    opening: tuple[Text, ...] = ()
    """Words that begin a clause of its own: no frame or block before them reaches past them."""
    leaning: tuple[Text, ...] = ()
    """A message that begins with one of these goes on from the message before it."""
    turning: tuple[Text, ...] = ()
    """Words that leave the subject of the conversation for another one."""
    closing: tuple[Text, ...] = ()
    """Thanks, goodbyes and small talk: a message of nothing else asks for nothing."""
    settled: tuple[Text, ...] = ()
    """Words by which a danger told before is taken back: long past, or seen to by a doctor."""
    sets: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    """Cues that several rules use, by name."""
    everyday: tuple[Text, ...] = ()
    therapy: tuple[Text, ...] = ()
    intents: dict[Intent, tuple[Text, ...]] = Field(default_factory=dict)
    topics: dict[Id, tuple[Text, ...]] = Field(default_factory=dict)


TriageRecord = Annotated[
    RedFlag | Refusal | IntentCues | Aspect | Scope | Descriptions | Uncovered | Language,
    Field(discriminator="kind"),
]
