"""The marketing register as people read it: claims in order, searched and filtered."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.cues import tokens
from corpus.claim import Claim
from corpus.library import Library
from corpus.vocabulary import Technique, Verdict


@dataclass(frozen=True)
class Filter:
    """What is wanted; an empty field takes everything."""

    verdicts: Sequence[Verdict] = ()
    topic: str = ""
    technique: Technique | None = None
    words: str = ""


def chosen(library: Library, wanted: Filter) -> list[Claim]:
    """The claims that fit, by subject and then by id."""
    words = tokens(wanted.words)
    found = [
        claim
        for claim in library.claims.values()
        if (not wanted.verdicts or claim.verdict in wanted.verdicts)
        and (not wanted.topic or wanted.topic in claim.topics)
        and (wanted.technique is None or wanted.technique in claim.technique)
        and _holds(library, claim, words)
    ]
    return sorted(found, key=lambda claim: (library.topics[claim.topics[0]].name, claim.id))


def topics_of(library: Library) -> dict[str, str]:
    """The topics that claims are about with their names, by name."""
    ids = {id_ for claim in library.claims.values() for id_ in claim.topics}
    return dict(sorted(((i, library.topics[i].name) for i in ids), key=lambda pair: pair[1]))


def techniques_of(library: Library) -> tuple[Technique, ...]:
    """The techniques that claims use, as the vocabulary orders them."""
    used = {technique for claim in library.claims.values() for technique in claim.technique}
    return tuple(technique for technique in library.wording.techniques if technique in used)


def _holds(library: Library, claim: Claim, words: Sequence[str]) -> bool:
    names = " ".join(library.topics[id_].name for id_ in claim.topics)
    told = tokens(f"{claim.claim} {claim.fact} {claim.explanation.plain} {names}")
    return all(any(token.startswith(word) for token in told) for word in words)
