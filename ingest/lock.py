"""One writer at a time: Chroma's files are not safe under several writing processes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class IndexBusy(Exception):
    """Another process is building the index."""


@contextmanager
def single_writer(home: Path, wait: float = 0.0) -> Iterator[None]:
    """Holds the index folder's lock.

    Raises:
        IndexBusy: when another process holds it for longer than `wait` seconds.

    """
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "index.lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise IndexBusy(
            f"another process is building the index in {home}; wait for it to finish"
        ) from None
    try:
        yield
    finally:
        lock.release()
