"""How a word sounds, roughly: enough to tell that "newmonia" is meant for "pneumonia"."""

import re
from functools import lru_cache
from typing import Final

_RULES: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:p(?=[nst])|[gk](?=n)|w(?=r)|m(?=n))", ""),
        (r"^x", "s"),
        (r"ph", "f"),
        (r"gh(?=[^aeiouy]|$)", ""),
        (r"tch|ch|sh|tio|cio|sio|tz", "x"),
        (r"th|tt", "t"),
        (r"sc(?=[eiy])|c(?=[eiy])|z", "s"),
        (r"ck|qu|[cq]", "k"),
        (r"g(?=[eiy])", "j"),
        (r"(?<=[aeiou])w|(?<=.)[hwy]", ""),
        (r"(?<=.)[aeiou]", ""),
        (r"^[aeiouy]", "a"),
        (r"(.)\1+", r"\1"),
    )
)
"""Mute beginnings, letters that stand for one sound, then vowels: what is left are consonants,
in the manner of Metaphone (Philips 1990), simplified."""


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """The consonants that are heard in a word, a vowel at its start being one."""
    for pattern, heard in _RULES:
        word = pattern.sub(heard, word)
    return word
