"""The `ozone` command. Thin: every subcommand calls one function and prints what it says."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console

from app.settings import Settings
from corpus.reader import CorpusError
from corpus.vocabulary import ExportFormat
from ingest.embedding import ModelError
from ingest.lock import IndexBusy
from ingest.manifest import IndexMissing
from ingest.server import StoreUnreachable

cli = typer.Typer(
    name="ozone",
    help="Answers questions about ozone therapy from vetted reviews, beside what adverts claim.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
corpus_cli = typer.Typer(help="Check and count the records.", no_args_is_help=True)
cli.add_typer(corpus_cli, name="corpus")

FAILED, USAGE = 1, 2

Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]
Clinician = Annotated[
    bool, typer.Option("--clinician", help="Effect estimates, certainty and sources for doctors.")
]


def _err(message: str) -> None:
    Console(stderr=True, soft_wrap=True).print(message, style="red", markup=False, highlight=False)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Errors that people can act on become one line; the exit code says what kind they are."""
    try:
        yield
    except (CorpusError, IndexMissing, IndexBusy, ModelError, StoreUnreachable) as error:
        _err(str(error))
        raise typer.Exit(FAILED) from None
    except ValidationError as error:
        first = error.errors()[0]
        name = "OZONE_" + "_".join(str(part).upper() for part in first["loc"])
        _err(f"{name}: {first['msg']}; correct or unset it")
        raise typer.Exit(USAGE) from None
    except BrokenPipeError:
        # Whoever read our output has had enough (`| head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except OSError as error:
        _err(
            f"{error.strerror or error} ({error.filename or 'index folder'}); free space or set "
            "OZONE_DATA to a folder you can write to"
        )
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        _err("Stopped. Nothing was changed.")
        raise typer.Exit(130) from None


def _engine(settings: Settings) -> Any:
    """The engine; its index is built first where it is missing or older than the records."""
    from app.engine import Engine
    from app.indexing import ensure_index

    return Engine.open(settings, ensure_index(settings, Console(stderr=True)))


@cli.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotes.")] = None,
    as_json: Json = False,
    clinician: Clinician = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read questions as JSON lines, write answers.")
    ] = False,
) -> None:
    """Answer one question, or a file of them with --jsonl.

    A line for --jsonl is {"id", "question", "history"?}; each answer line is {"id", "answer"},
    and a bad line, or one asked while a Chroma server is away, gets {"id", "error"}.
    """
    if jsonl == (question is not None):
        _err("Give one question in quotes, or --jsonl with questions on standard input.")
        raise typer.Exit(USAGE)
    with _plain_errors():
        engine = _engine(Settings())
        if jsonl:
            from app.jsonl import answer_lines

            for line in answer_lines(engine, sys.stdin.buffer):
                print(line, flush=True)
            return
        answer = engine.ask(question or "")
        if as_json:
            print(answer.model_dump_json(indent=2))
            return
        from app.show import show

        show(answer, engine.library.wording, Console(), clinician=clinician)


@cli.command("check-advert")
def check_advert(
    file: Annotated[str, typer.Argument(help="Text, web page, PDF or picture; - for stdin.")],
    as_json: Json = False,
) -> None:
    """Take an advert apart: each claim held against the evidence, and what it leaves out.

    The advert is read as data: what it tells a machine to do is not done. Nothing of it is kept.
    """
    from app.advert.checker import AdvertChecker
    from app.advert.show import show
    from ingest.document import DocumentError, read_document

    with _plain_errors():
        try:
            data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            document = read_document(data, file)
        except DocumentError as error:
            _err(str(error))
            raise typer.Exit(FAILED) from None
        except OSError as error:
            _err(f"{file}: {error.strerror}; give a file, or - for standard input")
            raise typer.Exit(USAGE) from None
        engine = _engine(Settings())
        report = AdvertChecker(engine).check(document.text)
        if as_json:
            print(report.model_dump_json(indent=2))
            return
        show(report, engine.library.wording, Console())


@cli.command()
def chat(clinician: Clinician = False) -> None:
    """Ask question after question in the terminal; an empty line or Ctrl-D ends it."""
    from app.show import show

    with _plain_errors():
        engine = _engine(Settings())
        console = Console()
        labels = engine.library.wording.labels
        console.print(labels["disclaimer"], style="dim")
        history: list[str] = []
        while True:
            try:
                question = console.input("\n[bold]>[/bold] ").strip()
            except (EOFError, KeyboardInterrupt):
                console.print()
                return
            if not question:
                return
            try:
                answer = engine.ask(question, history)
            except StoreUnreachable as error:
                _err(str(error))  # it may be back for the next question
                continue
            show(answer, engine.library.wording, console, clinician=clinician)
            history.append(question)


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", min=1, max=65535)] = None,
) -> None:
    """Open the web chat; the address is printed. Ctrl-C ends it."""
    from app.indexing import ensure_index
    from app.serving import PortTaken
    from app.serving import serve as serve_web

    with _plain_errors():
        settings = Settings()
        ensure_index(settings, Console(stderr=True))
        try:
            code = serve_web(host or settings.host, port or settings.port)
        except PortTaken as error:
            _err(str(error))
            raise typer.Exit(FAILED) from None
    raise typer.Exit(code)


@cli.command()
def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Embed every passage again.")] = False,
    as_json: Json = False,
) -> None:
    """Build the index of the records, aside; the old one serves until the new one is complete."""
    from app.indexing import report, run_index

    with _plain_errors():
        settings = Settings()
        built = run_index(settings, Console(stderr=True), rebuild=rebuild)
        print(built.manifest.model_dump_json(indent=2) if as_json else report(built))


@cli.command()
def bench(as_json: Json = False) -> None:
    """Measure speed and memory on this machine, beside plain LangChain retrieval."""
    from app.bench import run_bench

    with _plain_errors():
        result = run_bench(Settings(), Console(stderr=True))
        if as_json:
            print(result.model_dump_json(indent=2))
        else:
            result.show(Console())


@cli.command("eval")
def evaluate(
    suites: Annotated[
        list[str] | None,
        typer.Argument(
            help="questions, red-flags, refusals, follow-ups, claim-checks, sources, "
            "retrieval; all of them if left out."
        ),
    ] = None,
    as_json: Json = False,
    locked: Annotated[
        bool,
        typer.Option("--locked", help="Score the locked halves too; the look is logged."),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(help="Folder that holds `suites/`; the checkout's own if left out."),
    ] = None,
    save: Annotated[
        Path | None, typer.Option(help="Where answers are saved; the data folder if left out.")
    ] = None,
) -> None:
    """Score answers on the question suites; exit code 1 if a floor is broken.

    Tunes nothing. Every answer of the open halves is saved as JSON lines for reading.
    """
    from app.evaluate.case import EvaluationError
    from app.evaluate.command import run_evaluation

    with _plain_errors():
        settings = Settings()
        try:
            good = run_evaluation(
                settings,
                _engine(settings),
                suites or (),
                locked=locked,
                folder=folder,
                save=save,
                as_json=as_json,
            )
        except EvaluationError as error:
            _err(str(error))
            raise typer.Exit(USAGE) from None
        if not good:
            raise typer.Exit(FAILED)


@corpus_cli.command("check")
def corpus_check(
    path: Annotated[
        Path | None,
        typer.Argument(help="A corpus folder, or one record file; the whole corpus if left out."),
    ] = None,
) -> None:
    """Check every record, or one file; one line a problem, exit code 1 if there is any.

    One file is held against the configured corpus: as the record it is or would become.
    """
    from corpus.check import check_corpus, check_file

    with _plain_errors():
        home = Settings().corpus
        one = path is not None and not path.is_dir()
        problems = check_file(path, home) if path and one else check_corpus(path or home)
        for problem in problems:
            print(problem)
        if problems:
            _err(f"{len(problems)} problems")
            raise typer.Exit(FAILED)
        print("No problem found.")


@corpus_cli.command("stats")
def corpus_stats(as_json: Json = False) -> None:
    """Count records, topics and claims."""
    from corpus.library import load_library
    from corpus.stats import stats_of

    with _plain_errors():
        stats = stats_of(load_library(Settings().corpus))
        if as_json:
            print(stats.model_dump_json(indent=2))
            return
        for name, count in stats.lines():
            print(f"{name:32} {count:>6}")


@corpus_cli.command("log")
def corpus_log(id_: Annotated[str, typer.Argument(metavar="ID", help="A record's id.")]) -> None:
    """Show when a record was added, checked, corrected, withdrawn or signed."""
    from corpus.history import history_of
    from corpus.library import load_library
    from corpus.paper import Paper

    with _plain_errors():
        library = load_library(Settings().corpus)
        record = library.get(id_)
        if not isinstance(record, Paper):
            near = _nearest(id_, [paper.id for paper in library.papers])
            _err(f"'{id_}' is no review, study or notice.{near}")
            raise typer.Exit(USAGE)
        print(f"{record.id}: {record.title}")
        for event in history_of(record):
            print(f"{event.date:10}  {event.what:10}  {event.detail}")


def _nearest(word: str, known: list[str]) -> str:
    from rapidfuzz import process

    found = [id_ for id_, _, _ in process.extract(word, known, limit=3, score_cutoff=60)]
    return f" Did you mean {', '.join(found)}?" if found else ""


@corpus_cli.command("export")
def corpus_export(
    format_: Annotated[
        ExportFormat, typer.Option("--format", help="What to write; claimreview is the register.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; standard output if left out.")
    ] = None,
) -> None:
    """Write the records for a spreadsheet, a reference manager or a search engine."""
    from corpus.export import EXPORTS
    from corpus.library import load_library

    with _plain_errors():
        text = EXPORTS[format_](load_library(Settings().corpus))
        if output is None:
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
            print(text)
            return
        aside = output.with_name(f".{output.name}.part")
        aside.write_text(text + "\n", "utf-8")
        aside.replace(output)
        print(f"Wrote {output}.")
