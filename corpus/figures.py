"""Figures in a text, so that a sentence can be held against the fields it came from."""

import re
from collections.abc import Iterable
from typing import Final

_WORDS: Final = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "thirteen": "13",
    "fourteen": "14",
    "fifteen": "15",
    "sixteen": "16",
    "seventeen": "17",
    "eighteen": "18",
    "nineteen": "19",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "hundred": "100",
    "thousand": "1000",
}
# "one" is left out: it is a pronoun more often than a figure.

_FIGURE: Final = re.compile(
    r"(?<![A-Za-z0-9_.])(?<![A-Za-z]-)\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|(?<![A-Za-z0-9_.])(?<![A-Za-z]-)\d+(?:\.\d+)?"
    r"|(?<![A-Za-z0-9_.])\.\d+"
)
_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_COMPOUND: Final = re.compile(rf"\b({_TENS})[- ]({'|'.join(_UNITS)})\b", re.IGNORECASE)
_WORD: Final = re.compile(r"\b(" + "|".join(_WORDS) + r")\b", re.IGNORECASE)
_DENOMINATOR: Final = re.compile(r"\b(?:in|of|out of|per) (?:every )?(?:100|1,?000|10,?000)\b")


def _canonical(figure: str) -> str:
    number = figure.replace(",", "")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    number = number.lstrip("0")
    return f"0{number}" if not number or number.startswith(".") else number


def _compound(match: re.Match[str]) -> str:
    tens, unit = match.group(1).lower(), match.group(2).lower()
    return str(int(_WORDS[tens]) + _UNITS.index(unit) + 1)


def figures_in(text: str) -> frozenset[str]:
    """Every figure of `text` in one spelling: `1,279` is `1279`, `0.50` is `0.5`, `three` is `3`.

    Figures inside a word with a leading letter (IL-6, COVID-19) do not count. The denominator of
    "7 in 100 people" does not count either: it is a way of saying, not a result.
    """
    text = _COMPOUND.sub(_compound, _DENOMINATOR.sub(" ", text))
    found = {_canonical(match) for match in _FIGURE.findall(text)}
    found |= {_WORDS[match.lower()] for match in _WORD.findall(text)}
    return frozenset(found)


def figures_of(values: Iterable[object]) -> frozenset[str]:
    """The figures of field values, numbers and texts alike; percent and sign forms included."""
    found: set[str] = set()
    for value in values:
        if value is None or isinstance(value, bool):
            continue
        if isinstance(value, int | float):
            found.add(_canonical(f"{abs(value):.6f}".rstrip("0").rstrip(".")))
        else:
            found |= figures_in(str(value))
    return frozenset(found)
