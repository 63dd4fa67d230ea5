"""The reader's own word for what a question is about, where no topic has it."""

import math
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

from app.cues import english

_LONGEST: Final = 3
"""Words in a row that are taken for one name ("hidradenitis suppurativa")."""
RARE: Final = 11.0
"""Minus the natural logarithm of a word's share of English text, from which it tells what a
question is about: "glaucoma" is 15.6, "restless" 12.6, "eyes" 8.5. Chosen on the open half."""
_UNKNOWN: Final = 20.0
"""For a word that English does not have: most likely a name, or misspelt."""


@lru_cache(maxsize=20_000)
def rarity(word: str) -> float:
    """How little a word is used in English: minus the logarithm of its share of running text."""
    share = english().word_usage_frequency(word)
    return -math.log(share) if share else _UNKNOWN


def own_word(words: Sequence[str], open_places: Collection[int]) -> str:
    """The rarest word that nothing explains, with the open words beside it; "" if none is rare.

    `words`: the text's words; `open_places`: where those stand that nothing explains.
    """
    if not open_places:
        return ""
    best = max(open_places, key=lambda place: (rarity(words[place]), -place))
    if rarity(words[best]) < RARE:
        return ""
    start = end = best
    while end + 1 in open_places and end + 1 - start < _LONGEST:
        end += 1
    while start - 1 in open_places and end - start + 1 < _LONGEST:
        start -= 1
    return " ".join(words[start : end + 1])
