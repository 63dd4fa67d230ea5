"""What authorities, guidelines, registers and clinic pages state."""

from corpus.paper import Paper
from corpus.vocabulary import NoticeKind


class Notice(Paper):
    """A regulation, guideline, registry entry, clinic page or usual-care recommendation.

    Its findings are of kind `rule`, `advice`, `scope` or `harm`. A `usual_care` notice says what
    is done without ozone: it fills alternatives and never supports a statement about ozone.
    """

    kind: NoticeKind
    mentions_ozone: bool | None = None
