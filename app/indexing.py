"""Building the index for people: progress on long work, a sentence on what was done."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.settings import Settings
from corpus.check import library_problems
from corpus.library import Library, load_library
from corpus.reader import CorpusError
from ingest.index import Built, build_index, open_index
from ingest.manifest import IndexMissing


def run_index(settings: Settings, console: Console, *, rebuild: bool = False) -> Built:
    """Checks the records, then builds what is missing, with a progress bar on `console`.

    Raises:
        CorpusError: a record is wrong; nothing is indexed.

    """
    library = load_library(settings.corpus)
    if problems := list(library_problems(library)):
        raise CorpusError(problems)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Loading the embedding model", total=None)

        def progress(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        return build_index(
            settings.data,
            library,
            settings.embedding_model,
            rebuild=rebuild,
            server=settings.server,
            progress=progress,
        )


def ensure_index(settings: Settings, console: Console) -> Library:
    """Builds the index where it is missing, damaged or older than the records.

    Returns the library, so that nobody has to read it again.
    """
    library = load_library(settings.corpus)
    try:
        open_index(
            settings.data,
            settings.embedding_model,
            corpus_hash=library.content_hash,
            server=settings.server,
        )
    except IndexMissing as reason:
        console.print(f"{str(reason).split(';')[0]}: building it now.", style="dim", markup=False)
        console.print(report(run_index(settings, console)), style="dim", markup=False)
    return library


def report(built: Built) -> str:
    """One sentence on what a build did."""
    total = sum(built.manifest.passages.values())
    when = built.manifest.built_at.strftime("%Y-%m-%d %H:%M UTC")
    if not built.fresh:
        return f"The index is up to date ({total} passages, built {when})."
    counts = ", ".join(f"{count} {lane}" for lane, count in built.manifest.passages.items())
    return (
        f"Indexed {total} passages ({counts}): {built.embedded} texts embedded, "
        f"the others unchanged. Index {built.manifest.key} in {built.folder.parent}."
    )
