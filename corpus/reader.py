"""Reads one YAML record from disk: bounded, strict, with errors a person can act on."""

from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict

MAX_BYTES: Final = 1_000_000
"""No record is near this size; a larger file is a mistake or an attack."""
MAX_DEPTH: Final = 20
"""Records nest five levels deep."""


class Problem(BaseModel):
    """One thing wrong in one file: where, what, and what to do."""

    model_config = ConfigDict(frozen=True)

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        """`file: field: message`, on one line."""
        return f"{self.file}: {self.field}: {self.message}"


class CorpusError(Exception):
    """The corpus cannot be used; `problems` says everything that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        """At least one problem."""
        self.problems = problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}. Run `ozone corpus check` for the whole list.")


class UnreadableRecord(Exception):
    """The file is no single YAML mapping; the message says why and what to do."""


class _StrictLoader(yaml.CSafeLoader):
    """YAML without dates, yes/no booleans or repeated keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if isinstance(key.value, str) and key.value in seen:
                raise UnreadableRecord(f"the key '{key.value}' stands twice; keep one")
            seen.add(key.value if isinstance(key.value, str) else id(key))
        return super().construct_mapping(node, deep)


# YAML 1.1 would turn 2015-03-01 into a date and `no` into False; records mean the text.
_StrictLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag != "tag:yaml.org,2002:timestamp"
        and not (tag == "tag:yaml.org,2002:bool" and first not in "tTfF")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _refuse_tricks(text: str) -> None:
    """Refuses what makes YAML explode: anchors, tags, and depth that would exhaust the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_StrictLoader):
        if getattr(event, "anchor", None):
            raise UnreadableRecord("anchors and aliases are not allowed; write the value out")
        if tag := getattr(event, "tag", None):
            raise UnreadableRecord(f"not valid YAML for a record: the tag {tag}; remove it")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise UnreadableRecord("nested too deeply; flatten it")


def read_yaml(path: Path) -> Any:
    """The content of one YAML file.

    Raises:
        UnreadableRecord: too large, not UTF-8, not YAML, empty, or with anchors or repeated keys.

    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableRecord(f"{size} bytes is larger than {MAX_BYTES}; split or shorten it")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableRecord(f"not UTF-8 (byte {error.start}); save it as UTF-8") from None
    if any(ord(char) < 32 and char not in "\n\r\t" for char in text):
        raise UnreadableRecord("holds control characters; save it as plain text")
    try:
        _refuse_tricks(text)
        content = yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader, made stricter
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or "cannot be parsed"
        raise UnreadableRecord(
            f"not valid YAML{where}: {what}; indent with spaces and quote texts with a colon"
        ) from None
    except (ValueError, TypeError, OverflowError) as error:
        raise UnreadableRecord(f"holds a value that is none ({error}); correct it") from None
    if content is None:
        raise UnreadableRecord("the file is empty; fill it or delete it")
    return content
