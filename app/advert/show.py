"""The report on an advert, on a terminal."""

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from app.advert.report import AdvertClaim, AdvertReport
from corpus.wording import Wording

_STYLE = {"supported": "green", "contradicted": "red"}


def show(report: AdvertReport, wording: Wording, console: Console) -> None:
    """Prints the summary, each claim with its verdict, what is left out, and what to ask."""
    labels = wording.labels
    console.print(Panel(Text(report.summary)))
    if report.injection:
        console.print(Text(labels["advert_injection"], style="yellow"))
    if report.shortened:
        console.print(Text(labels["advert_shortened"], style="yellow"))
    numbers = {source.id: source.n for source in report.sources}
    number = {passage.id: numbers[passage.source_id] for passage in report.passages}
    for sentence in report.sentences:
        if sentence.instruction:
            console.print(Text(f"\n{sentence.text}", style="dim strike"))
        elif sentence.claims:
            console.print(Text(f"\n“{sentence.text}”", style="italic"))
        for claim in sentence.claims:
            console.print(_claim(claim, wording, number))
    left_out = [key for key, mark in report.omissions.items() if mark == "left_out"]
    if left_out:
        console.print(Text(f"\n{labels['advert_left_out']}", style="bold"))
        for key in left_out:
            console.print(Text(f"• {wording.omissions[key].plain}"))
    if report.questions:
        console.print(Text(f"\n{labels['advert_questions']}", style="bold"))
        for question in report.questions:
            console.print(Text(f"• {question}"))
    if report.sources:
        console.print(Text(f"\n{labels['sources']}", style="bold"))
        for source in report.sources:
            year = f" ({source.year})" if source.year else ""
            console.print(Text(f"[{source.n}] {source.title}{year}"))


def _claim(claim: AdvertClaim, wording: Wording, number: dict[str, int]) -> Text:
    verdict = wording.verdicts[claim.verdict].label
    text = Text("  ")
    text.append(verdict, style=f"bold {_STYLE.get(claim.verdict, 'yellow')}")
    if claim.technique:
        names = ", ".join(wording.techniques[one].label.lower() for one in claim.technique)
        text.append(f" ({names})")
    text.append(f". {claim.explanation}")
    marks = sorted({number[id_] for id_ in claim.citations if id_ in number})
    text.append("".join(f" [{n}]" for n in marks), style="cyan")
    return text
