"""What the second readers found, counted from their verdict files.

Run as a script, this writes the counts into the protocol: `python tests/evaluation/readings.py`.
"""

from collections import Counter
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

HERE = Path(__file__).resolve().parent
PROTOCOL = HERE.parent.parent / "corpus" / "PROTOCOL.md"
START, END = "<!-- counted from the verdict files -->", "<!-- end of the counts -->"


class Verdict(BaseModel):
    """One reader's verdict on a record or topic, or on one part of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    record: str | None = None
    topic: str | None = None
    finding: str | None = None
    field: str | None = None
    verdict: Literal["ok", "corrected", "doubt"]
    what: str

    @property
    def about(self) -> str:
        """The id of what was read."""
        return self.record or self.topic or ""


def verdicts(pattern: str) -> list[Verdict]:
    """All verdicts of the files whose names match."""
    return [
        Verdict.model_validate(item)
        for path in sorted(HERE.glob(pattern))
        for item in yaml.safe_load(path.read_text("utf-8"))
    ]


def second_readings() -> list[Verdict]:
    """Verdicts on records and topics; claims were judged blind, in a file of their own."""
    return [
        verdict
        for path in sorted(HERE.glob("second-reading-*.yaml"))
        if path.stem != "second-reading-claims"
        for verdict in verdicts(path.name)
    ]


def claim_verdicts() -> list[dict[str, str]]:
    """Each claim's first, blind and settled verdict."""
    text = (HERE / "second-reading-claims.yaml").read_text("utf-8")
    found: list[dict[str, str]] = yaml.safe_load(text)
    return found


def line(what: str, found: list[Verdict]) -> str:
    """A row of the table: how many were read, were right, were mended, stay in doubt."""
    read = {verdict.about for verdict in found}
    mended = {verdict.about for verdict in found if verdict.verdict == "corrected"}
    doubted = {verdict.about for verdict in found if verdict.verdict == "doubt"} - mended
    counts = Counter(verdict.verdict for verdict in found)
    untouched = len(read) - len(mended) - len(doubted)
    return (
        f"| {what} | {len(read)} | {untouched} | {len(mended)} ({counts['corrected']} places) "
        f"| {counts['doubt']} |"
    )


def table() -> str:
    """The counts as the protocol shows them."""
    found = second_readings()
    figures = verdicts("figures-100.yaml")
    claims = claim_verdicts()
    settled = sum(c["settled_verdict"] != c["first_verdict"] for c in claims)
    same = sum(c["blind_verdict"] == c["first_verdict"] for c in claims)
    wrong = sum(verdict.verdict == "corrected" for verdict in figures)
    return "\n".join(
        [
            "| read a second time | read | nothing changed | mended | doubts noted |",
            "|---|---|---|---|---|",
            line("records", [verdict for verdict in found if verdict.record]),
            line("topics", [verdict for verdict in found if verdict.topic]),
            "",
            f"Figures of {len(figures)} findings drawn at random were read once more: "
            f"{len(figures) - wrong} stood, {wrong} had something to mend. "
            f"Claims were judged blind by a second person: {same} of {len(claims)} verdicts were "
            f"the same, {settled} were changed after talking it over.",
        ]
    )


def written(text: str) -> str:
    """The protocol with the counts put between its marks."""
    before, rest = text.split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    PROTOCOL.write_text(written(PROTOCOL.read_text("utf-8")), "utf-8")
