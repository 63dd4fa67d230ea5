"""The verdict on what is asserted: rules of the corpus, read from the top; the first one holds."""

from app.advert.asserted import Asserted
from corpus.advert import VerdictRule, VerdictTable
from corpus.library import Library
from corpus.vocabulary import EvidenceState


class Judge:
    """The corpus's verdict table."""

    def __init__(self, library: Library) -> None:
        """Reads the table; the last rule must fit everything (see the corpus check)."""
        self._rules = [rule for table in library.of(VerdictTable) for rule in table.rules]

    def judge(self, asserted: Asserted, topic: str | None, evidence: EvidenceState) -> VerdictRule:
        """The first rule that fits one assertion on one topic."""
        return next(rule for rule in self._rules if _fits(rule, asserted, topic, evidence))


def _fits(
    rule: VerdictRule, asserted: Asserted, topic: str | None, evidence: EvidenceState
) -> bool:
    return (
        (not rule.asserts or asserted.rule.id in rule.asserts)
        and (not rule.evidence or evidence in rule.evidence)
        and (not rule.topics or topic in rule.topics)
    )
