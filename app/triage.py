"""First step: is this an emergency, or something we must not answer? Rules only, no model."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.answer import HelpNumber, Urgent
from app.cues import CueList, Reading, Span, Vocabulary, sentences, tokens
from app.language import Languages
from corpus.help import Help
from corpus.library import Library
from corpus.triage import AllOf, Language, RedFlag, Refusal, Scope
from corpus.vocabulary import LanguageCode

_LEVELS: Final = {"now": 0, "today": 1, "talk_first": 2}
_TOGETHER: Final = 3
"""Signs may be told over this many sentences in a row."""
_NEGATED: Final = 2
"""A negation that stands this many words before a cue governs it."""
_LISTED: Final = 10
"""In a list ("no fever, cough or chest pain") it governs from farther."""
_SET: Final = "@"
_WORDS: Final = re.compile(r"<([a-z0-9_]+)>")


@dataclass(frozen=True)
class Triage:
    """What the rules found; both None means that the question may simply be answered."""

    urgent: Urgent | None = None
    refusal: Refusal | None = None
    language: LanguageCode = "en"
    """The language of the urgent message."""


@dataclass(frozen=True)
class _Clause:
    """What stands up to the next "but now": every cue of the rules, and which are stated."""

    found: frozenset[str]
    stated: frozenset[str]
    about_now: bool


_Sentence = tuple[_Clause, ...]


class _LanguageRules:
    """The red flags of one language, most pressing first, with the frames of that language."""

    def __init__(self, language: Language, flags: Iterable[RedFlag]) -> None:
        self._sets = language.sets
        self.flags = [self._expanded(flag) for flag in flags]
        self._frames = {
            "asking": frozenset(self._with_sets(language.asking)),
            "past": frozenset(self._with_sets(language.past)),
            "present": frozenset(self._with_sets(language.present)),
            "lasting": frozenset(self._with_sets(language.lasting)),
            "sudden": frozenset(self._with_sets(language.sudden)),
            "opening": frozenset(self._with_sets(language.opening)),
        }
        self._negation = frozenset(language.negation)
        self._listing = frozenset(language.listing)
        self._articles = frozenset(language.articles)
        cues = [
            cue
            for flag in self.flags
            for alternative in (*flag.when, *flag.at_once)
            for g in alternative
            for cue in g
        ]
        for flag in self.flags:
            cues += [*flag.unless, *flag.unless_anywhere, *flag.asks_only]
        cues += [cue for frame in self._frames.values() for cue in frame]
        self._negating = {cue: self._negation.intersection(tokens(cue)) for cue in cues}
        """The negations that a cue itself holds ("not waking")."""
        self._vocabulary = Vocabulary([*cues, *self._negation])
        self._cues = CueList(cues)

    def _expanded(self, flag: RedFlag) -> RedFlag:
        update: dict[str, object] = {
            name: tuple(
                tuple(self._with_sets(group) for group in groups) for groups in alternatives
            )
            for name, alternatives in (("when", flag.when), ("at_once", flag.at_once))
        }
        for name in ("unless", "unless_anywhere", "asks_only"):
            update[name] = self._with_sets(getattr(flag, name))
        return flag.model_copy(update=update)

    def _with_sets(self, cues: Iterable[str]) -> tuple[str, ...]:
        """Cues with the sets they name put in: `@name` is each of a set, `<name>` any one word."""
        found: list[str] = []
        for cue in cues:
            if cue.startswith(_SET):
                found += self._with_sets(self._sets[cue[1:]])
            else:
                found.append(_WORDS.sub(lambda name: "|".join(self._sets[name.group(1)]), cue))
        return tuple(found)

    def first(self, parts: Sequence[str]) -> RedFlag | None:
        """The most pressing flag that the sentences raise."""
        read = [self._read(part) for part in parts]
        everywhere = frozenset().union(*(clause.found for clauses in read for clause in clauses))
        if not everywhere:
            return None
        return next((flag for flag in self.flags if self._raises(flag, read, everywhere)), None)

    def _raises(self, flag: RedFlag, read: Sequence[_Sentence], everywhere: frozenset[str]) -> bool:
        if everywhere & set(flag.unless_anywhere):
            return False
        blocks, asks = set(flag.unless), set(flag.asks_only)
        told = [
            frozenset[str]().union(
                *(
                    clause.stated if flag.framed else clause.found
                    for clause in clauses
                    if not clause.found & blocks and (clause.about_now or not clause.found & asks)
                )
            )
            for clauses in read
        ]
        for start in range(len(told)):
            together = frozenset().union(*told[start : start + _TOGETHER])
            if _has_one(flag.when, together) or _has_one(flag.at_once, told[start]):
                return True
        return False

    def tells(self, text: str, idle: Collection[str]) -> bool:
        """Whether a sentence by itself tells a time or states a sign; `idle`: words of neither."""
        clauses = self._read(text)
        if any(clause.about_now for clause in clauses):
            return True
        reading = Reading(text, self._vocabulary)
        stated = frozenset[str]().union(*(clause.stated for clause in clauses))
        signs = stated - self._negation.union(*self._frames.values())
        return any(
            word not in idle
            for cue in signs
            for span in reading.find(cue)
            for word in reading.tokens[span.start : span.end]
        )

    def _read(self, text: str) -> _Sentence:
        reading = Reading(text, self._vocabulary)
        places: dict[str, list[Span]] = {}
        for cue, span in self._cues.find(reading):
            places.setdefault(cue, []).append(span)
        opened = {s.start for cue in places.keys() & self._frames["opening"] for s in places[cue]}
        starts = sorted({0} | opened)
        clauses = (
            {
                cue: [span for span in spans if start <= span.start < end]
                for cue, spans in places.items()
                if any(start <= span.start < end for span in spans)
            }
            for start, end in zip(starts, [*starts[1:], len(reading.tokens)], strict=True)
        )
        present = bool(places.keys() & self._frames["present"])
        sudden = bool(places.keys() & self._frames["sudden"])
        return tuple(self._clause(clause, reading, present, sudden) for clause in clauses)

    def _clause(
        self, places: dict[str, list[Span]], reading: Reading, present: bool, sudden: bool
    ) -> _Clause:
        found = frozenset(places)
        lasting = bool(found & self._frames["lasting"]) and not sudden
        about_now = present and not lasting
        if (lasting or found & self._frames["past"]) and not about_now:
            return _Clause(found, frozenset(), about_now)
        asked = [s.start for cue in found & self._frames["asking"] for s in places[cue]]
        governed_from = min(asked, default=len(reading.tokens)) if not about_now else None
        stated = frozenset(
            cue
            for cue, spans in places.items()
            if any(self._is_stated(cue, span, reading, governed_from) for span in spans)
        )
        return _Clause(found, stated, about_now)

    def _is_stated(self, cue: str, span: Span, reading: Reading, governed_from: int | None) -> bool:
        """Whether nothing before the cue, or in its gap, takes it back ("arm is not weak")."""
        if governed_from is not None and governed_from < span.start:
            return False
        before = reading.tokens[max(0, span.start - _LISTED) : span.start]
        near = [word for word in before if word not in self._articles][-_NEGATED:]
        if any(word in self._negation for word in near):
            return False
        within = reading.tokens[span.start : span.end - 1]
        last = [word for word in within if word not in self._articles][-1:]
        if any(word in self._negation and word not in self._negating[cue] for word in last):
            return False
        listed = any(word in self._listing for word in near)
        return not (listed and any(word in self._negation for word in before))


def _has_one(alternatives: Sequence[AllOf], cues: frozenset[str]) -> bool:
    """Whether every group of one alternative has a cue among `cues`."""
    return any(all(not cues.isdisjoint(group) for group in groups) for groups in alternatives)


class TriageRules:
    """The corpus's safety rules, ready to be held against a question."""

    def __init__(self, library: Library) -> None:
        """Reads red flags, refusals and help numbers from the library."""
        flags = sorted(
            library.of(RedFlag), key=lambda flag: (_LEVELS[flag.level], flag.priority, flag.id)
        )
        self._languages = Languages(library)
        self._rules = {
            language.code: _LanguageRules(
                language, [flag for flag in flags if flag.language == language.code]
            )
            for language in library.of(Language)
        }
        self._refusals = library.of(Refusal)
        scopes = library.of(Scope)
        self._idle = frozenset(w for scope in scopes for w in (*scope.everyday, *scope.health)) | {
            w for scope in scopes for cue in scope.therapy for w in tokens(cue)
        }
        self._therapy = next((s.therapy[0] for s in library.of(Scope)), "")
        self._help = library.of(Help)
        cues = [
            cue for r in self._refusals for groups in r.when for group in groups for cue in group
        ]
        cues += [cue for r in self._refusals for cue in r.unless]
        self._denying = tuple(cue for scope in library.of(Scope) for cue in scope.denying)
        cues += self._denying
        self._vocabulary = Vocabulary(cues)
        self._cues = CueList(cues)

    def judge(self, question: str) -> Triage:
        """The most pressing red flag, and the first refusal, that `question` meets."""
        parts = sentences(question)
        codes: tuple[LanguageCode, ...] = ("en", *self._languages.possible(question))
        raised = [
            (flag, code)
            for code in codes
            if code in self._rules and (flag := self._rules[code].first(parts))
        ]
        # English rules last on a tie: a foreign phrase was surely meant in its language.
        raised.sort(key=lambda found: (_LEVELS[found[0].level], found[1] == "en"))
        refusal = self.refused(question)
        if not raised:
            return Triage(refusal=refusal)
        flag, code = raised[0]
        return Triage(self._urgent(flag), refusal, code)

    def tells(self, text: str) -> bool:
        """Whether a message by itself tells a time or a sign ("it started this morning")."""
        codes: tuple[LanguageCode, ...] = ("en", *self._languages.possible(text))
        known = [self._rules[code] for code in codes if code in self._rules]
        return any(rules.tells(part, self._idle) for rules in known for part in sentences(text))

    def denies(self, text: str) -> bool:
        """Whether the reader takes back what was said of them ("I'm not pregnant")."""
        return Reading(text, self._vocabulary, self._cues).has_any(self._denying)

    def refused(self, question: str, *, follows_up: bool = False) -> Refusal | None:
        """The first refusal that a sentence, or the whole, meets.

        `follows_up`: "can I do that myself?" means the therapy without naming it.
        """
        whole = f"{question} {self._therapy}" if follows_up else question
        parts = (*sentences(question), whole)
        readings = [Reading(part, self._vocabulary, self._cues) for part in parts]
        return next(
            (
                refusal
                for refusal in self._refusals
                if any(
                    any(reading.has_groups(groups) for groups in refusal.when)
                    and not reading.has_any(refusal.unless)
                    for reading in readings
                )
            ),
            None,
        )

    def _urgent(self, flag: RedFlag) -> Urgent:
        numbers = tuple(
            HelpNumber(
                country=help_.country,
                name=help_.name,
                number=help_.number,
                seen_on=help_.seen_on,
            )
            for purpose in flag.help
            for help_ in self._help
            if help_.purpose == purpose and help_.number and help_.show_number
        )
        return Urgent(
            kind=flag.kind,
            level=flag.level,
            message=flag.message,
            action=flag.action,
            numbers=numbers,
        )
