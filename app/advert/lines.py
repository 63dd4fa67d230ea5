"""An advert's text as sentences, each with the heading above it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MOST_WORDS: Final = 12_000
"""Words of an advert that are read: some twenty printed pages."""
_BULLET: Final = re.compile(r"^\s*(?:[-–—*•·▪●✓✔✅☑➤►»>]|\d{1,2}[.)])\s+")
_BLANK: Final = re.compile(r"^\s*$")
_ENDS: Final = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_BOUNDARY: Final = re.compile(r"(?<=[.!?…])['\"”’)\]]*\s+(?=['\"“‘(\[¿¡]*[A-Z0-9À-Þ])")
_ABBREVIATION: Final = re.compile(
    r"\b(?:dr|prof|mr|mrs|ms|st|no|nr|fig|vol|approx|ca|vs|e\.g|i\.e|etc|al|inc|ltd|co)\.$", re.I
)
_WRAPPED: Final = 50
"""Letters from which a line without a full stop was most likely broken by the page's width."""
_HEADING: Final = 9
"""Words up to which a line without a full stop is a heading."""


_ASKED: Final = 5
"""Words up to which a question is told together with the sentence that answers it."""


@dataclass(frozen=True)
class Line:
    """One sentence or heading, with the heading that it stands under."""

    text: str
    heading: bool = False
    under: str = ""


def lines(text: str) -> list[Line]:
    """The sentences and headings of a text, in order; at most `MOST_WORDS` words of it."""
    found: list[Line] = []
    under = ""
    for block in _blocks(_shortened(text)):
        if _is_heading(block):
            under = block
            found.append(Line(block, heading=True, under=block))
            continue
        found += [Line(sentence, under=under) for sentence in _sentences(block)]
    return found


def _shortened(text: str) -> str:
    """The text with at most `MOST_WORDS` words; line ends are kept."""
    end = None
    for number, match in enumerate(re.finditer(r"\S+", text), start=1):
        if number > MOST_WORDS:
            end = match.start()
            break
    return text[:end]


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, bullet points and headings: lines that a page's width broke are joined."""
    block = ""
    for raw in [*text.splitlines(), ""]:
        line = " ".join(raw.split())
        goes_on = (
            block
            and not _BLANK.match(line)
            and not _BULLET.match(line)
            and not _ENDS.search(block)
            and (line[0].islower() or len(block) >= _WRAPPED)
        )
        if goes_on:
            block = f"{block} {_BULLET.sub('', line)}"
            continue
        if block:
            yield block
        block = _BULLET.sub("", line)


def _is_heading(block: str) -> bool:
    return not _ENDS.search(block) and len(block.split()) <= _HEADING


def _sentences(block: str) -> list[str]:
    parts: list[str] = []
    for part in _BOUNDARY.split(block):
        if parts and (_ABBREVIATION.search(parts[-1]) or _is_asked(parts[-1])):
            parts[-1] = f"{parts[-1]} {part}"
        elif part.strip():
            parts.append(part.strip())
    return parts


def _is_asked(part: str) -> bool:
    """Whether it is a short question alone ("Brain fog?"), which the next sentence answers."""
    return part.endswith("?") and len(part.split()) <= _ASKED
