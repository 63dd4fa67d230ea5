"""What a question was understood to ask."""

from dataclasses import dataclass

from corpus.vocabulary import AspectName, Intent, LanguageCode


@dataclass(frozen=True)
class Understanding:
    """What the question is about. `unknown_words` are content words that no topic explains."""

    question: str
    topics: tuple[str, ...]
    intents: tuple[Intent, ...]
    about_therapy: bool
    unknown_words: tuple[str, ...]
    vector: tuple[float, ...]
    follows_up: bool = False
    set_aside: bool = False
    """Everything it names is only set aside ("no, not that")."""
    inherited: bool = False
    """Its topics come from earlier questions alone."""
    asked: tuple[Intent, ...] = ()
    """What the question itself wants, without what earlier ones wanted."""
    same_subject: bool = False
    """It goes on about a subject of which an earlier answer told everything."""
    closing: bool = False
    """Thanks, a goodbye or small talk: nothing is asked."""
    own_word: str = ""
    """The reader's word for what no topic covers."""
    uncovered: bool = False
    """Asked about is an illness that is known to be no topic."""
    near: tuple[str, ...] = ()
    """Topics that are near an illness without one, nearest first."""
    beside: tuple[str, ...] = ()
    """Illnesses without a topic that are named beside covered ones."""
    aspects: tuple[AspectName, ...] = ()
    """Fields of records that are asked for by themselves."""
    others: tuple[str, ...] = ()
    """What ozone is to be compared with."""
    sources: tuple[str, ...] = ()
    """Records that are asked about by name."""
    claims: tuple[str, ...] = ()
    """Advertised claims like what is asked, best first."""
    claim_meant: bool = False
    """The first of them is the one that is asked about."""
    no_rule: bool = False
    """Asked about is the law of a country without a rule on record; `own_word` is its name."""
    deciding: bool = False
    """We are asked to decide."""
    language: LanguageCode = "en"
    elsewhere: bool = False
    """Ozone for things or animals, or a remedy that is not ozone."""
