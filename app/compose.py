"""Fifth step: the answer's sections, whole statements taken from vetted records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.answer import Section, SectionKind, Statement, Status
from app.body import agreement_of, certainty_of, shared_weaknesses
from app.cells import Cells
from app.choose import Chooser
from app.first import First
from app.lead import NARROW, usual_topics
from app.remarks import Remarks, said
from app.retrieve import Hit
from app.triage import Triage
from app.understanding import Understanding
from corpus.check_language import mask_of
from corpus.figures import figures_in
from corpus.library import Library
from corpus.reading import words
from corpus.review import Review
from corpus.topic import Topic
from ingest.passages import Passage

MOST_WORDS: Final = 178
MORE_WORDS: Final = 60
"""A whole answer has 80 to 180 words before anything is opened, 60 more for a second topic.
Findings get what the short answer, the harms and the unknowns leave; one is always shown."""
HARM_WORDS: Final = 40
MOST_OWN_HARMS: Final = 2
GOING_ON: Final = 60
"""Words of findings in a follow-up that asks for nothing but more of the same."""
_ADDED: Final = ("harm", "rule", "mechanism", "contraindication")
"""Kinds of topic that a follow-up adds to the subject of the conversation."""
LEAST_FINDING: Final = 25
"""Room for one more finding; where it lacks, one harm is told instead of two."""
MOST_TOPICS: Final = 2
MOST_ALIKE: Final = 3
MOST_QUESTIONS: Final = 4


@dataclass
class Draft:
    """Sections before they are verified."""

    sections: list[Section] = field(default_factory=list)

    def add(self, kind: SectionKind, statements: Iterable[Statement]) -> None:
        """Adds a section unless it would be empty."""
        if found := tuple(statements):
            self.sections.append(Section(kind=kind, statements=found))


def _length(*statements: Statement) -> int:
    return sum(len(words(statement.text)) for statement in statements)


class Composer:
    """Arranges bottom lines, findings, harms, gaps and questions for one understood question."""

    def __init__(self, library: Library, passages: dict[str, Passage], cells: Cells) -> None:
        """`passages`: every passage of the index by id."""
        self._library = library
        self._passages = passages
        self._cells = cells
        self._chooser = Chooser(library, passages)
        self._labels = library.wording.labels
        self._first = First(library, self._chooser, cells)
        self._remarks = Remarks(library)
        self._usual = usual_topics(library)
        self._mask = mask_of(library)

    def compose(
        self, status: Status, triage: Triage, understood: Understanding, hits: Sequence[Hit]
    ) -> Draft:
        """The sections that fit the status."""
        draft = Draft()
        topics = self._answering([self._library.topics[id_] for id_ in understood.topics])
        if status == "refused" and triage.refusal:
            draft.add("note", [said(triage.refusal.message)])
            draft.add("questions_to_ask", [said(text) for text in triage.refusal.instead])
        elif triage.urgent and triage.urgent.level != "talk_first":
            draft.add("note", [said(self._labels["evidence_later"])])
        elif not topics:
            self._without_topic(draft, status, understood)
        elif medical := [topic for topic in topics if not topic.off_topic]:
            fill = self._go_on if understood.same_subject else self._fill
            fill(draft, medical, understood, hits)
        else:
            draft.add("short_answer", [self._bottom_line(topics[0])])
            draft.add("note", [said(self._labels["off_topic"])])
        return draft

    def _without_topic(self, draft: Draft, status: Status, understood: Understanding) -> None:
        if status == "no_evidence":
            draft.add("short_answer", [self._remarks.nothing_found(understood)])
            unsearched = [] if understood.no_rule else [said(self._labels["no_evidence"])]
            draft.add("note", [*unsearched, *self._remarks.beside(understood, [])])
        elif understood.sources and status != "urgent":
            draft.add("short_answer", self._first.statements(understood, ()))
        else:
            key = "service" if "service" in understood.intents else "off_topic"
            key = "closing" if understood.closing else key
            draft.add(
                "note", [said(self._labels["no_record_follows" if status == "urgent" else key])]
            )

    def _answering(self, topics: list[Topic]) -> list[Topic]:
        """Two topics, or three of one kind ("in Malaysia, the US and the EU")."""
        alike = [topic for topic in topics if topic.kind == topics[0].kind]
        return alike[:MOST_ALIKE] if len(alike) > MOST_TOPICS else topics[:MOST_TOPICS]

    def _fill(
        self, draft: Draft, topics: list[Topic], understood: Understanding, hits: Sequence[Hit]
    ) -> None:
        intents = understood.intents
        cells = self._first.cells(understood, topics)
        short = [self._remarks.nothing_found(understood)] if understood.uncovered else []
        short += self._first.statements(understood, topics)
        short += [statement for statement in cells if statement.citations]
        empty = [statement for statement in cells if not statement.citations]
        draft.add("note", [*empty, *self._remarks.beside(understood, topics)])
        # "Is that dangerous for my knee?" wants harms of the knee, not what helps it.
        narrow = bool(intents) and not set(intents) - NARROW
        kinds = {topics[0].kind}
        leading = [topic for topic in topics if topic.kind in kinds] if narrow else topics
        if any(topic.kind == "condition" for topic in leading) and "route" not in intents:
            # What a way to give it did for other illnesses says nothing on the one asked about.
            leading = [topic for topic in leading if topic.kind != "route"]
        for topic in leading:
            short.append(self._bottom_line(topic))
            if caution := self._caution(topic, short[-1]):
                short.append(caution)
        used = {id_ for statement in short for id_ in statement.citations}
        harms = self._harms(topics[::-1] if narrow else topics, used)
        if "waiting" in intents:
            harms = []  # who asks about doing nothing is not told first what a treatment did
        unknowns = self._unknowns(leading)
        whole = MOST_WORDS + MORE_WORDS * (len(leading) - 1)
        budget = whole - _length(*short, *harms, *unknowns)
        if budget < LEAST_FINDING and len(harms) > 1:
            harms = harms[:1]  # the others stand under "weigh it up" and on the topic's page
            budget = whole - _length(*short, *harms, *unknowns)
        if budget < 0:
            unknowns = []  # what was asked for took the room; they stand on the topic's page
        draft.add("short_answer", self._within(short, whole - _length(*harms, *unknowns)))
        about_harm = narrow and "harm" in intents
        if not cells:  # else what was asked is said, and the effect in short
            found = self._findings(leading, hits, used, budget, about_harm=about_harm)
            draft.add("findings", found)
        draft.add("harms", harms)
        draft.add("unknowns", unknowns)
        asked = [self._asked(topic, text) for topic in leading for text in topic.questions_to_ask]
        draft.add("questions_to_ask", asked[:MOST_QUESTIONS])

    def _go_on(
        self, draft: Draft, topics: list[Topic], understood: Understanding, hits: Sequence[Hit]
    ) -> None:
        """A follow-up on the same subject: just what it asks, an earlier answer told the rest."""
        asked = replace(understood, intents=understood.asked)
        if "sessions" in asked.intents and "sessions" not in asked.aspects:
            asked = replace(asked, aspects=(*asked.aspects, "sessions"))
        cells = self._first.cells(asked, topics)
        said = self._first.statements(asked, topics)
        said += [statement for statement in cells if statement.citations]
        empty = [statement for statement in cells if not statement.citations]
        draft.add("note", [*empty, *self._remarks.beside(understood, topics)])
        if "harm" in asked.intents:
            used = {id_ for statement in said for id_ in statement.citations}
            said += self._harms(topics, used)
        if "certainty" in asked.aspects:
            caution = self._caution(topics[0], self._bottom_line(topics[0]))
            said += [caution] if caution else []
        added = [t for t in topics if t.kind in _ADDED or t.id in self._usual]
        said += [self._bottom_line(topic) for topic in added]
        if said or empty:
            draft.add("short_answer", said)
            risk = [topic for topic in added if topic.kind == "contraindication"]
            used = {id_ for statement in said for id_ in statement.citations}
            if risk:
                found = self._findings(risk, hits, used, GOING_ON, about_harm=True)
                draft.add("findings", found)
            return
        short = [self._bottom_line(topic) for topic in topics]
        caution = self._caution(topics[0], short[0])
        draft.add("short_answer", [*short, caution] if caution else short)
        used = {id_ for statement in short for id_ in statement.citations}
        draft.add("findings", self._findings(topics, hits, used, GOING_ON, about_harm=False))

    def _within(self, short: list[Statement], budget: int) -> list[Statement]:
        """If it is too long, without its sentences on certainty: the marks say it too."""
        if _length(*short) <= budget:
            return short
        sentences = {words.sentence for words in self._library.wording.certainty.values()}
        return [s for s in short if not any(s.text.startswith(said) for said in sentences)]

    def _asked(self, topic: Topic, text: str) -> Statement:
        """A question for the clinic; a figure in it cites the finding that has it."""
        held = self._chooser.holders(topic, text, figures_in(self._mask(text)))
        return Statement(text=text, clinical=text, citations=held)

    def _bottom_line(self, topic: Topic) -> Statement:
        points = self._chooser.points(topic.bottom_line.finding_ids)
        shown = [point.id for point in self._chooser.shown(topic.bottom_line.finding_ids)]
        body = self._chooser.points((*topic.bottom_line.finding_ids, *topic.benefit_ids))
        search = [f"{topic.id}#search"] if topic.search and topic.gap else []
        if topic.gap and not shown:
            # What the text says beside "nothing found" comes from these.
            beside = self._chooser.shown((*topic.rule_ids, *topic.benefit_ids))
            search += [point.id for point in beside][:2]
        word, basis = agreement_of(body, topic)
        # A rule or a mix-up is not more or less sure: it has no certainty to show.
        rated = topic.kind not in ("rule", "neighbour")
        # Reviews of one route or harm speak of different illnesses: they cannot agree.
        compared = rated and topic.kind not in ("route", "harm")
        return Statement(
            text=topic.bottom_line.plain,
            clinical=topic.bottom_line.clinical,
            citations=(*shown, *search) or (f"{topic.id}#bottom-line",),
            certainty=certainty_of(self._library, topic) if rated else None,
            agreement=word if compared else None,
            agreement_basis=basis if compared and (basis.counted or basis.reason) else None,
            weakened_by=shared_weaknesses(points) if rated else (),
            topic=topic.id,
        )

    def _caution(self, topic: Topic, bottom_line: Statement) -> Statement | None:
        """How sure it is, said by the certainty table; effects only, rules need no rating."""
        points = self._chooser.points(topic.bottom_line.finding_ids)
        if not any(point.finding.kind in ("effect", "marker") for point in points):
            return None
        certainty = bottom_line.certainty or "not_rated"
        if certainty == "none":
            certainty = "not_rated"
        sentence = self._library.wording.certainty[certainty].sentence
        if not any(isinstance(point.record, Review) for point in points):
            sentence = self._labels["no_review_rating"]
        sentence = topic.rating_note or sentence
        reasons = [
            self._library.wording.weakened_by[reason] for reason in bottom_line.weakened_by[:2]
        ]
        text = sentence
        if reasons and certainty == "not_rated":
            text += " " + self._labels["weakened_by"].format(reasons="; ".join(reasons))
        basis = bottom_line.agreement_basis
        if basis and len(basis.counted) > 1:
            text += " " + self._labels["overlap"]
        return Statement(
            text=text, clinical=text, citations=bottom_line.citations, certainty=certainty
        )

    def _findings(
        self,
        topics: Sequence[Topic],
        hits: Sequence[Hit],
        used: set[str],
        budget: int,
        *,
        about_harm: bool,
    ) -> list[Statement]:
        """Named findings, each record once; a dissenting review is always among them."""
        # Who asks what can go wrong is not told what it is used for.
        named = [] if about_harm else [id_ for t in topics for id_ in t.benefit_ids]
        named = [*(id_ for t in topics for id_ in t.bottom_line.finding_ids), *named]
        named += [id_ for t in topics for id_ in t.rule_ids]
        lead = self._chooser.ranked(self._chooser.shown(named), hits)
        spoken = {self._chooser.source_of(id_) for id_ in used}
        dissent = [p for p in self._chooser.dissenting(lead) if p.record.id not in spoken]
        fresh = [point for point in lead if point.id not in used]
        # What the short answer already said is not said again, unless nothing else is there.
        ordered = [*dissent, *fresh] or lead
        if budget <= 0 and not dissent and len(spoken) > 1:
            return []  # the short answer names several sources already, and needs the room
        return self._chooser.statements(ordered, budget)

    def _harms(self, topics: Sequence[Topic], used: set[str]) -> list[Statement]:
        """Harms of this use; where none is named, a serious one of the therapy as a whole."""
        points = self._chooser.risks(topics, used)
        return self._chooser.statements(points, HARM_WORDS, most=MOST_OWN_HARMS)

    def _unknowns(self, topics: Sequence[Topic]) -> list[Statement]:
        """What is not known about the first topic; a figure in it cites the finding that has it."""
        return [
            Statement(
                text=topic.unknown.plain,
                clinical=topic.unknown.clinical,
                citations=self._chooser.holders(
                    topic, topic.unknown.plain, figures_in(self._mask(topic.unknown.plain))
                ),
            )
            for topic in topics[:1]
            if topic.unknown and topic.unknown.plain
        ]
