"""What an index was built from, so that a mismatch is noticed before it is used."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

FORMAT: Final = 5
"""Raised when passages or files are laid out differently, so that old indexes are rebuilt."""


class IndexMissing(Exception):
    """There is no usable index; the message names the command that mends it."""


class Manifest(BaseModel):
    """The identity and size of one built index."""

    model_config = ConfigDict(frozen=True)

    format: int
    corpus_hash: str
    model: str
    dimension: int
    passages: dict[str, int]
    built_at: datetime
    collections: dict[str, str] = {}
    """Lane -> collection on a Chroma server; empty when the index holds its own vectors."""

    @property
    def key(self) -> str:
        """The name of this index: the same corpus, model and format give the same name."""
        return index_key(self.corpus_hash, self.model, self.format)


def index_key(corpus_hash: str, model: str, layout: int | None = None) -> str:
    """Twelve hexadecimal digits over corpus, model and format."""
    return sha256(
        f"{FORMAT if layout is None else layout} {corpus_hash} {model}".encode()
    ).hexdigest()[:12]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a built index.

    Raises:
        IndexMissing: when it is missing or half written.

    """
    try:
        return Manifest.model_validate_json((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValidationError, UnicodeDecodeError):
        raise IndexMissing(
            "the index is incomplete or damaged; run `ozone index --rebuild`"
        ) from None
