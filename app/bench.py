"""Speed and memory on this machine, beside plain LangChain retrieval in the same run."""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

import psutil
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from app.advert.checker import AdvertChecker
from app.engine import Engine
from app.growth import Growth, growth_table, measure_growth
from app.indexing import ensure_index
from app.settings import Settings
from app.timing import Timing
from corpus.advert import Assertion
from corpus.library import Library
from ingest.embedding import LocalEmbeddings
from ingest.index import Index, build_index

ROUNDS: Final = 3
"""How often each question is asked; the first round only warms caches."""
COLD_STARTS: Final = 3
ADVERTS: Final = 12
ADVERT_SENTENCES: Final = 60
"""About two printed pages."""
_MB: Final = 1024 * 1024


class BenchResult(BaseModel):
    """What was measured, where and when."""

    measured_at: datetime
    cores: int
    memory_gib: float
    python: str
    passages: int
    questions: int
    steps: dict[str, Timing]
    plain_rag: Timing
    ratio_to_plain_rag: float
    cold_ask_s: float
    index_build_s: float
    incremental_build_s: float
    peak_memory_mb: int
    advert: Timing
    """Checking an advert of two pages."""
    growth: tuple[Growth, ...]

    def show(self, console: Console) -> None:
        """Prints the result as tables."""
        console.print(
            f"{self.measured_at:%Y-%m-%d}, {self.cores} cores, {self.memory_gib:.0f} GiB, "
            f"Python {self.python}, {self.passages} passages, {self.questions} questions"
        )
        table = Table("step", "p50 ms", "p95 ms")
        for step, timing in self.steps.items():
            table.add_row(step, f"{timing.p50:.1f}", f"{timing.p95:.1f}")
        table.add_row(
            "plain LangChain RAG", f"{self.plain_rag.p50:.1f}", f"{self.plain_rag.p95:.1f}"
        )
        console.print(table)
        console.print(f"answer / plain LangChain RAG (p50): {self.ratio_to_plain_rag:.2f}")
        console.print(f"cold `ozone ask`: {self.cold_ask_s:.1f} s")
        console.print(f"index from nothing: {self.index_build_s:.1f} s")
        console.print(f"index after one changed record: {self.incremental_build_s:.1f} s")
        console.print(f"peak memory: {self.peak_memory_mb} MB")
        console.print(
            f"`ozone check-advert` on two pages, warm: p50 {self.advert.p50:.0f} ms, "
            f"p95 {self.advert.p95:.0f} ms"
        )
        console.print("one search (vectors, BM25, fusion) as the passages grow:")
        console.print(growth_table(self.growth))


def run_bench(settings: Settings, console: Console) -> BenchResult:
    """Measures everything once; takes about three minutes.

    Raises:
        CorpusError, IndexMissing, ModelError: as the engine does.
    """
    library = ensure_index(settings, console)
    with console.status("Warming up") as status:
        engine = Engine.open(settings, library)
        engine.warm()
        questions = [topic.asked_as[0] for topic in engine.library.topics.values()]
        status.update("Answering")
        steps = _answer_times(engine, questions)
        status.update("Plain LangChain retrieval")
        plain = Timing.of(_plain_rag_times(engine.index, questions))
        status.update("Checking adverts")
        advert = Timing.of(_advert_times(engine))
        # Read before the index is built in this process: readers never pay for that.
        peak = _peak_memory()
        status.update("Cold starts")
        cold = statistics.median(_cold_ask(questions[0]) for _ in range(COLD_STARTS))
        status.update("Building an index")
        built, incremental = _build_times(library, settings.embedding_model)
        growth = measure_growth(engine.index, questions, progress=status.update)
    return BenchResult(
        measured_at=datetime.now(UTC),
        cores=os.cpu_count() or 1,
        memory_gib=round(psutil.virtual_memory().total / 1024**3, 1),
        python=platform.python_version(),
        passages=len(engine.index.passages),
        questions=len(questions),
        steps=steps,
        plain_rag=plain,
        ratio_to_plain_rag=round(steps["total"].p50 / plain.p50, 2),
        cold_ask_s=round(cold, 2),
        index_build_s=round(built, 1),
        incremental_build_s=round(incremental, 1),
        peak_memory_mb=peak,
        advert=advert,
        growth=growth,
    )


def _answer_times(engine: Engine, questions: Sequence[str]) -> dict[str, Timing]:
    times: dict[str, list[float]] = {}
    for round_ in range(ROUNDS):
        for question in questions:
            start = perf_counter()
            answer = engine.ask(question)
            whole = (perf_counter() - start) * 1000
            if round_ == 0:
                continue
            for step, ms in answer.engine.ms.items():
                times.setdefault(step, []).append(whole if step == "total" else ms)
    return {step: Timing.of(values) for step, values in times.items() if len(values) > 1}


def _plain_rag_times(index: Index, questions: Sequence[str]) -> list[float]:
    """Chroma similarity search over the same passages with the same model, nothing else."""
    store = index.stores["evidence"]
    times = []
    for round_ in range(ROUNDS):
        for question in questions:
            took = _timed(partial(store.similarity_search, question, k=8))
            if round_:
                times.append(took * 1000)
    return times


def _advert_times(engine: Engine) -> list[float]:
    """Adverts of two pages, put together from the example sentences; each is checked warm."""
    checker = AdvertChecker(engine)
    sentences = [text for rule in engine.library.of(Assertion) for text in rule.examples]
    adverts = [
        "\n".join(sentences[n :: len(sentences) // ADVERT_SENTENCES]) for n in range(ADVERTS)
    ]
    checker.check(adverts[0])
    return [_timed(partial(checker.check, advert)) * 1000 for advert in adverts]


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _peak_memory() -> int:
    memory = psutil.Process().memory_info()
    # Linux tells the peak only through resource; elsewhere the current size stands in.
    try:
        import resource
    except ImportError:
        return int(memory.rss / _MB)
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _cold_ask(question: str) -> float:
    command = [sys.executable, "-m", "app", "ask", "--json", question]
    return _timed(lambda: subprocess.run(command, check=True, capture_output=True))  # noqa: S603


def _build_times(library: Library, model: str) -> tuple[float, float]:
    """A build from nothing, and one after a single topic's text changed."""
    with tempfile.TemporaryDirectory() as folder:
        embeddings = LocalEmbeddings(model)
        embeddings.embed_query("warm")
        home = Path(folder)
        whole = _timed(lambda: build_index(home, library, model, embeddings=embeddings))
        changed = _with_one_change(library)
        part = _timed(lambda: build_index(home, changed, model, embeddings=embeddings))
    return whole, part


def _with_one_change(library: Library) -> Library:
    topic = next(iter(library.topics.values()))
    line = topic.bottom_line.model_copy(update={"plain": f"{topic.bottom_line.plain} (changed)"})
    records = {**library.records, topic.id: topic.model_copy(update={"bottom_line": line})}
    hashes = {**library.hashes, topic.id: "changed"}
    return Library(library.home, records, library.wording, hashes, library.files, library.aliases)
