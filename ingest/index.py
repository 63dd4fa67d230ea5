"""Builds the index aside and swaps it in; opens the one that serves.

Layout of the data folder: `current` (one line: the serving folder's name), `index-<key>/` with
`chroma/`, `bm25-<lane>/`, `passages.json`, the phrases (`phrases_of`), `vectors.npz` and
`manifest.json` (written last), and `index.lock`. A build that dies leaves `building-*` behind and
`current` as it was; the next build sweeps it up. With a Chroma server, the vectors lie there
instead of in `chroma/`, in collections that the manifest names; `owner` marks them as this
folder's.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings
from pydantic import TypeAdapter, ValidationError

from corpus.advert import AdvertScope, Assertion, OmissionWords, told_apart
from corpus.claim import Claim
from corpus.library import Library
from corpus.triage import Refusal
from ingest.embedding import DEFAULT_MODEL, LocalEmbeddings, RememberedEmbeddings
from ingest.lexical import Lexicon
from ingest.lock import single_writer
from ingest.manifest import FORMAT, IndexMissing, Manifest, index_key, read_manifest
from ingest.passages import LANES, Lane, Passage, passages_of
from ingest.server import Server, StoreUnreachable
from ingest.store import Shelf, new_names, new_stores, reached, sweep_server, visiting

if TYPE_CHECKING:
    from langchain_chroma import Chroma

POINTER: Final = "current"
PARTS: Final = (
    "passages.json",
    *(f"{name}.npz" for name in ("questions", "claims", "requests", "adverts", "mentions")),
    *(f"bm25-{lane}" for lane in LANES),
)
"""What an index needs to serve, beside its vectors."""
OWN_VECTORS: Final = "chroma/chroma.sqlite3"
_BATCH: Final = 64
_PASSAGES: Final = TypeAdapter(tuple[Passage, ...])

Progress = Callable[[str, int, int], None]
"""Called with a step's name, how much is done and how much there is."""


@dataclass(frozen=True)
class Built:
    """What a build did."""

    manifest: Manifest
    folder: Path
    fresh: bool
    """False when the serving index already was the one asked for."""
    embedded: int
    reused: int


@dataclass(frozen=True)
class Phrases:
    """Ways of saying something with their vectors, one row each, and the id each one stands for."""

    ids: tuple[str, ...]
    vectors: npt.NDArray[np.float32]


class Index:
    """An index that is ready to be searched."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        embeddings: Embeddings,
        server: Server | None = None,
    ) -> None:
        """Opens `folder`; files are read, and collections looked up, on first use."""
        self.folder = folder
        self.manifest = manifest
        self.embeddings = embeddings
        self.shelf = Shelf(folder, manifest.collections, embeddings, server)

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """All passages by id, both lanes."""
        try:
            found = _PASSAGES.validate_json((self.folder / "passages.json").read_bytes())
        except (OSError, ValidationError):
            raise IndexMissing(
                "the index is incomplete or damaged; run `ozone index --rebuild`"
            ) from None
        return {passage.id: passage for passage in found}

    @property
    def stores(self) -> "dict[Lane, Chroma]":
        """The vector store of each lane; fails as `Shelf.stores` does."""
        return self.shelf.stores

    @cached_property
    def lexicons(self) -> dict[Lane, Lexicon]:
        """The BM25 index of each lane."""
        return {
            lane: Lexicon.load(
                self.folder / f"bm25-{lane}",
                [passage.id for passage in self.passages.values() if passage.lane == lane],
            )
            for lane in LANES
        }

    @cached_property
    def asked_as(self) -> Phrases:
        """The topics' example questions."""
        return _load_phrases(self.folder / "questions.npz")

    @cached_property
    def said_as(self) -> Phrases:
        """The advertised claims, in the register's words and in those people may use."""
        return _load_phrases(self.folder / "claims.npz")

    @cached_property
    def asserted_as(self) -> Phrases:
        """Sentences of adverts by what they assert."""
        return _load_phrases(self.folder / "adverts.npz")

    @cached_property
    def requested_as(self) -> Phrases:
        """What is declined, as people ask for it; an empty id for what only resembles it."""
        return _load_phrases(self.folder / "requests.npz")

    @cached_property
    def mentioned_as(self) -> Phrases:
        """Sentences of adverts by what they mention; each is its own id."""
        return _load_phrases(self.folder / "mentions.npz")


def _load_phrases(path: Path) -> Phrases:
    with np.load(path) as stored:
        return Phrases(tuple(map(str, stored["ids"])), stored["vectors"])


def _previous_vectors(home: Path, model: str) -> dict[str, list[float]]:
    try:
        folder = home / (home / POINTER).read_text("utf-8").strip()
        if read_manifest(folder).model != model:
            return {}
        with (folder / "vectors.npz").open("rb") as stream, np.load(stream) as stored:
            keys, vectors = stored["keys"], stored["vectors"]
    except (OSError, IndexMissing, ValueError, KeyError, EOFError, BadZipFile):
        return {}
    return {str(key): vector.tolist() for key, vector in zip(keys, vectors, strict=True)}


def _save_vectors(path: Path, vectors: dict[str, list[float]]) -> None:
    keys = sorted(vectors)
    np.savez(path, keys=np.array(keys), vectors=np.array([vectors[k] for k in keys], np.float32))


def _sweep(home: Path, keep: set[str]) -> None:
    for leftover in home.iterdir():
        ours = leftover.name.startswith(("building-", "index-")) and leftover.is_dir()
        if ours and leftover.name not in keep:
            shutil.rmtree(leftover, ignore_errors=True)


def _fill(
    folder: Path,
    library: Library,
    embeddings: RememberedEmbeddings,
    progress: Progress,
    server: Server | None,
    names: dict[str, str],
) -> tuple[dict[str, int], int, int]:
    passages = passages_of(library)
    with new_stores(folder, names, embeddings, server) as stores:
        counts = _fill_lanes(folder, stores, passages, embeddings, progress, server)
    (folder / "passages.json").write_bytes(_PASSAGES.dump_json(passages))
    phrases = phrases_of(library)
    for name, said in phrases.items():
        _save_phrases(folder / f"{name}.npz", said, embeddings)
        progress(f"Embedding {name}", len(said), len(said))
    used = {p.digest for p in passages}
    used |= {sha256(text.encode()).hexdigest() for said in phrases.values() for _, text in said}
    remembered = {key: vector for key, vector in embeddings.known.items() if key in used}
    _save_vectors(folder / "vectors.npz", remembered)
    dimension = next((len(vector) for vector in remembered.values()), 0)
    return counts, dimension, len(used)


def phrases_of(library: Library) -> dict[str, list[tuple[str, str]]]:
    """What is compared with what people write, by file name: each text with its record's id."""
    requests = [(r.id, text) for r in library.of(Refusal) for text in r.asked_as]
    # An empty id stands for what only resembles a request that is declined.
    requests += [("", text) for r in library.of(Refusal) for text in r.not_asked_as]
    mentions = told_apart(library.of(OmissionWords), library.of(AdvertScope))
    return {
        "questions": [(t.id, text) for t in library.topics.values() for text in t.asked_as],
        "claims": [(c.id, text) for c in library.of(Claim) for text in (c.claim, *c.said_as)],
        "requests": requests,
        "adverts": [(a.id, text) for a in library.of(Assertion) for text in a.examples],
        "mentions": [(text, text) for text in mentions],
    }


def _save_phrases(
    path: Path, phrases: Sequence[tuple[str, str]], embeddings: RememberedEmbeddings
) -> None:
    vectors = np.array(embeddings.embed_documents([text for _, text in phrases]), np.float32)
    np.savez(path, ids=np.array([id_ for id_, _ in phrases], np.str_), vectors=vectors)


def _fill_lanes(
    folder: Path,
    stores: "dict[Lane, Chroma]",
    passages: tuple[Passage, ...],
    embeddings: RememberedEmbeddings,
    progress: Progress,
    server: Server | None,
) -> dict[str, int]:
    counts: dict[str, int] = {}
    done = 0
    for lane in LANES:
        here = [passage for passage in passages if passage.lane == lane]
        for start in range(0, len(here), _BATCH):
            batch = here[start : start + _BATCH]
            texts = [passage.embedded for passage in batch]
            embeddings.embed_documents(texts)  # first: a failing model is no failing server
            with reached(server):
                stores[lane].add_texts(
                    texts,
                    metadatas=[{"source_id": p.source_id, "kind": p.kind} for p in batch],
                    ids=[passage.id for passage in batch],
                )
            done += len(batch)
            progress("Embedding passages", done, len(passages))
        Lexicon.build([p.id for p in here], [p.searchable for p in here]).save(
            folder / f"bm25-{lane}"
        )
        counts[lane] = len(here)
    return counts


def build_index(
    home: Path,
    library: Library,
    model: str = DEFAULT_MODEL,
    *,
    rebuild: bool = False,
    embeddings: Embeddings | None = None,
    server: Server | None = None,
    progress: Progress = lambda step, done, total: None,
) -> Built:
    """Builds the index of `library` in `home` unless it is already serving, then swaps it in.

    Vectors of unchanged texts are taken from the serving index unless `rebuild` is set. The old
    index serves until the very last step, an atomic replacement of the pointer file. With a
    `server`, the vectors go into new collections there.

    Raises:
        IndexBusy: another process is building.
        StoreUnreachable: the server does not answer; the old index still serves.
        ModelError: the embedding model cannot be loaded.
        OSError: the folder cannot be written (read-only, disk full).

    """
    with single_writer(home):
        serving = _serving(home)
        key = index_key(library.content_hash, model)
        if not rebuild and serving and serving[1].key == key and _holds(serving[1], server):
            return Built(serving[1], serving[0], False, 0, sum(serving[1].passages.values()))
        known = {} if rebuild else _previous_vectors(home, model)
        remembered = RememberedEmbeddings(embeddings or LocalEmbeddings(model), known)
        # A new name each time: Chroma keeps one client a path for the life of the process.
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
        building = home / f"building-{stamp}"
        building.mkdir(parents=True)
        names = new_names(key, stamp) if server else {}
        try:
            if server:
                sweep_server(server, home)  # what builds that died left there
            filled = _fill(building, library, remembered, progress, server, names)
            counts, dimension, texts = filled
            manifest = Manifest(
                format=FORMAT,
                corpus_hash=library.content_hash,
                model=model,
                dimension=dimension,
                passages=counts,
                built_at=datetime.now(UTC),
                collections=names,
            )
            (building / "manifest.json").write_text(manifest.model_dump_json(indent=2), "utf-8")
            final = home / f"index-{key}-{stamp}"
            os.replace(building, final)
            pointer = home / f"{POINTER}.new"
            pointer.write_text(final.name + "\n", "utf-8")
            os.replace(pointer, home / POINTER)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        # The index that served until now stays for one more build: readers may have it open.
        _sweep(home, keep={final.name, *([serving[0].name] if serving else [])})
        if server:
            with suppress(StoreUnreachable):  # the new index serves; the next build sweeps
                sweep_server(server, home)
        return Built(manifest, final, True, remembered.computed, texts - remembered.computed)


def _serving(home: Path) -> tuple[Path, Manifest] | None:
    try:
        folder = home / (home / POINTER).read_text("utf-8").strip()
        manifest = read_manifest(folder)
        parts = PARTS if manifest.collections else (OWN_VECTORS, *PARTS)
        whole = all((folder / part).exists() for part in parts)
    except (OSError, IndexMissing, ValueError):
        return None
    return (folder, manifest) if whole else None


def _misplaced(manifest: Manifest, server: Server | None) -> str:
    """Why the vectors are not where the settings say, or nothing."""
    if server and not manifest.collections:
        return f"the index was built without the Chroma server at {server.url}; run `ozone index`"
    if manifest.collections and not server:
        return "the index was built on a Chroma server; set OZONE_CHROMA_URL or run `ozone index`"
    return ""


def _holds(manifest: Manifest, server: Server | None) -> bool:
    if _misplaced(manifest, server):
        return False
    if not server:
        return True
    # Somebody may have deleted them there.
    with visiting(server) as client, server.reached():
        there = {collection.name for collection in client.list_collections()}
    return there.issuperset(manifest.collections.values())


def open_index(
    home: Path,
    model: str = DEFAULT_MODEL,
    *,
    corpus_hash: str | None = None,
    embeddings: Embeddings | None = None,
    server: Server | None = None,
) -> Index:
    """The serving index, its vectors on `server` if one is given.

    Raises:
        IndexMissing: none was built, it is damaged, its vectors lie elsewhere, or it was built
            with another model or, when `corpus_hash` is given, from another corpus. The message
            names the mending command.
        StoreUnreachable: the server does not answer.

    """
    if not (home / POINTER).is_file():
        raise IndexMissing(f"there is no index in {home}; run `ozone index`")
    found = _serving(home)
    if found is None:
        raise IndexMissing("the index is incomplete or damaged; run `ozone index --rebuild`")
    folder, manifest = found
    if manifest.format != FORMAT:
        raise IndexMissing("the index was built by another version; run `ozone index`")
    if manifest.model != model:
        raise IndexMissing(
            f"the index was built with the model '{manifest.model}', not '{model}'; "
            "run `ozone index`"
        )
    if corpus_hash is not None and manifest.corpus_hash != corpus_hash:
        raise IndexMissing("the index is older than the records; run `ozone index`")
    if misplaced := _misplaced(manifest, server):
        raise IndexMissing(misplaced)
    index = Index(folder, manifest, embeddings or LocalEmbeddings(model), server)
    if server:
        _ = index.stores  # looked up now, so that lost collections are built again
    return index
