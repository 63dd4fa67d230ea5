"""Takes the text out of a web page, a PDF or a picture, in a process of its own.

Run as `python -m ingest.extract KIND` with the file on standard input: files that people upload
may be hostile, and this process may be stopped, or run out of its memory, without harm. The text
goes to standard output; where there is none, the exit code says why (`REASONS`).
"""

import io
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from shutil import which
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bs4 import Tag

MEMORY: Final = 2 << 30
"""Bytes this process may use: what a bomb unfolds into beyond that ends it."""
PAGES: Final = 60
SCANNED_PAGES: Final = 4
"""Pages of a PDF that are read, and that are read by sight when they hold no text."""
PIXELS: Final = 40_000_000
TESSERACT_SECONDS: Final = 8
BY_SIGHT: Final = 10
"""Exit code of a text that was read from pictures."""
REASONS: Final = {3: "damaged", 4: "encrypted", 5: "no_text", 6: "no_ocr", 7: "too_big"}
_UNSEEN: Final = ("script", "style", "noscript", "template", "svg", "iframe", "object", "head")
_BLOCKS: Final = (
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "section", "article"),
    *("header", "footer", "blockquote", "dt", "dd", "br", "figcaption", "summary", "button"),
    *("label", "option", "nav", "aside", "main", "ul", "ol", "table"),
)


class Unreadable(Exception):
    """There is no text to be had; the argument is one of `REASONS`."""


@dataclass(frozen=True)
class Words:
    """The text of a file. `by_sight`: read from pictures, so that letters may be wrong."""

    text: str
    by_sight: bool = False


def from_html(data: bytes) -> Words:
    """The visible words of a web page, a line a block; no script is run."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(data, "lxml")
    for tag in soup(list(_UNSEEN)):
        tag.decompose()
    for tag in soup.find_all(True):
        if not tag.decomposed and _is_hidden(tag):
            tag.decompose()
    for tag in soup.find_all(_BLOCKS):
        tag.insert_before("\n")
        tag.append("\n")
    return Words(soup.get_text())


def _is_hidden(tag: "Tag") -> bool:
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return tag.has_attr("hidden") or "display:none" in style or "visibility:hidden" in style


def from_saved_page(data: bytes) -> Words:
    """The web page inside a file that a browser saved as one (MHTML)."""
    message = message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            return from_html(body if isinstance(body, bytes) else b"")
    raise Unreadable("no_text")


def from_pdf(data: bytes) -> Words:
    """The text of a PDF; pages without any are read by sight."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted")
        pages = [page.extract_text() or "" for page in reader.pages[:PAGES]]
        text = "\n".join(pages)
        if text.strip():
            return Words(text)
        pictures = (image.data for page in reader.pages[:SCANNED_PAGES] for image in page.images)
        return _seen(pictures)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        raise Unreadable("damaged") from None


def _seen(pictures: Iterator[bytes]) -> Words:
    return Words("\n".join(from_picture(data).text for data in pictures), by_sight=True)


def from_picture(data: bytes) -> Words:
    """The words in a photo or screenshot, read by tesseract where it is installed."""
    from PIL import Image, UnidentifiedImageError

    if which("tesseract") is None:
        raise Unreadable("no_ocr")
    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > PIXELS:
                raise Unreadable("too_big")
            plain = io.BytesIO()
            opened.convert("L").save(plain, "PNG")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable("too_big") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Unreadable("damaged") from None
    done = subprocess.run(
        ["tesseract", "stdin", "stdout", "--psm", "3"],  # noqa: S607
        input=plain.getvalue(),
        capture_output=True,
        timeout=TESSERACT_SECONDS,
        check=False,
    )
    return Words(done.stdout.decode("utf-8", "replace"), by_sight=True)


KINDS: Final[dict[str, Callable[[bytes], Words]]] = {
    "html": from_html,
    "mhtml": from_saved_page,
    "pdf": from_pdf,
    "picture": from_picture,
}


def main() -> int:
    """Reads standard input as the kind that is named; the exit code says what went wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    codes = {reason: code for code, reason in REASONS.items()}
    try:
        words = KINDS[sys.argv[1]](sys.stdin.buffer.read())
    except Unreadable as error:
        return codes[str(error)]
    except (MemoryError, subprocess.TimeoutExpired):
        return codes["too_big"]
    except Exception:
        return codes["damaged"]
    if not words.text.strip():
        return codes["no_text"]
    sys.stdout.buffer.write(words.text.encode("utf-8", "replace"))
    return BY_SIGHT if words.by_sight else 0


if __name__ == "__main__":
    sys.exit(main())
