"""Two Chroma collections, evidence and marketing, behind LangChain's vector store."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from langchain_core.embeddings import Embeddings

from ingest.passages import Lane

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from langchain_chroma import Chroma

_HNSW: Final = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}
# A few thousand passages: a wide search costs a millisecond and keeps recall near exact.


def chroma_client(folder: Path) -> "Client":
    """A local Chroma client on `folder`, telemetry off."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )
    return cast("Client", client)


def vector_store(client: "Client", lane: Lane, embeddings: Embeddings) -> "Chroma":
    """The lane's collection as a LangChain vector store."""
    from langchain_chroma import Chroma

    return Chroma(
        client=client,
        collection_name=lane,
        embedding_function=embeddings,
        collection_configuration=_HNSW,  # type: ignore[arg-type]
    )
