"""Refusals about words: reading grade, sentence length, figures, certainty verbs."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from corpus.claim import Claim
from corpus.figures import figures_in, figures_of
from corpus.finding import Finding
from corpus.library import Library
from corpus.paper import Paper
from corpus.reader import Problem
from corpus.reading import Mask, grade, longest_sentence
from corpus.topic import Topic

MAX_GRADE: Final = 9.0
MAX_SENTENCE: Final = 20


def mask_of(library: Library) -> Mask:
    """Names of conditions and procedures: what every topic is called, and the wording's list."""
    names = [name for topic in library.topics.values() for name in topic.names]
    return Mask([*names, *library.wording.masked])


def hard_text(file: str, field: str, text: str, mask: Mask) -> Iterator[Problem]:
    """A text above the reading grade, or with a sentence that is too long."""
    if "TODO" in text:
        yield Problem(file=file, field=field, message="is unfinished; write it or remove it")
        return
    masked = mask(text)
    found = grade(masked)
    if found > MAX_GRADE:
        message = f"reading grade {found:.1f} is above {MAX_GRADE:g}; use shorter words"
        yield Problem(file=file, field=field, message=f"{message} and sentences")
    longest = longest_sentence(masked)
    if longest > MAX_SENTENCE:
        message = f"a sentence has {longest} words; split it ({MAX_SENTENCE} at most)"
        yield Problem(file=file, field=field, message=message)


def _finding_values(record: Paper, finding: Finding) -> list[object]:
    interval = [finding.ci.low, finding.ci.high, finding.ci.level] if finding.ci else []
    arms = [part for arm in finding.arms for part in (arm.name, arm.events, arm.total)]
    scale = finding.scale
    shown = finding.show == "all"
    return [
        *([finding.value, *interval, finding.p, finding.i2, *arms] if shown else []),
        *([finding.statement] if shown else []),
        finding.outcome,
        finding.comparator,
        finding.timepoint,
        finding.unit,
        finding.n_studies,
        finding.n_participants,
        *([scale.low, scale.high, scale.smallest_noticeable] if scale else []),
        *record.card_values,
    ]


def plain_texts(record: Paper) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Every plain text of a paper: field, text, and the figures it may use."""
    for finding in record.findings:
        if finding.plain:
            allowed = figures_of(_finding_values(record, finding))
            yield f"findings.{finding.key}.plain", finding.plain, allowed
    for name in ("harms", "conclusion", "limits"):
        note = getattr(record, name)
        if note and note.plain:
            allowed = figures_of([note.clinical, *record.card_values])
            yield f"{name}.plain", note.plain, allowed


def paper_problems(file: str, record: Paper, library: Library, mask: Mask) -> Iterator[Problem]:
    """Hard sentences, foreign figures and certainty words the source does not carry."""
    for field, text, allowed in plain_texts(record):
        yield from hard_text(file, field, text, mask)
        if strange := sorted(figures_in(mask(text)) - allowed):
            message = f"the figure {strange[0]} stands in no field of the record"
            yield Problem(file=file, field=field, message=f"{message}; correct or remove it")
    for finding in record.findings:
        if finding.plain and finding.kind == "effect":
            yield from verb_problems(file, finding, library)
        if finding.show == "all" and record.depth != "citation" and not finding.plain:
            yield Problem(
                file=file,
                field=f"findings.{finding.key}.plain",
                message="is missing; write it, or set show: clinical with a caution",
            )


def _has_word(text: str, word: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))


def verb_problems(file: str, finding: Finding, library: Library) -> Iterator[Problem]:
    """The certainty chooses the verb: unrated results are reported, never promised."""
    words = library.wording.certainty[finding.certainty or "not_rated"]
    text = finding.plain or ""
    where = f"findings.{finding.key}.plain"
    for banned in words.banned:
        if _has_word(text, banned):
            message = f"says '{banned}', too strong for certainty '{words.label}'; say what"
            yield Problem(file=file, field=where, message=f"{message} was reported")
    if words.verbs and not any(_has_word(text, verb) for verb in words.verbs):
        needed = " / ".join(words.verbs)
        message = f"certainty '{words.label}' needs one of: {needed}"
        yield Problem(file=file, field=where, message=message)


def topic_texts(topic: Topic) -> Iterator[tuple[str, str]]:
    """Every patient text of a topic, by field."""
    yield "bottom_line.plain", topic.bottom_line.plain
    if topic.rating_note:
        yield "rating_note", topic.rating_note
    if topic.search:
        yield "search.plain", topic.search.plain
    if topic.population:
        yield "population", topic.population
    for name in ("unknown", "waiting"):
        note = getattr(topic, name)
        if note and note.plain:
            yield f"{name}.plain", note.plain
    for index, question in enumerate(topic.questions_to_ask):
        yield f"questions_to_ask.{index}", question


def topic_problems(file: str, topic: Topic, library: Library, mask: Mask) -> Iterator[Problem]:
    """Hard texts, and figures in the bottom line that no named finding has."""
    for field, text in topic_texts(topic):
        yield from hard_text(file, field, text, mask)
    searched = topic.search
    dates = figures_of([searched.clinical, searched.until] if searched else [])
    for field, text in topic_texts(topic):
        lead = field == "bottom_line.plain"
        ids = topic.bottom_line.finding_ids if lead else (*topic.point_ids, *topic.waiting_ids)
        allowed = dates | _figures_of_points(library, ids)
        if field != "search.plain" and (strange := sorted(figures_in(mask(text)) - allowed)):
            where = "bottom_line.finding_ids" if lead else "the topic's findings"
            message = f"the figure {strange[0]} stands in none of {where}; correct or remove it"
            yield Problem(file=file, field=field, message=message)
    yield from _clinical_problems(file, topic, library, mask)


def _clinical_problems(file: str, topic: Topic, library: Library, mask: Mask) -> Iterator[Problem]:
    """Figures of the clinical texts that stand in no field of a record the topic names."""
    named = {id_.split("#")[0] for id_ in (*topic.point_ids, *topic.waiting_ids)}
    allowed = figures_of([topic.search.clinical, topic.search.until] if topic.search else [])
    allowed |= frozenset().union(*(record_figures(library, id_) for id_ in named))
    notes = {"unknown": topic.unknown, "waiting": topic.waiting}
    texts = {"bottom_line.clinical": topic.bottom_line.clinical}
    texts |= {f"{name}.clinical": note.clinical for name, note in notes.items() if note}
    for field, text in texts.items():
        if strange := sorted(figures_in(mask(text)) - allowed):
            message = f"the figure {strange[0]} stands in no record that the topic names; "
            yield Problem(file=file, field=field, message=message + "name it, or correct the text")


def record_figures(library: Library, record_id: str) -> frozenset[str]:
    """Every figure of a record that some view may show."""
    record = library.get(record_id)
    if not isinstance(record, Paper):
        return frozenset()
    fields = record.model_dump(mode="json", exclude={"seen_in", "unverified", "findings"})
    fields["findings"] = [finding.shown_fields for finding in record.findings]
    return figures_of(_leaves(fields))


def _leaves(node: object) -> Iterator[object]:
    if isinstance(node, dict):
        for part in node.values():
            yield from _leaves(part)
    elif isinstance(node, list | tuple):
        for part in node:
            yield from _leaves(part)
    else:
        yield node


def _figures_of_points(library: Library, point_ids: Iterable[str]) -> frozenset[str]:
    points = (library.points.get(point_id) for point_id in point_ids)
    return frozenset().union(
        *(figures_of(_finding_values(p.record, p.finding)) for p in points if p)
    )


def claim_texts(claim: Claim) -> dict[str, str]:
    """Every patient text of a claim, by field."""
    return {"fact": claim.fact, "explanation.plain": claim.explanation.plain, "ask": claim.ask}


def claim_problems(file: str, claim: Claim, library: Library, mask: Mask) -> Iterator[Problem]:
    """Hard texts of a claim, and figures of its explanation that stand nowhere."""
    allowed = set(figures_of([*claim.figures, claim.claim]))
    for looked in claim.looked_for:
        allowed |= figures_of([looked.what, looked.until, *looked.found])
    allowed |= _figures_of_points(library, claim.explanation.finding_ids)
    for field, text in claim_texts(claim).items():
        yield from hard_text(file, field, text, mask)
        if strange := sorted(figures_in(mask(text)) - allowed):
            message = f"the figure {strange[0]} stands in no finding or field it names"
            yield Problem(file=file, field=field, message=f"{message}; correct or remove it")
