"""One library and one engine per process and index; rebuilt when the index pointer moves.

The start page needs only the library, so it is on screen while the model still loads.
"""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread

from app.advert.checker import AdvertChecker
from app.engine import Engine
from app.settings import Settings
from corpus.library import Library, load_library
from corpus.reader import CorpusError
from ingest.embedding import ModelError
from ingest.index import POINTER, Index, open_index
from ingest.manifest import IndexMissing
from ingest.server import StoreUnreachable

_LOCK = Lock()


@lru_cache(maxsize=2)
def _opened(pointer: str, settings: Settings) -> tuple[Library, Index]:
    library = load_library(settings.corpus)
    index = open_index(
        settings.data,
        settings.embedding_model,
        corpus_hash=library.content_hash,
        server=settings.server,
    )
    return library, index


@lru_cache(maxsize=2)
def _engine(pointer: str, settings: Settings) -> Engine:
    engine = Engine(*_opened(pointer, settings))
    engine.warm()
    return engine


@lru_cache(maxsize=2)
def _checker(pointer: str, settings: Settings) -> AdvertChecker:
    return AdvertChecker(_engine(pointer, settings))


def _serving() -> tuple[str, Settings]:
    settings = Settings()
    path: Path = settings.data / POINTER
    return (path.read_text("utf-8").strip() if path.is_file() else ""), settings


def current_library() -> tuple[Library, Index]:
    """The library and its index, not yet loaded into memory.

    Raises:
        CorpusError, IndexMissing, StoreUnreachable: each message says what to do.
    """
    return _opened(*_serving())


def current_engine() -> Engine:
    """The engine of the serving index, warm; waits while another thread loads it.

    Raises:
        CorpusError, IndexMissing, StoreUnreachable, ModelError: each message says what to do.
    """
    with _LOCK:
        return _engine(*_serving())


def current_checker() -> AdvertChecker:
    """What judges adverts, over the serving index.

    Raises:
        As `current_engine`.
    """
    current_engine()
    with _LOCK:
        return _checker(*_serving())


def start_warming() -> None:
    """Loads the engine in the background, once."""
    if not _LOCK.locked() and _engine.cache_info().currsize == 0:
        Thread(target=_warm_quietly, daemon=True, name="warm-engine").start()


def _warm_quietly() -> None:
    # The page that asks shows the same error in words.
    with suppress(CorpusError, IndexMissing, StoreUnreachable, ModelError, OSError):
        current_engine()
