"""Which record a reader means by author, year, journal, agency or nickname."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from app.cues import Vocabulary, english, normalise, tokens
from app.described import Describing
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
_DESCRIBED: Final = 1.3
"""And what describes one must add up to, where nothing names it."""
_OF_TOPIC: Final = 0.5
_BY_AUTHOR: Final = 1.2
"""From here a name is an author's or as good, and means a record whatever the illness is."""
_NEAR: Final = 0.8
"""Records named nearly as well as the best are meant too (an update of the same report)."""
MOST: Final = 2
_IDENTITY: Final = 2
"""Words of an id that say whose paper it is ("hta-galicia-...", "us-fda-..."); others, of what."""
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_CAPITALS: Final = re.compile(r"\b[A-Z]{4,}\b")
_OF: Final = frozenset({"of", "and", "the", "in", "for"})
_INITIALS: Final = re.compile(r" [A-Z]{1,4}$")
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
        self._described = Describing(library, self._papers.values())
        for paper in self._papers.values():
            for word, weight in _words(paper).items():
                if word in self._described.places:
                    continue  # a country names no record; that it is from there describes it
                # What an illness is called names no record of it, but tells two papers apart.
                if word not in plain and len(word) > 2:
                    self._by_word[word][paper.id] = min(weight, 0.25) if word in names else weight
        self._journals: dict[str, set[str]] = defaultdict(set)
        self._bodies: dict[str, set[str]] = defaultdict(set)
        for paper in self._papers.values():
            for name, ids in ((paper.journal, self._journals), (paper.organisation, self._bodies)):
                if name and " " in name:
                    ids[normalise(name)].add(paper.id)
        self.vocabulary = Vocabulary(w for w in self._by_word if not w.isdigit())

    def particular(self, text: str) -> bool:
        """Whether the text speaks of one certain record."""
        if self._described.coded(text) or self._described.particular(text):
            return True
        # "Paoloni 2009": an author and the year of the same record.
        years = set(_YEAR.findall(text))
        if not years:
            return False
        sure = (id_ for id_, known in self._called(text)[1].items() if known >= _BY_AUTHOR)
        return any(str(self._papers[id_].year) in years for id_ in sure)

    def find(
        self, text: str, of_topic: Sequence[str], of_illness: Collection[str] = ()
    ) -> tuple[str, ...]:
        """The ids of the records that the text names or describes, best first; none if it does not.

        `of_topic`: the records that the topics of the text lean on, most first; `of_illness`: those
        of its illnesses; where there are any, only its author can name a record on something else.
        """
        if coded := self._described.coded(text):
            return coded
        called, identified = self._called(text)
        particular = self.particular(text)
        described = self._described.scores(text) if particular or identified else {}
        unlike = self._described.unlike(text) if called or described else set()
        scores: dict[str, float] = {}
        for id_ in {*called, *described}:
            bonus = _OF_TOPIC * (id_ in of_topic)
            known = identified.get(id_, 0.0)
            named = bool(known) and called[id_] + bonus >= _ENOUGH
            told = particular and described.get(id_, 0.0) + bonus >= _DESCRIBED
            elsewhere = id_ in unlike or (of_illness and id_ not in of_illness)
            if (named or told) and (known >= _BY_AUTHOR or not elsewhere):
                scores[id_] = called.get(id_, 0.0) + described.get(id_, 0.0) + bonus
        best = max(scores.values(), default=0.0)
        near = [id_ for id_ in scores if scores[id_] >= _NEAR * best]
        if len(near) > MOST and not any(identified.get(id_) for id_ in near):
            return ()  # what fits many records means none of them
        place = {id_: n for n, id_ in enumerate(of_topic)}
        near.sort(key=lambda id_: (-scores[id_], place.get(id_, len(place)), id_))
        return tuple(near[:MOST])

    def _called(self, text: str) -> tuple[dict[str, float], dict[str, float]]:
        """How much the text has of each record's names, and how surely one name tells it."""
        typed = set(tokens(_OWNING.sub("", text)))
        # A real word is only itself here: "change" is not Dr Chang. Others may be misspelt names.
        meant = {w for t in typed for w in ({t} if t in english() else self.vocabulary.meant(t))}
        scores: dict[str, float] = defaultdict(float)
        identified: dict[str, float] = {}
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
                    sure = weight / len(here) ** 0.25
                    identified[id_] = max(identified.get(id_, 0.0), sure)
        plain = normalise(text)
        short = {name.lower() for name in _CAPITALS.findall(text)}
        said = [ids for name, ids in self._journals.items() if _shortened(name, plain, short)]
        said += [ids for name, ids in self._bodies.items() if name in plain]
        for id_ in (id_ for ids in said for id_ in ids):
            scores[id_] += 1.0
            identified[id_] = max(identified.get(id_, 0.0), 1.0)
        return scores, identified


def _words(paper: Paper) -> dict[str, float]:
    """A record's words with how surely each names it: who wrote it before what it is called."""
    found: dict[str, float] = {}
    title = tokens(paper.title)
    for word in (*title, *tokens(" ".join(paper.routes))):
        found[word] = 0.25
    for place, word in enumerate(tokens(paper.id.replace("-", " "))):
        # A word that English does not have is what a trial is called ("CORMOR").
        found[word] = 1.0 if place < _IDENTITY or word not in english() else 0.5
    for word in tokens(f"{paper.journal or ''} {paper.organisation or ''}"):
        found[word] = 1.0
    for place, author in enumerate(paper.authors):
        # "Martínez-Sánchez G": the initials name nobody. Papers are called by their first author.
        for word in tokens(_INITIALS.sub("", author)):
            if len(word) > 2:
                found[word] = 1.0 if place else 2.0
    return found


def _shortened(journal: str, text: str, capitals: Collection[str]) -> bool:
    """Whether a text names a journal in full, cut short ("J Emerg Med") or by initials ("JVIR")."""
    if journal in text:
        return True
    words = [word for word in tokens(journal) if word not in _OF]
    if "".join(word[0] for word in words) in capitals:
        return True
    typed = [word for word in tokens(text) if word not in _OF]
    starts = (n for n, word in enumerate(typed) if len(words) > 1 and words[0].startswith(word))
    return any(
        len(typed) >= n + len(words)
        and len("".join(typed[n : n + len(words)])) > 2 * len(words)
        and all(w.startswith(t) for w, t in zip(words, typed[n : n + len(words)], strict=True))
        for n in starts
    )
