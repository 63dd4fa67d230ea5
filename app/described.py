"""Which record a reader means by what it is ("that Chinese report with 103 people")."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import Stemmer

from app.cues import Reading, Vocabulary, sentences, tokens
from corpus.library import Library
from corpus.paper import Paper
from corpus.triage import Aspect, Descriptions, Scope

_COMMON: Final = 30
"""A word that more records hold than this describes none of them."""
_WORD: Final = 0.7
"""What a word counts that only one record holds; the more hold it, the less."""
_WORDS: Final = 1.4
_FIELDS: Final = (("number", 1.0), ("place", 0.7), ("year", 0.7))
_KIND: Final = 0.4
_LEAST_NUMBER: Final = 5
_COUNTED: Final = 2
"""Words between a number and what it counts ("200 adult patients")."""
_LONG: Final = 40
"""Words from which only the sentences that speak of a record describe it."""
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d")
_OWNED: Final = re.compile(r"\b[A-Z]\w*['’]?s\s+(?:\w+\s+)??(\w+)")
_SHORT_NAME: Final = re.compile(r"\b[A-Z]{2,6}\b")
_CODE: Final = re.compile(r"\b10\.\d{4,9}/\S+|\bpmc ?\d{5,}|\bnct ?\d{6,}|\b\d{7,8}\b")


class Describing:
    """Kinds of records, places, years, numbers and telling words, record by record."""

    def __init__(self, library: Library, papers: Iterable[Paper]) -> None:
        """`papers`: the records that may be meant; nobody means one on usual care."""
        self._papers = {p.id: p for p in papers if getattr(p, "kind", "") != "usual_care"}
        cues = library.of(Descriptions)
        self._particular = tuple(cue for record in cues for cue in record.particular)
        self._kinds = {w: set(n.kinds) for r in cues for n in r.nouns for w in n.words}
        self._counted = {word for record in cues for word in record.counted}
        self.places = {word: names[0] for r in cues for names in r.places for word in names}
        self._vocabulary = Vocabulary(self._particular)
        self._stem = Stemmer.Stemmer("english").stemWords
        scopes = library.of(Scope)
        idle = {w for scope in scopes for w in (*scope.everyday, *scope.health)}
        idle |= {w for scope in scopes for cue in scope.therapy for w in tokens(cue)}
        # "Which year did it search up to?" asks for a field; no record is described by "search".
        idle |= {
            w
            for aspect in library.of(Aspect)
            for groups in aspect.when
            for group in groups
            for cue in group
            for w in tokens(cue)
        }
        self._idle = frozenset(self._stem(sorted({*idle, *self._kinds, *self.places})))
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._fields: dict[str, dict[str, set[str]]] = {}
        self._codes: dict[str, str] = {}
        for paper in self._papers.values():
            self._add(paper)

    def _add(self, paper: Paper) -> None:
        telling = " ".join(
            [paper.title, paper.population or "", *paper.condition]
            + [text for f in paper.findings for text in (f.outcome, f.comparator or "")]
            + [f.plain or f.statement or "" for f in paper.findings]
        )
        for word in set(self._stem(tokens(telling))) - self._idle:
            if len(word) > 2 and not word.isdigit():
                self._by_word[word].add(paper.id)
        for name in _SHORT_NAME.findall(telling):
            self._by_word[name].add(paper.id)
        about = tokens(
            f"{telling} {paper.jurisdiction or ''} {paper.funding or ''} {paper.conflicts or ''}"
        )
        people = {n for f in paper.findings for n in (f.n_participants, f.n_studies)}
        numbers = {paper.n_participants, paper.n_studies, paper.n_rcts, *people}
        self._fields[paper.id] = {
            "number": {str(n) for n in numbers if n and n >= _LEAST_NUMBER}
            | set(self._numbers(tokens(paper.population or ""))),
            "place": {self.places[word] for word in about if word in self.places},
            "year": {str(paper.year)} if paper.year else set(),
        }
        for code in (paper.doi, paper.pmid, paper.pmcid):
            if code:
                self._codes[str(code).casefold()] = paper.id
        for code in _CODE.findall(f"{paper.id} {paper.title} {paper.url or ''}".casefold()):
            self._codes[code] = paper.id

    def coded(self, text: str) -> tuple[str, ...]:
        """The record whose DOI, PubMed or register number the text holds."""
        codes = (code.rstrip(".,;:?!)").replace(" ", "") for code in _CODE.findall(text.casefold()))
        return tuple(dict.fromkeys(self._codes[code] for code in codes if code in self._codes))

    def particular(self, text: str) -> bool:
        """Whether the text speaks of one certain record."""
        if _YEAR.search(text) and not self._kinds.keys().isdisjoint(tokens(text)):
            return True
        if any(word.lower() in self._kinds for word in _OWNED.findall(text)):
            return True
        return Reading(text, self._vocabulary).has_any(self._particular)

    def unlike(self, text: str) -> set[str]:
        """The records that are not of a kind that the text speaks of ("the trial")."""
        kinds = [self._kinds[word] for word in tokens(text) if word in self._kinds]
        meant = set().union(*kinds)
        if not meant:
            return set()
        return {id_ for id_, p in self._papers.items() if getattr(p, "kind", "") not in meant}

    def scores(self, text: str) -> dict[str, float]:
        """How well the text describes each record that anything in it fits."""
        if len(tokens(text)) > _LONG:
            text = ". ".join(part for part in sentences(text) if self.particular(part))
        typed = tokens(text)
        stems = set(self._stem(typed)) - self._idle
        # Of a text that is typed in capitals throughout, none is a short name.
        names = set(_SHORT_NAME.findall(text)) if any(c.islower() for c in text) else set()
        stems |= names
        said = {
            "number": set(self._numbers(typed)),
            "place": {self.places[w] for w in (*typed, *names) if w in self.places},
            "year": set(_YEAR.findall(text)),
        }
        scores: dict[str, float] = defaultdict(float)
        for stem in stems:
            held = self._by_word.get(stem, set())
            for id_ in held if len(held) <= _COMMON else ():
                scores[id_] = min(scores[id_] + _WORD / len(held) ** 0.5, _WORDS)
        for name, weight in _FIELDS if any(said.values()) else ():
            for id_, fields in self._fields.items():
                if fields[name] & said[name]:
                    scores[id_] += weight
        if any(word in self._kinds for word in typed):
            unlike = self.unlike(text)
            for id_ in scores:
                scores[id_] += -_KIND if id_ in unlike else _KIND
        return scores

    def _numbers(self, typed: Sequence[str]) -> Iterator[str]:
        """The numbers that count people or studies."""
        for place, word in enumerate(typed):
            after = typed[place + 1 : place + 2 + _COUNTED]
            if word.isdigit() and self._counted & set(after):
                # "3,681 people" are two tokens.
                whole = place and len(word) == 3 and typed[place - 1].isdigit()
                yield typed[place - 1] + word if whole else word
