"""Ways of persuading that a sentence uses, known by its words."""

from app.cues import CueList, Reading, Vocabulary
from corpus.advert import TechniqueWords
from corpus.library import Library
from corpus.vocabulary import Technique


class Techniques:
    """The corpus's words for techniques."""

    def __init__(self, library: Library) -> None:
        """Reads the words once."""
        self._words = library.of(TechniqueWords)
        cues = [c for w in self._words for groups in w.when for group in groups for c in group]
        cues += [cue for words in self._words for cue in words.unless]
        self._vocabulary = Vocabulary(cues)
        self._cues = CueList(cues)

    def of(self, text: str) -> tuple[Technique, ...]:
        """The techniques of one sentence, each once."""
        reading = Reading(text, self._vocabulary, self._cues)
        found = [
            words.technique
            for words in self._words
            if any(reading.has_groups(groups) for groups in words.when)
            and not reading.has_any(words.unless)
        ]
        return tuple(dict.fromkeys(found))
