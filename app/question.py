"""What people type, made safe to work on: bounded, printable, one kind of white space."""

import re
import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 2_000
"""About 350 words: longer than any question in the test sets, short enough to answer at once."""
_SHOWN: Final = 200
_TAG: Final = re.compile(r"<[^<>]{0,300}>")
_SCRIPT: Final = re.compile(r"<(script|style)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_SPACE: Final = re.compile(r"[^\S\n]+")
_MANY_MARKS: Final = re.compile(r"([\u0300-\u036f\u0489]){3,}")


class Unusable(Exception):
    """The text is no question; `key` names the kind answer in the wording."""

    def __init__(self, key: str, shown: str) -> None:
        """`shown`: the start of the text, safe to display."""
        super().__init__(key)
        self.key = key
        self.shown = shown


def _printable(text: str) -> str:
    kept = (
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " "
        for c in text
    )
    return _SPACE.sub(" ", "".join(kept)).strip()


def clean(text: str) -> str:
    """The question without control characters, stacked marks or HTML.

    Raises:
        Unusable: empty, too long, or without a single letter.

    """
    if len(text) > MAX_CHARACTERS:
        raise Unusable("too_long", _printable(text[:_SHOWN]) + "…")
    # "�" is what a decoder leaves of bytes that were no text.
    printable = _printable(_MANY_MARKS.sub("", text))
    if printable.count("\ufffd") > len(printable) / 10:
        raise Unusable("unreadable", printable[:_SHOWN])
    bare = _SPACE.sub(" ", _TAG.sub(" ", _SCRIPT.sub(" ", printable))).strip()
    if not bare:
        raise Unusable("empty_question", "")
    if not any(c.isalpha() for c in bare):
        raise Unusable("unreadable", bare[:_SHOWN])
    return bare
