"""The whole corpus in memory: every record by id and alias, every citable point by its id."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from corpus.advert import AdvertRecord
from corpus.claim import Claim, MarketingRecord
from corpus.finding import Finding
from corpus.help import Help
from corpus.notice import Notice
from corpus.paper import Paper
from corpus.reader import CorpusError, Problem, UnreadableRecord, read_yaml
from corpus.review import Review
from corpus.study import Study
from corpus.topic import Topic
from corpus.triage import TriageRecord
from corpus.wording import Wording

HOME: Final = Path(__file__).resolve().parent
"""The corpus that comes with the product."""

ROOMS: Final[Mapping[str, TypeAdapter[Any]]] = {
    "reviews": TypeAdapter(Review),
    "studies": TypeAdapter(Study),
    "notices": TypeAdapter(Notice),
    "topics": TypeAdapter(Topic),
    "marketing": TypeAdapter(MarketingRecord),
    "adverts": TypeAdapter(AdvertRecord),
    "triage": TypeAdapter(TriageRecord),
    "help": TypeAdapter(Help),
}
_WORDING: Final = "wording"
R = TypeVar("R")


NOTES: Final[tuple[Literal["harms", "conclusion", "limits"], ...]] = (
    "harms",
    "conclusion",
    "limits",
)
"""The notes of a record that can be cited like a finding."""


@dataclass(frozen=True)
class Point:
    """A finding together with the record it stands in."""

    id: str
    record: Paper
    finding: Finding


@dataclass(frozen=True)
class Library:
    """All records of one corpus folder."""

    home: Path
    records: Mapping[str, Any]
    wording: Wording
    hashes: Mapping[str, str]
    """Record id -> SHA-256 of its file, so that an index can tell what changed."""
    files: Mapping[str, str]
    """Record id -> its file, relative to the corpus folder."""
    aliases: Mapping[str, str]
    """Alias -> record id."""

    def __getitem__(self, id_or_alias: str) -> Any:
        """The record with this id or alias; KeyError if there is none."""
        return self.records[self.aliases.get(id_or_alias, id_or_alias)]

    def __contains__(self, id_or_alias: str) -> bool:
        """Whether the id or alias is known."""
        return id_or_alias in self.records or id_or_alias in self.aliases

    def get(self, id_or_alias: str) -> Any | None:
        """The record with this id or alias, None if there is none."""
        return self.records.get(self.aliases.get(id_or_alias, id_or_alias))

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """All records of one type, in the order of their ids."""
        return tuple(record for record in self.records.values() if isinstance(record, kind))

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """Reviews, studies and notices."""
        return self.of(Paper)

    @cached_property
    def points(self) -> Mapping[str, Point]:
        """Every finding by `record-id#key` (the record's id, not an alias)."""
        return {
            f"{paper.id}#{finding.key}": Point(f"{paper.id}#{finding.key}", paper, finding)
            for paper in self.papers
            for finding in paper.findings
        }

    @cached_property
    def notes(self) -> frozenset[str]:
        """Every note of a record (harms, conclusion, limits) by `record-id#name`."""
        return frozenset(
            f"{paper.id}#{name}" for paper in self.papers for name in NOTES if getattr(paper, name)
        )

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Topics by id."""
        return {topic.id: topic for topic in self.of(Topic)}

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Marketing claims by id."""
        return {claim.id: claim for claim in self.of(Claim)}

    @cached_property
    def content_hash(self) -> str:
        """One hash over all records and the wording."""
        lines = "".join(f"{name} {digest}\n" for name, digest in sorted(self.hashes.items()))
        return hashlib.sha256(lines.encode()).hexdigest()


def record_files(home: Path) -> Iterator[tuple[str, Path]]:
    """Every record file with the room it lies in, sorted."""
    for room in ROOMS:
        for path in sorted((home / room).glob("*.yaml")):
            yield room, path


def _with_draft(
    files: Iterator[tuple[str, Path]], draft: tuple[str, Path] | None
) -> Iterator[tuple[str, Path]]:
    for room, path in files:
        if draft is None or (room, path.name) != (draft[0], draft[1].name):
            yield room, path
    if draft:
        yield draft


_KINDS_FIRST: Final = ("marketing/", "adverts/", "triage/")
"""Rooms of several record types: there pydantic names the kind before the field."""


def _field_of(file: str, location: tuple[int | str, ...]) -> str:
    if file.startswith(_KINDS_FIRST):
        location = location[1:]
    return ".".join(str(part) for part in location) or "record"


def validation_problems(file: str, error: ValidationError) -> list[Problem]:
    """What pydantic found, as one problem per field, with the remedy where it is known."""
    remedies = {
        "extra_forbidden": "unknown field; remove it or correct its name",
        "missing": "is missing; add it",
        "union_tag_invalid": "unknown kind; use one of those in corpus/vocabulary.py",
        "union_tag_not_found": "has no kind; add one of those in corpus/vocabulary.py",
    }
    problems = []
    for item in error.errors(include_url=False):
        shown = str(item.get("input"))[:60]
        message = remedies.get(item["type"]) or f"{item['msg']} (found: {shown})"
        if item["type"] == "too_short":
            context = item["ctx"]
            message = f"holds {context['actual_length']}; add up to {context['min_length']} or more"
        problems.append(Problem(file=file, field=_field_of(file, item["loc"]), message=message))
    return problems


def _read_record(room: str, path: Path, file: str, content: Any = None) -> Any:
    try:
        content = read_yaml(path)
        record = ROOMS[room].validate_python(content)
    except UnreadableRecord as error:
        return [Problem(file=file, field="file", message=str(error))]
    except OSError as error:
        return [Problem(file=file, field="file", message=f"cannot be read: {error.strerror}")]
    except ValidationError as error:
        if not isinstance(content, dict):
            message = "is not a mapping of fields; start with `id:`"
            return [Problem(file=file, field="file", message=message)]
        return validation_problems(file, error)
    if record.id != path.stem:
        message = f"is '{record.id}' but the file is named '{path.stem}'; make them the same"
        return [Problem(file=file, field="id", message=message)]
    return record


def read_wording(home: Path) -> tuple[Wording | None, list[Problem], str]:
    """The corpus's own voice, None if it is not usable; what is wrong with it; its hash."""
    parts: dict[str, Any] = {}
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for path in sorted((home / _WORDING).glob("*.yaml")):
        try:
            parts[path.stem] = read_yaml(path)
            digest.update(path.read_bytes())
        except (UnreadableRecord, OSError) as error:
            problems.append(
                Problem(file=f"{_WORDING}/{path.name}", field="file", message=str(error))
            )
    try:
        return Wording.model_validate(parts), problems, digest.hexdigest()
    except ValidationError as error:
        return None, problems + validation_problems(_WORDING, error), ""


def read_library(
    home: Path = HOME, draft: tuple[str, Path] | None = None
) -> tuple[Library | None, list[Problem]]:
    """Reads every record; returns the library (None without usable wording) and all problems.

    `draft`: a room and a file that stands in for the room's record of the same name, or beside it.
    """
    if not home.is_dir():
        message = "no such folder; set OZONE_CORPUS to a corpus folder or unset it"
        return None, [Problem(file=str(home), field="OZONE_CORPUS", message=message)]
    records: dict[str, Any] = {}
    aliases: dict[str, str] = {}
    hashes: dict[str, str] = {}
    files: dict[str, str] = {}
    wording, problems, hashes["(wording)"] = read_wording(home)
    for room, path in _with_draft(record_files(home), draft):
        file = f"{room}/{path.name}"
        record = _read_record(room, path, file)
        if isinstance(record, list):
            problems += record
            continue
        if record.id in records:
            message = f"'{record.id}' is also the id of {files[record.id]}; rename one"
            problems.append(Problem(file=file, field="id", message=message))
            continue
        records[record.id] = record
        files[record.id] = file
        hashes[record.id] = hashlib.sha256(path.read_bytes()).hexdigest()
    for record in records.values():
        for alias in getattr(record, "aliases", ()):
            if alias in records or alias in aliases:
                message = f"'{alias}' already names another record; remove one"
                problems.append(Problem(file=files[record.id], field="aliases", message=message))
            aliases[alias] = record.id
    if not any(isinstance(record, BaseModel) for record in records.values()):
        message = "holds no records; point OZONE_CORPUS at a complete corpus folder"
        problems.append(Problem(file=str(home), field="OZONE_CORPUS", message=message))
    if wording is None:
        return None, problems
    ordered = dict(sorted(records.items()))
    return Library(home, ordered, wording, hashes, files, aliases), problems


def load_library(home: Path = HOME) -> Library:
    """The library, if nothing at all is wrong with its files.

    Raises:
        CorpusError: with every structural problem found.

    """
    library, problems = read_library(home)
    if problems or library is None:
        raise CorpusError(problems)
    return library
