"""Which record a reader means by author, year, journal, agency or nickname."""

import re
from collections import defaultdict
from collections.abc import Collection
from typing import Final

from app.cues import Vocabulary, english, normalise, tokens
from app.own_word import rarity
from corpus.library import Library
from corpus.paper import Paper
from corpus.triage import Scope

_COMMON: Final = 40
"""A word that more records' names hold than this tells none of them apart ("medicine")."""
_CAPITAL: Final = re.compile(r"\b[A-Z][A-Za-z]+")
RARE_NAME: Final = 14.0
"""Words that English uses more than this name a paper only where they have a capital letter."""
_ENOUGH: Final = 0.8
"""What the words of a question must add up to before a record counts as named."""
_NEAR: Final = 0.8
"""Records named nearly as well as the best are meant too (an update of the same report)."""
MOST: Final = 2
_IDENTITY: Final = 2
"""Words of an id that say whose paper it is ("hta-galicia-...", "us-fda-..."); others, of what."""
_OWNING: Final = re.compile(r"['’]s\b")


class SourceNames:
    """The words by which papers are known, each weighing more the fewer papers have it."""

    def __init__(self, library: Library) -> None:
        """Reads authors, bodies, journals, years and the words of ids and titles."""
        self._papers = {p.id: p for p in library.papers if p.may_support and p.findings}
        plain = {w for scope in library.of(Scope) for w in (*scope.everyday, *scope.health)}
        plain |= {w for scope in library.of(Scope) for cue in scope.therapy for w in tokens(cue)}
        names = {
            word
            for topic in library.topics.values()
            if topic.kind != "rule"
            for name in (topic.name, *topic.lay)
            for word in tokens(name)
        }
        self._by_word: dict[str, dict[str, float]] = defaultdict(dict)
        for paper in self._papers.values():
            for word, weight in _words(paper).items():
                # What an illness is called names no record of it, but tells two papers apart.
                if word not in plain and len(word) > 2:
                    self._by_word[word][paper.id] = min(weight, 0.25) if word in names else weight
        self._journals = {
            p.id: normalise(p.journal)
            for p in self._papers.values()
            if p.journal and " " in p.journal
        }
        self._years = {p.id: str(p.year) for p in self._papers.values() if p.year}
        self.vocabulary = Vocabulary(w for w in self._by_word if not w.isdigit())

    def find(self, text: str, of_topic: Collection[str]) -> tuple[str, ...]:
        """The ids of the records that the text names, best first; none if it names none.

        `of_topic`: the records that the topics of the text name.
        """
        typed = set(tokens(_OWNING.sub("", text)))
        # A real word is only itself here: "change" is not Dr Chang. Others may be misspelt names.
        meant = {w for t in typed for w in ({t} if t in english() else self.vocabulary.meant(t))}
        scores: dict[str, float] = defaultdict(float)
        identified: dict[str, float] = defaultdict(float)
        capital = {word.lower() for word in _CAPITAL.findall(text)}
        for word in meant:
            here = self._by_word.get(word, {})
            if not 0 < len(here) <= _COMMON:
                continue
            # "Spine" is a journal and "Ma" an author; "spine" and "ma" are words.
            doubtful = word not in capital and rarity(word) < RARE_NAME
            for id_, weight in here.items():
                scores[id_] += (weight / 2 if doubtful else weight) / len(here) ** 0.5
                if weight >= 1 and not doubtful:
                    identified[id_] = max(identified[id_], weight / len(here) ** 0.25)
        plain = normalise(text)
        for id_, journal in self._journals.items():
            if journal in plain:
                scores[id_] += 1.0
                identified[id_] = max(identified[id_], 1.0)
        for id_ in scores:
            scores[id_] += 0.6 * (self._years.get(id_, "-") in typed)
            scores[id_] += 0.5 * (id_ in of_topic)
        named = [id_ for id_ in scores if identified[id_] and scores[id_] >= _ENOUGH]
        named.sort(key=lambda id_: (-scores[id_], id_))
        return tuple(id_ for id_ in named if scores[id_] >= _NEAR * scores[named[0]])[:MOST]


def _words(paper: Paper) -> dict[str, float]:
    """A record's words with how surely each names it: who wrote it before what it is called."""
    found: dict[str, float] = {}
    title = tokens(paper.title)
    for word in (*title, *tokens(" ".join(paper.routes))):
        found[word] = 0.25
    for place, word in enumerate(tokens(paper.id.replace("-", " "))):
        found[word] = 1.0 if place < _IDENTITY else 0.5
    for word in tokens(f"{paper.journal or ''} {paper.organisation or ''}"):
        found[word] = 1.0
    for place, author in enumerate(paper.authors):
        # "Martínez-Sánchez G": the initials name nobody. Papers are called by their first author.
        for word in tokens(author):
            if len(word) > 2:
                found[word] = 1.0 if place else 2.0
    return found
