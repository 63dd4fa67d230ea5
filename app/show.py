"""The answer on a terminal, plain or clinical."""

from collections.abc import Mapping

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from app.answer import AgreementBasis, Answer, ContrastItem, Section, Source, Statement, Urgent
from corpus.wording import Wording

_ORDER = ("short_answer", "note", "findings", "harms", "unknowns", "contrast", "questions_to_ask")


def show(answer: Answer, wording: Wording, console: Console, *, clinician: bool = False) -> None:
    """Prints the answer with numbered sources."""
    view = _View(answer, wording, clinician)
    console.print(Text(f"{wording.labels['asked']}: {answer.question}", style="dim"))
    if answer.urgent:
        console.print(view.urgent(answer.urgent))
    order = _ORDER if answer.language == "en" else ("note", *_ORDER)
    sections = sorted(answer.sections, key=lambda section: order.index(section.kind))
    for section in sections:
        console.print(view.section(section))
    if "decision" in answer.intents and answer.cells:
        console.print(view.cells())
    if answer.help:
        console.print(view.help())
    if answer.sources:
        console.print(view.sources())


class _View:
    def __init__(self, answer: Answer, wording: Wording, clinician: bool) -> None:
        self._answer = answer
        self._wording = wording
        self._clinician = clinician
        self._labels = wording.labels
        numbers = {source.id: source.n for source in answer.sources}
        self._number = {p.id: numbers[p.source_id] for p in answer.passages}

    def _marks(self, citations: tuple[str, ...]) -> str:
        numbers = sorted({self._number[id_] for id_ in citations})
        return "".join(f" [{n}]" for n in numbers)

    def _sentence(self, statement: Statement) -> Text:
        said = statement.clinical if self._clinician else statement.text
        text = Text(said)
        text.append(self._marks(statement.citations), style="cyan")
        return text

    def urgent(self, urgent: Urgent) -> RenderableType:
        lines = [Text(urgent.message, style="bold"), Text(urgent.action)]
        lines += [Text(f"{n.country}: {n.name} {n.number}") for n in urgent.numbers]
        if urgent.numbers:
            lines.append(Text(self._labels["elsewhere"], style="dim"))
        title = self._labels[f"urgent_{urgent.level}"]
        colour = "red" if urgent.level == "now" else "yellow"
        return Panel(Group(*lines), title=title, border_style=colour)

    def section(self, section: Section) -> RenderableType:
        heading = Text(f"\n{self._labels[section.kind]}", style="bold")
        if section.kind == "contrast":
            items = [self._contrast(item) for item in self._answer.contrast]
            return Group(heading, *items)
        bullet = "" if section.kind in ("short_answer", "note") else "• "
        lines: list[RenderableType] = [heading]
        for statement in section.statements:
            lines.append(Text(bullet).append_text(self._sentence(statement)))
            if section.kind == "short_answer" and statement.topic and statement.certainty:
                lines.append(self._mark_line(statement))
        return Group(*lines)

    def cells(self) -> RenderableType:
        """Benefits, risks, alternatives and doing nothing, one under the other."""
        lines: list[RenderableType] = [Text(f"\n{self._labels['cells_heading']}", style="bold")]
        if about := self._answer.applies_to:
            lines.append(Text(f"{self._labels['applies_to']}: {about}.", style="dim"))
        for cell in self._answer.cells:
            lines.append(Text(self._labels[cell.kind], style="underline"))
            lines += [Text("• ").append_text(self._sentence(said)) for said in cell.statements]
            if cell.empty:
                lines.append(Text(cell.empty, style="dim"))
        return Group(*lines)

    def help(self) -> RenderableType:
        """Official places of one country, each dated; of many countries, only their names."""
        lines: list[RenderableType] = [Text(f"\n{self._labels['help_heading']}", style="bold")]
        countries = list(dict.fromkeys(place.country for place in self._answer.help))
        if len(countries) > 1:
            named = self._labels["help_countries"].format(countries=", ".join(countries))
            return Group(*lines, Text(named))
        for place in self._answer.help:
            seen = self._labels["help_seen"].format(date=place.seen_on)
            parts = (f"{place.country}: {place.name}", place.number, place.url, f"({seen})")
            lines.append(Text(" ".join(part for part in parts if part)))
        return Group(*lines)

    def _mark_line(self, statement: Statement) -> Text:
        certainty = self._wording.certainty[statement.certainty or "not_rated"]
        filled = certainty.circles
        circles = "●" * filled + "○" * (4 - filled) + " " if filled else ""
        line = f"{self._labels['certainty']}: {circles}{certainty.label}"
        if statement.agreement not in (None, "none"):
            label = self._wording.agreement[statement.agreement].label
            line += f"   {self._labels['agreement']}: {label}"
            if self._clinician and statement.agreement_basis:
                line += f" ({counted_line(statement.agreement_basis, self._labels)})"
        return Text(line, style="dim")

    def _contrast(self, item: ContrastItem) -> RenderableType:
        verdict = self._wording.verdicts[item.verdict]
        techniques = ", ".join(self._wording.techniques[t].label for t in item.technique)
        why = item.clinical if self._clinician else item.explanation
        fact = Text(f"{self._labels['contrast_fact']}: {item.fact}", style="bold")
        fact.append(self._marks(item.citations[1:]), style="cyan")
        claim = Text(f"{self._labels['contrast_label']}: {item.claim}", style="italic")
        claim.append(self._marks(item.citations[:1]), style="cyan")
        judged = Text(f"{self._labels['contrast_verdict']}: {verdict.label}")
        judged.append(f" ({techniques})" if techniques else "")
        return Panel(Group(fact, claim, judged, Text(why)), border_style="dim")

    def sources(self) -> RenderableType:
        lines = [Text(f"\n{self._labels['sources']}", style="bold")]
        lines += [self._source(source) for source in self._answer.sources]
        return Group(*lines)

    def _source(self, source: Source) -> Text:
        kind = self._wording.kinds[source.kind].label
        who = source.authors[0].rstrip(".") if source.authors else ""
        if who:
            who += " et al. " if len(source.authors) > 1 else ". "
        year = f" {source.year}." if source.year else ""
        line = Text(f"[{source.n}] ", style="cyan").append(f"{who}{source.title}.{year} {kind}.")
        counts = []
        if source.n_studies is not None:
            counts.append(f"{self._labels['studies']}: {source.n_studies}")
        if source.n_participants is not None:
            counts.append(f"{self._labels['people']}: {source.n_participants:,}")
        if source.retracted:
            counts.append(f"{self._labels['retracted']}: {source.retracted}")
        if source.second_hand:
            counts.append(self._labels["second_hand"].rstrip("."))
        if source.depth:
            counts.append(self._wording.depths[source.depth].label)  # type: ignore[index]
        if counts:
            line.append(" " + ". ".join(counts) + ".", style="dim")
        if link := link_of(source):
            line.append(f" {link}", style="blue")
        return line


def counted_line(basis: AgreementBasis, labels: Mapping[str, str]) -> str:
    """Which reviews were counted on which side, and why a word was set by hand."""
    said = []
    for one in basis.counted:
        side = one.favours[0] if len(one.favours) == 1 else "mixed"
        said.append(f"{one.name} {labels[f'counted_{side}']}")
    line = "; ".join(said)
    if basis.reason:
        line += f"{'. ' if line else ''}{labels['set_by_hand']}: {basis.reason}"
    return line


def link_of(source: Source) -> str | None:
    """The public link of a source: DOI, PubMed or an official page, else none."""
    if source.doi:
        return f"https://doi.org/{source.doi}"
    if source.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"
    return source.url
