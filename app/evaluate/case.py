"""One test question with what a good answer to it must hold, and the suites they stand in."""

from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from app.answer import Status
from corpus.vocabulary import Intent, UrgentKind, UrgentLevel, Verdict

Part = Literal["tune", "locked"]
"""`tune`: rules may be made better on it; `locked`: only reported, and every look is logged."""
SUITES: Final = ("questions", "red-flags", "refusals", "follow-ups", "claim-checks", "sources")


class EvaluationError(Exception):
    """A suite cannot be used; the message names the file and what to do."""


def listed(value: object) -> object:
    """One value as a list of one, so that a label may be a word or a list."""
    return value if isinstance(value, list | tuple) else (value,)


def _alternatives(value: object) -> object:
    """`["a", ["b", "c"]]`: every entry is a group, of which one must be said."""
    groups = value if isinstance(value, list | tuple) else (value,)
    return tuple(listed(group) for group in groups)


class Case(BaseModel):
    """A question, the conversation before it, and its labels; a label left out is not judged."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    history: tuple[str, ...] = ()
    language: str = "en"
    status: Annotated[tuple[Status, ...], BeforeValidator(listed)] = ()
    """Every status that would be right."""
    topic: str | None = None
    topic_also_ok: tuple[str, ...] = ()
    """Topics that would be as right as `topic`."""
    also: str | None = None
    intent: Intent | None = None
    sources: tuple[str, ...] = ()
    """Records of which a good answer cites at least one."""
    claims: tuple[str, ...] = ()
    """Claims of the marketing register of which a good answer shows at least one."""
    verdict: Verdict | None = None
    must_say: Annotated[tuple[tuple[str, ...], ...], BeforeValidator(_alternatives)] = ()
    must_not_say: tuple[str, ...] = ()
    urgent: bool | None = None
    kind: UrgentKind | None = None
    level: UrgentLevel | None = None
    why: str | None = None


T = TypeVar("T")
_CASES: Final = TypeAdapter(tuple[Case, ...])


class Lock(BaseModel):
    """A part that is locked away: its content and the day it was locked."""

    sha256: str
    locked_on: str
    written_by: str = Field(description="How it was written, and what its writers had not seen.")


_LOCKS: Final = TypeAdapter(dict[str, Lock])


def part_file(folder: Path, suite: str, part: Part) -> Path:
    """Where a part of a suite stands."""
    return folder / "suites" / f"{suite}.{part}.yaml"


def load_cases(folder: Path, suite: str, part: Part) -> tuple[Case, ...]:
    """The questions of one part; EvaluationError as `load_part` raises it."""
    return load_part(folder, suite, part, _CASES)


def load_part(
    folder: Path, suite: str, part: Part, labelled: TypeAdapter[tuple[T, ...]]
) -> tuple[T, ...]:
    """What stands in one part of a suite, read as `labelled` says.

    Raises:
        EvaluationError: no such file, not valid, or a locked part that was changed.

    """
    path = part_file(folder, suite, part)
    try:
        content = path.read_bytes()
        cases = labelled.validate_python(yaml.safe_load(content))
    except FileNotFoundError:
        raise EvaluationError(
            f"{path} is missing; run in a checkout, or name the folder with --folder"
        ) from None
    except yaml.YAMLError as error:
        raise EvaluationError(f"{path} is no valid YAML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise EvaluationError(f"{path}, {first['loc']}: {first['msg']}") from None
    if part == "locked":
        _hold_to_lock(folder, path.name, content)
    return cases


def _hold_to_lock(folder: Path, name: str, content: bytes) -> None:
    locks = _LOCKS.validate_python(
        yaml.safe_load((folder / "suites" / "locks.yaml").read_text("utf-8"))
    )
    if name not in locks or locks[name].sha256 != sha256(content).hexdigest():
        raise EvaluationError(
            f"{name} is not the file that was locked; restore it, or lock the new one in locks.yaml"
        )
