"""Files that people upload, as plain text: bounded in size, time and memory; nothing is stored."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from charset_normalizer import from_bytes

from ingest.extract import BY_SIGHT, REASONS

MOST_BYTES: Final = 20 << 20
SECONDS: Final = 10
"""How large a file may be, and how long its reading may take."""
_MAGIC: Final = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"PK\x03\x04", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xd0\xcf\x11\xe0", "office"),
)
_HTML: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<p>", b"<article")
_SAVED: Final = (b"mime-version:", b"from: <saved by")
_UNICODE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_USUAL: Final = "cp1252"
_HEAD: Final = 2048
_SAMPLE: Final = 65_536
_UNPRINTABLE: Final = 0.1

_SAYS: Final = {
    "empty": "The file is empty. Choose another one, or paste the text.",
    "too_large": f"The file is larger than {MOST_BYTES >> 20} MB. "
    "Paste the text of the page instead.",
    "too_slow": "Reading the file took too long. Paste the text of the page instead.",
    "too_big": "The file unfolds into far more than a page. Paste the text of the page instead.",
    "damaged": "The file is damaged or not what its name says. Paste the text of the page instead.",
    "encrypted": "The file is locked with a password. Unlock it first, or paste the text.",
    "no_text": "There is no text in the file. Paste the text of the page instead.",
    "no_ocr": "This is a picture, and no program to read pictures (tesseract) is installed here. "
    "Type or paste the text instead.",
    "archive": "This is a packed file. Unpack it and choose the page inside, or paste the text.",
    "office": "Word files are not read here. Save it as PDF, or paste the text.",
    "program": "This is a program or other binary file, not a page. Paste the text of the page.",
}


class DocumentError(Exception):
    """A file gives no text; the message says what to do. `reason` is one word for it."""

    def __init__(self, reason: str) -> None:
        """`reason`: a key of the sentences above."""
        super().__init__(_SAYS[reason])
        self.reason = reason


@dataclass(frozen=True)
class Document:
    """The text of a file. `by_sight`: read from a picture, so that it should be looked over."""

    text: str
    kind: str
    by_sight: bool = False


def read_document(data: bytes, name: str = "") -> Document:
    """The text of an uploaded file, whatever its name says.

    Raises:
        DocumentError: empty, too large, locked, damaged, binary, or without text.

    """
    if not data.strip():
        raise DocumentError("empty")
    if len(data) > MOST_BYTES:
        raise DocumentError("too_large")
    kind = _kind_of(data, PurePath(name).suffix.lower())
    if kind in ("archive", "program", "office"):
        raise DocumentError(kind)
    if kind == "text":
        return Document(_decoded(data), kind)
    return _extracted(data, kind)


def _kind_of(data: bytes, suffix: str) -> str:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "picture"
    head = data[:_HEAD].lower().lstrip(b"\xef\xbb\xbf \t\r\n")
    if any(head.startswith(mark) or b"\n" + mark in head for mark in _SAVED):
        return "mhtml"
    if suffix in (".html", ".htm", ".xhtml") or any(mark in head for mark in _HTML):
        return "html"
    return "text"


def _decoded(data: bytes) -> str:
    """Plain text in whatever encoding; what is not text is told from it by its letters."""
    wide = None if data.startswith(_UNICODE_MARKS) else _wide(data)
    if wide is None and not data.startswith(_UNICODE_MARKS) and b"\0" in data[:_SAMPLE]:
        raise DocumentError("program")
    try:
        text = data.decode(wide or "utf-8-sig")
    except UnicodeDecodeError:
        matches = list(from_bytes(data[:_SAMPLE]))
        if not matches:
            raise DocumentError("program") from None
        # Of several that make sense, the one that most old pages are written in.
        likely = any(_USUAL in match.could_be_from_charset for match in matches)
        text = data.decode(_USUAL if likely else matches[0].encoding, "replace")
    sample = text[:_SAMPLE]
    odd = sum(not (c.isprintable() or c.isspace()) or c == "�" for c in sample)
    if odd > _UNPRINTABLE * len(sample):
        raise DocumentError("program")
    if not text.strip():
        raise DocumentError("empty")
    return text


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of Latin text is zero."""
    sample = data[:_HEAD]
    for name, zeros in (("utf-16-be", sample[::2]), ("utf-16-le", sample[1::2])):
        if zeros.count(0) > 0.8 * len(zeros):
            return name
    return None


def _extracted(data: bytes, kind: str) -> Document:
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "ingest.extract", kind],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        )
    except subprocess.TimeoutExpired:
        raise DocumentError("too_slow") from None
    if done.returncode not in (0, BY_SIGHT):
        # Killed by a signal: it ran into its memory limit.
        raise DocumentError(REASONS.get(done.returncode, "too_big"))
    text = done.stdout.decode("utf-8", "replace")
    return Document(text, kind, by_sight=done.returncode == BY_SIGHT)
