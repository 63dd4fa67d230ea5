"""Servers that tests start: Chroma, and a web server that is none."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from builders import FakeEmbeddings

from app.engine import Engine
from ingest.index import Index, open_index
from ingest.server import Server
from ingest.store import visiting

QUESTION = "Does it ease a sore thumb?"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ChromaServer:
    """`chroma run` in a process of its own; the port and folder outlive a restart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def at(self) -> Server:
        return Server.at(f"http://127.0.0.1:{self.port}")

    def start(self) -> None:
        command = [str(Path(sys.executable).with_name("chroma")), "run"]
        where = ["--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, *where],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
        )
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{self.at.url}/api/v2/heartbeat", timeout=2).close()
            except OSError:
                assert self.process.poll() is None, "chroma run ended"
                assert time.monotonic() < until, "chroma run did not answer in 60 s"
                time.sleep(0.1)
            else:
                return

    def kill(self) -> None:
        if self.process:
            self.process.kill()  # also ends a stopped one
            self.process.wait(timeout=30)
        self.process = None

    def collections(self) -> set[str]:
        with visiting(self.at) as client:
            return {collection.name for collection in client.list_collections()}


@contextmanager
def web_server(code: int, body: bytes) -> Iterator[str]:
    """Something that is no Chroma server and answers everything with `body`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(code)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


OPENED: list[Index] = []
"""What `reopen` opened; `chroma_fixtures` closes it."""


def reopen(home: Path, server: Server | None = None) -> Index:
    """Opens what `build` built, until the end of the test."""
    OPENED.append(open_index(home, "fake", embeddings=FakeEmbeddings(), server=server))
    return OPENED[-1]


def said(engine: Engine, question: str = QUESTION) -> dict:
    """An answer without its times."""
    return engine.ask(question).model_dump(mode="json", exclude={"engine": {"ms"}})
