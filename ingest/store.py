"""Two Chroma collections, evidence and marketing, behind LangChain's vector store."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from langchain_core.embeddings import Embeddings

from ingest.passages import Lane

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from langchain_chroma import Chroma

_HNSW: Final = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}
# A few thousand passages: a wide search costs a millisecond and keeps recall near exact.


def chroma_client(folder: Path) -> "ClientAPI":
    """A local Chroma client on `folder`, telemetry off."""
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )


def vector_store(client: "ClientAPI", lane: Lane, embeddings: Embeddings) -> "Chroma":
    """The lane's collection as a LangChain vector store."""
    from langchain_chroma import Chroma

    return Chroma(
        client=client,
        collection_name=lane,
        embedding_function=embeddings,
        collection_configuration=_HNSW,  # type: ignore[arg-type]
    )
