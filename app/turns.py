"""What a message does in a conversation: goes on, ends it, or takes a danger back."""

from typing import Final

from app.cues import Reading, Vocabulary, tokens
from corpus.library import Library
from corpus.triage import Language
from corpus.vocabulary import LanguageCode


class Turns:
    """The cues of each language for what only earlier messages explain."""

    def __init__(self, library: Library) -> None:
        """Reads them from the library."""
        self._of: Final = {language.code: language for language in library.of(Language)}
        self._vocabularies: Final = {
            code: Vocabulary(
                (*language.leaning, *language.turning, *language.closing, *language.settled)
            )
            for code, language in self._of.items()
        }

    def leans(self, text: str, code: LanguageCode) -> bool:
        """Whether it begins as the continuation of something ("and for", "ok but")."""
        if code not in self._of:
            return False  # a corpus need not have the cues of every language
        reading = self._read(text, code)
        return any(span.start == 0 for cue in self._of[code].leaning for span in reading.find(cue))

    def turns(self, text: str, code: LanguageCode) -> bool:
        """Whether it says that another subject begins ("different question")."""
        return code in self._of and self._read(text, code).has_any(self._of[code].turning)

    def unclosed(self, text: str, code: LanguageCode) -> str | None:
        """What is left of a text that says thanks or goodbye; None if it says neither."""
        if code not in self._of:
            return None
        reading = self._read(text, code)
        spans = [span for cue in self._of[code].closing for span in reading.find(cue)]
        if not spans:
            return None
        said = {place for span in spans for place in range(span.start, span.end)}
        return " ".join(word for n, word in enumerate(reading.tokens) if n not in said)

    def settles(self, text: str) -> bool:
        """Whether a danger that was told is over, long past or in a doctor's hands."""
        words = set(tokens(text))
        return bool(words) and any(
            self._read(text, code).has_any(language.settled)
            for code, language in self._of.items()
            if language.settled
        )

    def _read(self, text: str, code: LanguageCode) -> Reading:
        return Reading(text, self._vocabularies[code])
