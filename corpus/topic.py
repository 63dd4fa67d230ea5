"""What people ask about, with a bottom line written from named findings."""

from pydantic import Field, model_validator

from corpus.model import Id, PointId, Record, Text
from corpus.paper import Note, PartialDate
from corpus.triage import AllOf
from corpus.vocabulary import Agreement, Direction, HelpPurpose, TopicKind


class Search(Record):
    """What was searched, where and until when: what a "nothing found" sentence cites."""

    plain: Text
    clinical: Text
    where: tuple[Text, ...] = Field(min_length=1)
    until: PartialDate


class BottomLine(Record):
    """The short answer, in two registers, and the findings it rests on.

    `direction` says where the words lean; where that is not what the findings say when counted,
    `direction_note` says why.
    """

    plain: Text
    clinical: Text
    finding_ids: tuple[PointId, ...] = ()
    direction: Direction
    direction_note: Text | None = None


class AgreementNote(Record):
    """An agreement word set by hand, which needs a written reason."""

    word: Agreement
    reason: Text


class Topic(Record):
    """A condition, use, harm, contraindication, mechanism, route, rule or neighbour.

    `gap` marks a topic that no review covers. `off_topic` marks a neighbour that is not ozone
    treatment at all; then the bottom line is the one distinguishing line.
    """

    id: Id
    kind: TopicKind
    name: Text
    lay: tuple[Text, ...] = ()
    medical: tuple[Text, ...] = ()
    misspelt: tuple[Text, ...] = ()
    cues: tuple[Text, ...] = ()
    """Further ways in which people mean this topic, in cue syntax (`corpus.triage`); not shown."""
    described_as: tuple[AllOf, ...] = ()
    """Groups of cues which, all in one sentence, describe the topic without naming it."""
    asked_as: tuple[Text, ...] = Field(min_length=8)
    bottom_line: BottomLine
    benefit_ids: tuple[PointId, ...] = ()
    harm_ids: tuple[PointId, ...] = ()
    rule_ids: tuple[PointId, ...] = ()
    alternative_ids: tuple[PointId, ...] = ()
    certainty_from: PointId | None = None
    rating_note: Text | None = None
    """What a source said of its evidence in its own words, where it used no rating we know."""
    agreement: AgreementNote | None = None
    gap: bool = False
    off_topic: bool = False
    search: Search | None = None
    population: Text | None = None
    unknown: Note | None = None
    waiting: Note | None = None
    """What happens if one waits or does nothing: only with `waiting_ids` to rest on."""
    waiting_ids: tuple[PointId, ...] = ()
    help: tuple[HelpPurpose, ...] = ()
    """Which official places the topic leads to."""
    questions_to_ask: tuple[Text, ...] = ()
    nearest: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _supported(self) -> "Topic":
        if self.gap and self.search is None:
            raise ValueError("a gap topic needs `search`: what was searched, where and until when")
        if not (self.gap or self.off_topic or self.bottom_line.finding_ids):
            raise ValueError(
                "the bottom line names no finding_ids; name them, or mark the topic gap: true"
            )
        if self.waiting and not self.waiting_ids:
            raise ValueError("`waiting` names no waiting_ids; name the findings, or remove it")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every word people use for the topic, its own name first."""
        return (self.name, *self.lay, *self.medical, *self.misspelt)

    @property
    def point_ids(self) -> tuple[str, ...]:
        """All findings the topic names, most important first, each once."""
        ordered = (
            *self.bottom_line.finding_ids,
            *self.benefit_ids,
            *self.harm_ids,
            *self.rule_ids,
            *self.alternative_ids,
        )
        return tuple(dict.fromkeys(ordered))
