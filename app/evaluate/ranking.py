"""Which records each way of searching finds first, measured on labelled questions.

Measures come from ir-measures: nDCG@10, recall@4/8, MRR, and success@4 (one of the expected
records among the first four). Intervals are paired bootstrap percentile intervals over questions.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from pydantic import BaseModel
from scipy.stats import bootstrap

from app.engine import Engine
from app.evaluate.case import Case

MEASURES: Final = {
    "nDCG@10": nDCG @ 10,
    "recall@4": R @ 4,
    "recall@8": R @ 8,
    "MRR": RR,
    "success@4": Success @ 4,
}
DEPTH: Final = 60
"""Passages each system may return; several of one record count once."""
RESAMPLES: Final = 2000
OURS: Final = "ours"


class SystemScore(BaseModel):
    """One system's means, each with a 95 % bootstrap interval."""

    system: str
    means: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    ahead_of: dict[str, tuple[float, float, float]] = {}
    """Ours minus another system in nDCG@10: mean difference and its interval."""


def compare(engine: Engine, cases: Sequence[Case]) -> list[SystemScore]:
    """Ranks records with BM25, dense vectors, plain LangChain RAG and ours."""
    labelled = [case for case in cases if case.sources and not case.history]
    aliases = engine.library.aliases
    wanted = [{aliases.get(id_, id_) for id_ in case.sources} for case in labelled]
    per_system = {
        name: _per_question([_records(engine, ranked(case.question)) for case in labelled], wanted)
        for name, ranked in _systems(engine).items()
    }
    scores = [_score(name, values) for name, values in per_system.items()]
    ours = per_system[OURS]["nDCG@10"]
    ahead = {
        name: _difference(ours, values["nDCG@10"])
        for name, values in per_system.items()
        if name != OURS
    }
    return [
        score.model_copy(update={"ahead_of": ahead}) if score.system == OURS else score
        for score in scores
    ]


def _systems(engine: Engine) -> dict[str, Callable[[str], list[str]]]:
    """Ways to rank passages for a question, best first."""
    store = engine.index.stores["evidence"]

    def plain_rag(question: str) -> list[str]:
        return [d.id for d in store.similarity_search(question, k=DEPTH) if d.id]

    def dense(question: str) -> list[str]:
        vector = engine.index.embeddings.embed_query(question)
        return engine.retriever.dense(vector, "evidence", DEPTH)

    return {
        "BM25": lambda question: engine.retriever.lexical(question, "evidence", DEPTH),
        "dense": dense,
        "plain LangChain RAG": plain_rag,
        OURS: lambda question: [hit.passage.id for hit in engine.search(question)],
    }


def _records(engine: Engine, passage_ids: Sequence[str]) -> list[str]:
    """The records behind the passages, each once; topics' own summaries are no records."""
    papers = {paper.id for paper in engine.library.papers}
    ids = (engine.index.passages[id_].source_id for id_ in passage_ids)
    return [id_ for id_ in dict.fromkeys(ids) if id_ in papers]


def _per_question(
    rankings: Sequence[Sequence[str]], wanted: Sequence[set[str]]
) -> dict[str, list[float]]:
    qrels = {str(n): dict.fromkeys(ids, 1) for n, ids in enumerate(wanted)}
    run = {
        str(n): {id_: 1.0 / rank for rank, id_ in enumerate(ranking, start=1)}
        for n, ranking in enumerate(rankings)
    }
    found: dict[str, dict[str, float]] = {str(m): {} for m in MEASURES.values()}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), qrels, run):
        found[str(metric.measure)][metric.query_id] = float(metric.value)
    # A question for which a system found nothing counts as 0.
    return {
        name: [found[str(measure)].get(str(n), 0.0) for n in range(len(wanted))]
        for name, measure in MEASURES.items()
    }


def _score(system: str, values: Mapping[str, Sequence[float]]) -> SystemScore:
    return SystemScore(
        system=system,
        means={name: round(float(np.mean(v)), 3) for name, v in values.items()},
        intervals={name: _interval(v) for name, v in values.items()},
    )


def _interval(values: Sequence[float]) -> tuple[float, float]:
    if len(set(values)) < 2:
        return (round(values[0], 3), round(values[0], 3)) if values else (0.0, 0.0)
    found = bootstrap(
        (np.asarray(values),), np.mean, n_resamples=RESAMPLES, method="percentile", rng=0
    ).confidence_interval
    return round(float(found.low), 3), round(float(found.high), 3)


def _difference(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    apart = [one - other for one, other in zip(ours, theirs, strict=True)]
    return round(float(np.mean(apart)), 3), *_interval(apart)
