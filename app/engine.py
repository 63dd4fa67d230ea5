"""The one way through: question -> triage -> understand -> retrieve -> decide -> compose ->
verify -> contrast -> answer. Read this file to know what happens to a question.
"""

from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Final, TypeVar

from app.answer import Answer, Cell, ContrastItem, EngineNote, Section, Statement, Status
from app.cells import Cells
from app.compose import Composer, Draft
from app.contrast import contrast, fact_of
from app.decide import decide
from app.lead import usual_topics
from app.places import places_for
from app.question import Unusable, clean
from app.related import related_questions
from app.requests import Requests
from app.retrieve import Hit, Retriever
from app.settings import Settings
from app.sources import card_figures, cited_ids, cited_passages, sources_of
from app.triage import Triage, TriageRules
from app.turns import Turns
from app.understand import Reader
from app.understanding import Understanding
from app.verify import Verifier
from corpus.library import Library, load_library
from corpus.triage import Language
from ingest.index import Index, open_index
from ingest.server import StoreUnreachable

MAX_HISTORY: Final = 6
"""How many earlier questions a follow-up may lean on."""
_SOON: Final = ("now", "today")
_FOLLOWED: Final = 2
"""For how many turns a danger is shown again unless it is taken back."""
_LASTING: Final = ("child", "pregnancy")
"""Kinds of caution that hold for a whole conversation."""
_WEIGHED: Final[tuple[Status, ...]] = ("answered", "partial", "no_evidence")
"""Statuses in which a reader weighs a treatment; safety and refusals come without it."""

_T = TypeVar("_T")


class _Clock:
    """Milliseconds per step."""

    def __init__(self) -> None:
        self.ms: dict[str, float] = {}

    def time(self, step: str, work: Callable[[], _T]) -> _T:
        start = perf_counter()
        result = work()
        self.ms[step] = round((perf_counter() - start) * 1000, 2)
        return result


class Engine:
    """Answers questions from one library and the index built from it. Keeps no question."""

    def __init__(self, library: Library, index: Index) -> None:
        """Prepares every step once."""
        self.library = library
        self.index = index
        self._rules = TriageRules(library)
        self._turns = Turns(library)
        self._requests = Requests(library, index)
        self._notes = {language.code: language.note for language in library.of(Language)}
        self._usual = usual_topics(library)
        self._reader = Reader(library, index)
        self.retriever = Retriever(library, index)
        self._cells = Cells(library, index.passages)
        self._composer = Composer(library, index.passages, self._cells)
        self._verifier = Verifier(library, lambda source_id: card_figures(library, source_id))

    @classmethod
    def open(cls, settings: Settings, library: Library | None = None) -> "Engine":
        """The engine for the configured corpus, read unless it is given, and its index.

        Raises:
            CorpusError, IndexMissing, StoreUnreachable, ModelError: each message says what to do.

        """
        library = library or load_library(settings.corpus)
        index = open_index(
            settings.data,
            settings.embedding_model,
            corpus_hash=library.content_hash,
            server=settings.server,
        )
        return cls(library, index)

    def warm(self) -> None:
        """Loads the model, both collections and BM25, so that the first question is quick."""
        vector = self._reader.read("warming up", ()).vector  # loads the model and the word list
        for lane in self.index.stores:
            self.retriever.dense(vector, lane, 1)
            self.retriever.lexical("warm", lane, 1)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to any text; a text that cannot be read as a question gets a kind note.

        Raises:
            StoreUnreachable, IndexMissing: a Chroma server is away or lost its collections. The
                next question tries again.

        """
        try:
            asked = clean(question)
        except Unusable as error:
            return self._unusable(error)
        return self._answer(asked, _readable(history[-MAX_HISTORY:]))

    def search(self, question: str, history: Sequence[str] = ()) -> tuple[Hit, ...]:
        """The passages that bear on a question, best first: what an answer is chosen from."""
        return self.retriever.evidence(self._reader.read(question, history))

    def about(self, topic_id: str) -> Answer:
        """Everything on one topic, for a page that is read without a question; KeyError if none."""
        topic = self.library.topics[topic_id]
        understood = Understanding(
            question=topic.name,
            topics=(topic.id,),
            intents=(),
            about_therapy=True,
            unknown_words=(),
            vector=tuple(self.index.embeddings.embed_query(topic.name)),
        )
        return self._composed(Triage(), understood, _Clock())

    def _answer(self, question: str, history: Sequence[str]) -> Answer:
        clock = _Clock()
        triage = clock.time("triage", lambda: self._rules.judge(question))
        understood = clock.time("understand", lambda: self._reader.read(question, history))
        if history and not (triage.urgent and triage.urgent.level in _SOON):
            triage = self._carried(self._meant(triage, question), understood, history)
        if triage == Triage():
            refusal = clock.time("requests", lambda: self._requests.meant(understood))
            triage = Triage(refusal=refusal)
        try:
            return self._composed(triage, understood, clock)
        except StoreUnreachable:
            if triage.urgent is None:
                raise
            # Help never waits for a server.
            return Answer(
                question=question,
                status="urgent",
                urgent=triage.urgent,
                language=triage.language,
                engine=self._note(0, clock.ms),
            )

    def _meant(self, triage: Triage, question: str) -> Triage:
        """Without a caution that the reader only asks back about ("what do you mean, a child?")."""
        cautions = triage.urgent is not None and triage.urgent.kind in _LASTING
        return Triage(None, triage.refusal) if cautions and self._rules.denies(question) else triage

    def _carried(self, triage: Triage, understood: Understanding, history: Sequence[str]) -> Triage:
        """What a follow-up leaves unsaid: a danger, the therapy, what was done, to whom."""
        question, settled = understood.question, self._turns.settles(understood.question)
        if not settled and (danger := self._played_down(history)):
            return danger
        # A question with a subject of its own stands by itself; others lean on what was said.
        leans = understood.follows_up or not understood.topics
        if not leans or triage != Triage():
            return triage
        # "How often?" of a harm counts the harmed.
        counted = understood.asked == ("sessions",) and "sessions" not in understood.intents
        refusal = None if counted else self._rules.refused(question, follows_up=True)
        if refusal:
            return Triage(refusal=refusal)
        # "I had it this morning." "Now my belly is hard.": signs told over two messages.
        if not settled and self._rules.tells(question):
            together = self._rules.judge(f"{history[-1]}. {question}")
            if together.urgent and together.urgent.level in _SOON:
                return Triage(together.urgent, None, together.language)
        denies = self._rules.denies(question)
        for earlier in reversed(history) if understood.inherited and not denies else ():
            triage = self._rules.judge(earlier)
            if triage.urgent and triage.urgent.kind in _LASTING:
                return Triage(triage.urgent, None, triage.language)
        return Triage()

    def _played_down(self, history: Sequence[str]) -> Triage | None:
        """A danger told before: "it's probably nothing, anyway ..." does not end it.

        What can wait some hours is left alone once the talk has gone on to another subject.
        """
        for place, earlier in list(enumerate(history))[-1 : -_FOLLOWED - 1 : -1]:
            if self._turns.settles(earlier):
                break
            before = self._rules.judge(earlier)
            if before.urgent and before.urgent.level in _SOON:
                turned = before.urgent.level != "now" and any(
                    self._opens_subject(place + 1 + n, history)
                    for n in range(len(history) - place - 1)
                )
                return None if turned else Triage(before.urgent, None, before.language)
        return None

    def _opens_subject(self, place: int, history: Sequence[str]) -> bool:
        """Whether an earlier message asked about something else than those before it."""
        then = self._reader.read(history[place], history[:place])
        return bool(then.topics) and not then.follows_up

    def _composed(self, triage: Triage, understood: Understanding, clock: _Clock) -> Answer:
        hits = clock.time("retrieve", lambda: self.retriever.evidence(understood))
        status = decide(self.library, triage, understood, self._usual)
        draft = clock.time(
            "compose", lambda: self._composer.compose(status, triage, understood, hits)
        )
        topics = [self.library.topics[id_] for id_ in understood.topics]
        # What was weighed once is not weighed again, unless the reader is about to decide.
        again = understood.same_subject and "decision" not in understood.asked
        treated = topics if status in _WEIGHED and not again else ()
        weighed = clock.time("cells", lambda: self._cells.of(treated))
        sections, dropped = clock.time("verify", lambda: self._verified(draft))
        cells, faulty = clock.time("verify_cells", lambda: self._verified_cells(weighed))
        # No sales talk beside a danger, or to somebody who thinks of leaving a medicine.
        quiet = status in ("refused", "off_topic") or (
            triage.urgent is not None
            and (triage.urgent.level != "talk_first" or triage.urgent.kind == "stop_treatment")
        )
        quiet = quiet or (understood.same_subject and "claim_check" not in understood.intents)
        contrasted = () if quiet else clock.time("contrast", lambda: self._contrast(understood))
        code = triage.language if triage.urgent else understood.language
        if note := self._notes.get(code):
            sections = _with_note(sections, note)
        if contrasted:
            facts = tuple(fact_of(item) for item in contrasted)
            sections = (*sections, Section(kind="contrast", statements=facts))
        return self._assembled(
            Answer(
                question=understood.question,
                status=status,
                urgent=triage.urgent,
                language=code,
                topics=understood.topics,
                intents=understood.intents,
                sections=sections,
                cells=cells,
                applies_to=self.library.topics[cells[0].topic].population if cells else None,
                help=places_for(self.library, topics, understood.question),
                contrast=contrasted,
                related=related_questions(self.library, understood, status),
                engine=self._note(dropped + faulty, clock.ms),
            ),
            hits,
        )

    def _contrast(self, understood: Understanding) -> tuple[ContrastItem, ...]:
        search = partial(self.retriever.marketing, understood)
        return contrast(self.library, understood, search, self.index.passages)

    def _unusable(self, error: Unusable) -> Answer:
        text = self.library.wording.labels[error.key]
        note = Section(kind="note", statements=(Statement(text=text, clinical=text),))
        return Answer(
            question=error.shown,
            status="off_topic",
            sections=(note,),
            related=tuple(self.library.wording.examples[:3]),
            engine=self._note(0, {}),
        )

    def _verified(self, draft: Draft) -> tuple[tuple[Section, ...], int]:
        sections: list[Section] = []
        dropped = 0
        for section in draft.sections:
            kept, failed = self._verifier.kept(section.statements, self.index.passages)
            dropped += len(failed)
            if kept:
                sections.append(Section(kind=section.kind, statements=kept))
        return tuple(sections), dropped

    def _verified_cells(self, cells: Sequence[Cell]) -> tuple[tuple[Cell, ...], int]:
        verified: list[Cell] = []
        dropped = 0
        for cell in cells:
            kept, failed = self._verifier.kept(cell.statements, self.index.passages)
            dropped += len(failed)
            verified.append(self._cells.cell(cell.kind, cell.topic, kept))
        return tuple(verified), dropped

    def _assembled(self, answer: Answer, hits: Sequence[Hit]) -> Answer:
        ids = cited_ids(answer.sections, answer.cells, answer.contrast)
        passages = cited_passages(self.library, ids, self.index.passages, hits)
        return answer.model_copy(
            update={"passages": passages, "sources": sources_of(self.library, passages)}
        )

    def _note(self, dropped: int, ms: dict[str, float]) -> EngineNote:
        return EngineNote(
            corpus=self.library.content_hash[:12],
            index=self.index.manifest.key,
            embedding_model=self.index.manifest.model,
            dropped=dropped,
            ms={**ms, "total": round(sum(ms.values()), 2)},
        )


def _with_note(sections: tuple[Section, ...], text: str) -> tuple[Section, ...]:
    """The sections with a note before everything else; notes stay one section."""
    notes = [s for section in sections if section.kind == "note" for s in section.statements]
    first = Section(kind="note", statements=(Statement(text=text, clinical=text), *notes))
    return (first, *(section for section in sections if section.kind != "note"))


def _readable(history: Sequence[str]) -> list[str]:
    earlier = []
    for text in history:
        try:
            earlier.append(clean(text))
        except Unusable:
            continue
    return earlier
