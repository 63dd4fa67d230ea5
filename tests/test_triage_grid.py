"""Signs of danger times contexts: the same sign must be heard however the message goes on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from app.triage import TriageRules
from corpus.library import Library

_GRID: Final[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "evaluation/triage-grid.yaml").read_text(encoding="utf-8")
)
_PRESSING: Final = {"now": 0, "today": 1, "talk_first": 2}
_EACH: Final = 2
"""Contexts that each wording is tried in; the next wording is tried in the next ones."""


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bare(text: str) -> str:
    return text.lower().replace("'", "").replace(",", "")


def urgent_message(context: str, told: str, after: str) -> str:
    """The context with the sign put in, and the treatment before it where one is needed."""
    sentence = f"I {after} two days ago. " if after else ""
    return context.format(
        told=told,
        Told=_upper_first(told),
        TOLD=told.upper(),
        told_bare=_bare(told),
        after=sentence,
        AFTER=sentence.upper(),
        after_bare=f"i {after} two days ago" if after else "",
        after_and=f"I {after} two days ago and " if after else "",
    )


def urgent_messages(each: int | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every message that must be urgent, or `each` contexts by wording."""
    contexts = _GRID["urgent"]
    turn = 0
    for sign in _GRID["signs"]:
        for told in sign["told"]:
            for n in range(each or len(contexts)):
                afters = sign.get("after", [""])
                after = afters[(turn + n) % len(afters)]
                yield urgent_message(contexts[(turn + n) % len(contexts)], told, after), sign
            turn += each or 1


def harmless_messages(step: int = 1) -> Iterator[str]:
    """Every message that must not be urgent, or one in `step` of those by name."""
    yield from _GRID["plain"]
    names = [name for sign in _GRID["signs"] for name in sign.get("called", ())]
    for turn, called in enumerate(names):
        contexts = _GRID["harmless"][turn % step :: step]
        yield from (context.format(called=called) for context in contexts)


@pytest.fixture(scope="module")
def rules(library: Library) -> TriageRules:
    """The corpus's safety rules."""
    return TriageRules(library)


def test_a_sign_is_heard_in_every_context(rules: TriageRules) -> None:
    missed = []
    for message, sign in urgent_messages(_EACH):
        urgent = rules.judge(message).urgent
        if urgent is None or _PRESSING[urgent.level] > _PRESSING[sign["level"]]:
            missed.append((sign["level"], urgent and (urgent.kind, urgent.level), message))
    assert not missed


def test_a_sign_that_nobody_has_raises_no_alarm(rules: TriageRules) -> None:
    raised = [
        (urgent.kind, message)
        for message in harmless_messages(_EACH)
        if (urgent := rules.judge(message).urgent)
    ]
    assert not raised
