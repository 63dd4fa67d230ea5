"""Refusals about safety rules and languages: sets and topics that are not there, empty cues."""

import re
from collections.abc import Iterator
from typing import Final

from corpus.library import Library
from corpus.reader import Problem
from corpus.triage import Language, RedFlag

_SET: Final = re.compile(r"^@(.+)$|<([^>]+)>")


def triage_problems(library: Library) -> Iterator[Problem]:
    """A set that the rule's language does not have, a rule without its language, a topic's id."""
    languages = {language.code: language for language in library.of(Language)}
    for flag in library.of(RedFlag):
        file = library.files[flag.id]
        language = languages.get(flag.language)
        if language is None:
            message = f"there is no language record for '{flag.language}'; add it or correct this"
            yield Problem(file=file, field="language", message=message)
            continue
        alternatives = (*flag.when, *flag.at_once)
        cues = [cue for groups in alternatives for group in groups for cue in group]
        cues += [*flag.unless, *flag.unless_anywhere, *flag.asks_only]
        for name in sorted(_named(cues) - language.sets.keys()):
            message = f"'{name}' is no set of {language.id}; correct the name or add the set"
            yield Problem(file=file, field="when", message=message)
    for language in languages.values():
        for id_ in language.topics:
            if id_ not in library.topics:
                message = f"'{id_}' is no topic; correct the id or remove it"
                yield Problem(file=library.files[language.id], field="topics", message=message)


def _named(cues: list[str]) -> set[str]:
    return {name for cue in cues for match in _SET.finditer(cue) for name in match.groups() if name}
