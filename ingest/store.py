"""Two Chroma collections, evidence and marketing, behind LangChain's vector store.

They lie in the index's own folder under their lanes' names or, when a server is given, on it:
under names of their own, since a server is shared, and marked with the data folder they belong to.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, cast
from uuid import uuid4

from langchain_core.embeddings import Embeddings

from ingest.manifest import IndexMissing, read_manifest
from ingest.passages import LANES, Lane
from ingest.server import PATIENCE_S, Server, StoreUnreachable

if TYPE_CHECKING:
    import httpx
    from chromadb.api.client import Client
    from chromadb.config import Settings
    from langchain_chroma import Chroma

_HNSW: Final = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}
# A few thousand passages: a wide search costs a millisecond and keeps recall near exact.
OWNER: Final = "owner"
"""The file in the data folder that tells its collections on a server from anybody else's."""
_MARK: Final = "ozone_owner"


def _silent() -> "Settings":
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def chroma_client(folder: Path) -> "Client":
    """A local Chroma client on `folder`, telemetry off."""
    import chromadb

    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=_silent()))


def server_client(server: Server) -> "Client":
    """A client of a Chroma server, telemetry off. It connects anew by itself after a failure.

    Raises:
        StoreUnreachable: the server does not answer.

    """
    import chromadb

    server.check()  # first, since Chroma's constructor asks without a time limit
    with server.reached():
        try:
            made = chromadb.HttpClient(
                server.host, server.port, server.ssl, server.headers, settings=_silent()
            )
        except ValueError as error:  # it went away since, or is another kind of server
            raise Exception(str(error)) from error
    client = cast("Client", made)
    # Chroma offers no setting for this; without it, a server that freezes freezes its readers.
    for session in _sessions(client):
        session.timeout = PATIENCE_S
    return client


def _sessions(client: "Client") -> "Iterator[httpx.Client]":
    """Chroma's client holds a second one of its own, for databases."""
    for part in (client, client._admin_client):
        session = getattr(getattr(part, "_server", None), "_session", None)
        if session is not None:
            yield session


@contextmanager
def visiting(server: Server) -> "Iterator[Client]":
    """A client for one errand, its connections closed at the end.

    Raises:
        StoreUnreachable: the server does not answer.

    """
    client = server_client(server)
    try:
        yield client
    finally:
        _close(client)


def _close(client: "Client") -> None:
    client.close()
    for session in _sessions(client):  # Chroma leaves them open
        session.close()


def reached(server: Server | None) -> AbstractContextManager[None]:
    """Around calls of the store: a server's failures become clear errors."""
    return server.reached() if server else nullcontext()


def vector_store(
    client: "Client", name: str, embeddings: Embeddings, owner: str | None = None
) -> "Chroma":
    """A collection as a LangChain vector store, made if it is not there."""
    from langchain_chroma import Chroma

    return Chroma(
        client=client,
        collection_name=name,
        embedding_function=embeddings,
        collection_metadata={_MARK: owner} if owner else None,
        collection_configuration=_HNSW,  # type: ignore[arg-type]
    )


class Shelf:
    """The collections of one finished index, looked up again after a failure."""

    def __init__(
        self,
        folder: Path,
        names: Mapping[str, str],
        embeddings: Embeddings,
        server: Server | None = None,
    ) -> None:
        """`names`: lane -> collection on `server`; without one, they lie in `folder`."""
        self._folder = folder
        self._names = names
        self._embeddings = embeddings
        self._server = server
        self._lock = Lock()
        self._client: Client | None = None
        self._stores: dict[Lane, Chroma] | None = None

    @property
    def stores(self) -> "dict[Lane, Chroma]":
        """The vector store of each lane, looked up on first use.

        Raises:
            StoreUnreachable: the server does not answer.
            IndexMissing: it does not hold the collections.

        """
        found = self._stores  # once: another thread's failure may take it away
        if found is None:
            with self._lock:
                found = self._stores
                if found is None:
                    found = self._on(self._server) if self._server else self._in_folder()
                    self._stores = found
        return found

    def _in_folder(self) -> "dict[Lane, Chroma]":
        client = chroma_client(self._folder / "chroma")
        return {lane: vector_store(client, lane, self._embeddings) for lane in LANES}

    def _on(self, server: Server) -> "dict[Lane, Chroma]":
        from langchain_chroma import Chroma

        client = self._client = self._client or server_client(server)
        with server.reached():
            return {
                lane: Chroma(
                    client=client,
                    collection_name=self._names[lane],
                    embedding_function=self._embeddings,
                    create_collection_if_not_exists=False,  # an empty one would answer nothing
                )
                for lane in LANES
            }

    def nearest(self, vector: Sequence[float], lane: Lane, k: int) -> list[str]:
        """Passage ids by cosine similarity to `vector`, best first.

        Raises:
            StoreUnreachable, IndexMissing: as `stores`; the next call starts afresh.

        """
        try:
            with reached(self._server):
                found = self.stores[lane].similarity_search_by_vector(list(vector), k)
        except (StoreUnreachable, IndexMissing):
            self._stores = None
            raise
        return [document.id for document in found if document.id]

    def close(self) -> None:
        """Ends the connections to the server; the next use opens new ones."""
        client, self._client, self._stores = self._client, None, None
        if client:
            _close(client)


@contextmanager
def new_stores(
    folder: Path,
    names: Mapping[str, str],
    embeddings: Embeddings,
    server: Server | None,
) -> "Iterator[dict[Lane, Chroma]]":
    """Empty collections to fill, in `folder` or, under `names`, on the server.

    `folder` is the index under construction, in its data folder.
    """
    owner = owner_of(folder.parent) if server else None
    with visiting(server) if server else chroma_client(folder / "chroma") as client:
        with reached(server):
            stores = {
                lane: vector_store(client, names.get(lane, lane), embeddings, owner)
                for lane in LANES
            }
        yield stores


def new_names(key: str, stamp: str) -> dict[str, str]:
    """Lane -> the name of a new collection on a server."""
    return {lane: f"{lane}-{key}-{stamp}" for lane in LANES}


def owner_of(home: Path) -> str:
    """The random mark of the data folder `home`, made on first use."""
    path = home / OWNER
    found = path.read_text("utf-8").strip() if path.is_file() else ""
    if not found:
        found = uuid4().hex
        path.write_text(found + "\n", "utf-8")
    return found


def sweep_server(server: Server, home: Path) -> None:
    """Deletes the collections of `home` that none of its index folders names.

    Raises:
        StoreUnreachable: the server does not answer.

    """
    owner, named = owner_of(home), set[str]()
    for folder in home.glob("index-*/"):
        try:
            named.update(read_manifest(folder).collections.values())
        except IndexMissing:
            continue  # a damaged index serves nobody
    with visiting(server) as client:
        with server.reached():
            collections = client.list_collections()
        for collection in collections:
            ours = (collection.metadata or {}).get(_MARK) == owner
            if ours and collection.name not in named:
                # Gone already, somebody tidied up: that is what we want.
                with suppress(IndexMissing), server.reached():
                    client.delete_collection(collection.name)
