"""Many questions as JSON lines; a bad line is answered with an error and the rest go on."""

import json
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, ValidationError

from app.engine import Engine
from ingest.manifest import IndexMissing
from ingest.server import StoreUnreachable


class _Line(BaseModel):
    model_config = ConfigDict(strict=True)

    id: str | int
    question: str
    history: list[str] = []


def answer_lines(engine: Engine, lines: Iterable[bytes]) -> Iterator[str]:
    """One JSON line an input line, in order; blank lines are skipped."""
    for raw in lines:
        if not raw.strip():
            continue
        try:
            line = _Line.model_validate_json(raw)
        except ValidationError as error:
            yield json.dumps({"id": _id_of(raw), "error": _reason(error)})
            continue
        try:
            answer = engine.ask(line.question, line.history)
        except (StoreUnreachable, IndexMissing) as error:
            yield json.dumps({"id": line.id, "error": str(error)})
            continue
        yield json.dumps(
            {"id": line.id, "answer": answer.model_dump(mode="json")}, ensure_ascii=False
        )


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"])) or "line"
    return f"{where}: {first['msg']}"


def _id_of(raw: bytes) -> str | int | None:
    try:
        found = json.loads(raw)
    except ValueError:
        return None
    id_ = found.get("id") if isinstance(found, dict) else None
    return id_ if isinstance(id_, str | int) else None
