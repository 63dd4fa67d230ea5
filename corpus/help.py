"""Official numbers and bodies by country."""

from pydantic import Field

from corpus.model import Id, Record, Text
from corpus.paper import PartialDate
from corpus.vocabulary import HelpPurpose


class Help(Record):
    """A place to turn to. `show_number` is false until an official page confirmed the number."""

    id: Id
    country: Text
    purpose: HelpPurpose
    name: Text
    number: Text | None = None
    url: Text | None = None
    show_number: bool
    seen_in: tuple[Text, ...] = Field(min_length=1)
    seen_on: PartialDate
    seen_text: Text
    note: Text | None = None
