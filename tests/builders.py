"""A tiny corpus, invented for the tests, and embeddings that need no model."""

import json
import math
import re
import shutil
from collections.abc import Mapping
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from corpus.finding import Finding
from corpus.library import HOME, Library, load_library
from ingest.index import Built, Index, build_index, open_index

REVIEW = "reviews/invented-review-2020.yaml"
TRIAL = "studies/invented-trial-2021.yaml"
TOPIC = "topics/invented-topic.yaml"
GAP = "topics/invented-gap.yaml"
CLAIM = "marketing/invented-claim.yaml"
PAGE = "marketing/invented-page.yaml"
CUES = "triage/invented-cues.yaml"

RECORDS: dict[str, dict[str, Any]] = {
    REVIEW: {
        "id": "invented-review-2020",
        "aliases": ["invented-alias"],
        "kind": "meta_analysis",
        "title": "A review of sore thumbs, invented for this test",
        "authors": ["Tester A"],
        "year": 2020,
        "doi": "10.1234/Invented.1",
        "pmid": 11111111,
        "seen_in": ["invented for this test"],
        "depth": "abstract",
        "condition": ["sore thumb"],
        "certainty_tool": "GRADE",
        "n_studies": 4,
        "n_rcts": 3,
        "n_participants": 200,
        "findings": [
            {
                "key": "pain",
                "kind": "effect",
                "outcome": "pain",
                "plain": "Ozone may ease pain a little.",
                "comparator": "placebo",
                "timepoint": "3 months",
                "measure": "MD",
                "value": -1.5,
                "ci": {"low": -2.5, "high": -0.5},
                "unit": "points",
                "favours": "ozone",
                "better": "lower",
                "certainty": "low",
            },
            {
                "key": "healing",
                "kind": "effect",
                "outcome": "healed skin",
                "plain": "Trials reported more healed skin with ozone.",
                "measure": "RR",
                "value": 1.4,
                "ci": {"low": 1.1, "high": 1.8},
                "n_participants": 120,
                "arms": [
                    {"name": "ozone", "events": 30, "total": 60},
                    {"name": "usual care", "events": 20, "total": 60},
                ],
                "favours": "ozone",
                "better": "higher",
            },
            {
                "key": "swelling",
                "kind": "effect",
                "outcome": "swelling",
                "plain": "Less swelling was reported. Its size makes no sense, so we leave it out.",
                "statement": "Swelling fell by 28.55 units.",
                "measure": "SMD",
                "value": -28.55,
                "ci": {"low": -30.25, "high": -26.85},
                "favours": "ozone",
                "better": "lower",
                "show": "suppressed",
                "caution": "The size cannot be read.",
            },
        ],
        "limits": {"clinical": "Small trials.", "plain": "The trials were small."},
    },
    TRIAL: {
        "id": "invented-trial-2021",
        "kind": "randomized_trial",
        "title": "A trial of stiff thumbs, invented for this test",
        "seen_in": ["invented for this test"],
        "depth": "abstract",
        "n_participants": 40,
        "findings": [
            {
                "key": "stiffness",
                "kind": "effect",
                "outcome": "stiffness",
                "plain": "The trial could not tell if it eased stiff joints.",
            }
        ],
    },
    TOPIC: {
        "id": "invented-topic",
        "kind": "condition",
        "name": "sore thumb",
        "lay": ["thumb pain, invented for this test"],
        "asked_as": [
            "Does it ease a sore thumb?",
            "My thumb aches",
            "Is it good for thumbs?",
            *(f"Will thumb number {n} ache less?" for n in range(5)),
        ],
        "bottom_line": {
            "direction": "ozone",
            "plain": "Ozone may ease a sore thumb a little.",
            "clinical": "MD -1.5 points at 3 months, low certainty.",
            "finding_ids": ["invented-review-2020#pain"],
        },
        "benefit_ids": ["invented-trial-2021#stiffness"],
        "certainty_from": "invented-review-2020#pain",
        "nearest": ["invented-gap"],
    },
    GAP: {
        "id": "invented-gap",
        "kind": "condition",
        "name": "sore elbow, invented for this test",
        "asked_as": [
            "Does it ease an elbow?",
            "My elbow aches",
            "Is it good for elbows?",
            *(f"Will elbow number {n} ache less?" for n in range(5)),
        ],
        "bottom_line": {
            "direction": "none",
            "plain": "We found no review.",
            "clinical": "No review found.",
        },
        "gap": True,
        "search": {
            "plain": "We searched up to May 2020 and found nothing.",
            "clinical": "PubMed was searched until May 2020.",
            "where": ["PubMed"],
            "until": "2020-05",
        },
    },
    CLAIM: {
        "id": "invented-claim",
        "kind": "benefit",
        "page": "invented-page",
        "locator": {"section": "invented for this test", "sentences": [1]},
        "claim": "The page says that every thumb heals.",
        "said_as": [f"They told me that thumb {n} heals" for n in range(8)],
        "topics": ["invented-topic"],
        "intents": ["benefit"],
        "verdict": "unproven",
        "fact": "No trial showed that every thumb heals.",
        "explanation": {"plain": "It names no trial.", "clinical": "No trial is named."},
        "ask": "Which trial shows it?",
    },
    PAGE: {
        "id": "invented-page",
        "kind": "page",
        "title": "A page invented for this test",
        "publisher": "Nobody",
        "sha256": "0" * 64,
        "read_on": "2020-05-01",
        "sentences": [{"n": n, "section": "top", "sha256": str(n) * 64} for n in (1, 2)],
        "not_a_claim": [{"sentences": [2], "reason": "a greeting"}],
    },
    CUES: {
        "id": "invented-cues",
        "kind": "intent",
        "intent": "benefit",
        "when": [[["help"]]],
        "topics": ["invented-topic"],
    },
}
GONE = object()  # as a value in `changes`: the field is removed

Changes = Mapping[tuple[str, str], Any]  # (file, dotted field) -> its new value


def _put(record: Any, dotted: str, value: Any) -> None:
    *parents, last = dotted.split(".")
    for name in parents:
        record = record[int(name)] if isinstance(record, list) else record[name]
    if value is GONE:
        del record[last]
    elif isinstance(record, list):
        record[int(last)] = value
    else:
        record[last] = value


def write_corpus(home: Path, changes: Changes | None = None) -> Path:
    """The invented records with `changes`, and the real wording, as a corpus folder."""
    records = deepcopy(RECORDS)
    for (file, dotted), value in (changes or {}).items():
        _put(records[file], dotted, value)
    shutil.copytree(HOME / "wording", home / "wording", dirs_exist_ok=True)
    for file, record in records.items():
        (home / file).parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML; yaml.safe_dump would write the anchors that the reader refuses.
        (home / file).write_text(json.dumps(record, indent=1, ensure_ascii=False), "utf-8")
    return home


def tiny_library(home: Path, changes: Changes | None = None) -> Library:
    """The invented corpus, read."""
    return load_library(write_corpus(home, changes))


def finding(**fields: Any) -> Finding:
    """A finding with what it must have, and `fields`."""
    return Finding.model_validate({"key": "k", "kind": "effect", "outcome": "pain", **fields})


class FakeEmbeddings(Embeddings):
    """Words hashed into 32 places, unit length; `batches` holds what was asked for."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    @property
    def texts(self) -> list[str]:
        """Every text embedded so far."""
        return [text for batch in self.batches for text in batch]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.batches.append(list(texts))
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = [0.01] * 32
        for word in re.findall(r"[a-z0-9]+", text.lower()):
            vector[sha256(word.encode()).digest()[0] % 32] += 1.0
        length = math.sqrt(sum(part * part for part in vector))
        return [part / length for part in vector]


def build(home: Path, library: Library, embeddings: Embeddings | None = None, **options) -> Built:
    """Builds with fake embeddings under the model name `fake`."""
    return build_index(home, library, "fake", embeddings=embeddings or FakeEmbeddings(), **options)


def reopen(home: Path, model: str = "fake", **options) -> Index:
    """Opens what `build` built."""
    return open_index(home, model, embeddings=FakeEmbeddings(), **options)


def ranking(index: Index, question: str = "does ozone ease thumb pain") -> list[list[str]]:
    """Both lanes' passage ids by vector, then by words, best first."""
    return [
        [found.id for found in index.stores[lane].similarity_search(question, k=50)]
        for lane in index.stores
    ] + [[id_ for id_, _ in lexicon.search(question, 50)] for lexicon in index.lexicons.values()]
