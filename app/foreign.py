"""Topics and intents of a question in a language that we understand but do not answer in."""

from dataclasses import dataclass

from app.cues import CueList, Reading, Vocabulary
from corpus.library import Library
from corpus.triage import Language
from corpus.vocabulary import Intent, LanguageCode


@dataclass(frozen=True)
class Said:
    """What a question in another language names."""

    topics: tuple[str, ...]
    intents: tuple[Intent, ...]
    about_therapy: bool


class ForeignReader:
    """Reads questions with one language's names of topics and intents."""

    def __init__(self, library: Library) -> None:
        """Prepares the languages of the corpus; each one's words are read on first use."""
        self._languages: dict[LanguageCode, Language] = {
            language.code: language for language in library.of(Language) if language.note
        }
        self._topics = frozenset(library.topics)
        self._prepared: dict[LanguageCode, tuple[Vocabulary, dict[str, str], CueList]] = {}

    def read(self, text: str, code: LanguageCode) -> Said:
        """Topics in the order of the text, the longest name of each place; intents; therapy."""
        language = self._languages[code]
        vocabulary, topic_of, names = self._of(language)
        reading = Reading(text, vocabulary)
        taken: list[tuple[int, int]] = []
        found: list[tuple[int, str]] = []
        for name, span in names.find(reading):
            if any(start <= span.start and span.end <= end for start, end in taken):
                continue
            taken.append((span.start, span.end))
            found.append((span.start, topic_of[name]))
        intents = tuple(
            intent for intent, cues in language.intents.items() if reading.has_any(cues)
        )
        topics = tuple(dict.fromkeys(topic for _, topic in sorted(found)))
        return Said(topics, intents, reading.has_any(language.therapy))

    def _of(self, language: Language) -> tuple[Vocabulary, dict[str, str], CueList]:
        if language.code not in self._prepared:
            own = set(language.therapy)
            topic_of = {
                name: topic
                for topic, names in language.topics.items()
                for name in names
                if topic in self._topics and name not in own
            }
            cues = [*topic_of, *language.therapy, *language.everyday]
            cues += [cue for cues_ in language.intents.values() for cue in cues_]
            names = CueList(sorted(topic_of, key=lambda name: -len(name.split())))
            self._prepared[language.code] = Vocabulary(cues), topic_of, names
        return self._prepared[language.code]
