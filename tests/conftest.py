"""Shared by all tests: sockets are blocked, one engine over the real corpus, one on fakes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import OPENED, ChromaServer

from app.engine import Engine
from corpus.library import Library, load_library
from ingest.embedding import LocalEmbeddings
from ingest.index import build_index, open_index

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_ALL = os.environ.get("OZONE_REQUIRE_ALL") == "1"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """With OZONE_REQUIRE_ALL=1 a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although OZONE_REQUIRE_ALL=1: {report.longrepr}"


@pytest.fixture(autouse=True)
def _no_network(request, socket_disabled_except_loopback):
    """Nothing may leave the machine; loopback is left for servers that tests start."""


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Indexes that a test opened on a server are closed after it."""
    yield
    while OPENED:
        OPENED.pop().shelf.close()


@pytest.fixture
def socket_disabled_except_loopback() -> Iterator[None]:
    from pytest_socket import enable_socket, socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture(scope="session")
def library() -> Library:
    """The real corpus."""
    return load_library()


@pytest.fixture(scope="session")
def embeddings() -> LocalEmbeddings:
    """The real model, loaded once."""
    return LocalEmbeddings()


@pytest.fixture(scope="session")
def index_home(tmp_path_factory, library, embeddings) -> Path:
    """A freshly built index of the real corpus."""
    home = tmp_path_factory.mktemp("index")
    build_index(home, library, embeddings=embeddings)
    return home


@pytest.fixture(scope="session")
def engine(library, index_home, embeddings) -> Engine:
    """The engine over the real corpus."""
    ready = Engine(library, open_index(index_home, embeddings=embeddings))
    ready.warm()
    return ready


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's chromium, or a skip that says how to get it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no chromium: `apt-get install chromium`, then run the tests again")
    return found


@pytest.fixture
def ozone(index_home):
    """Runs the `ozone` command in a process of its own."""

    def run(*arguments: str, stdin: bytes | None = None, **environment: str):
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            input=stdin,
            capture_output=True,
            timeout=400,
            check=False,
            cwd=ROOT,
            env={**os.environ, "OZONE_DATA": str(index_home), "COLUMNS": "100", **environment},
        )

    return run


@pytest.fixture
def corpus_copy(tmp_path) -> Path:
    """A copy of the real corpus that a test may break."""
    copy = tmp_path / "corpus"
    ignored = shutil.ignore_patterns("*.py", "__pycache__")
    shutil.copytree(ROOT / "corpus", copy, ignore=ignored)
    return copy


@pytest.fixture(scope="module")
def shared_chroma(tmp_path_factory) -> Iterator[ChromaServer]:
    """One server for the tests that leave it alone; each has a data folder of its own."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture
def own_chroma(tmp_path) -> Iterator[ChromaServer]:
    """A server that the test may kill."""
    server = ChromaServer(tmp_path / "chroma")
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
