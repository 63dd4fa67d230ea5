"""A Chroma server that is killed, frozen, never there or none: one clear line, then recovery."""

import json
import signal
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import FakeEmbeddings, build, tiny_library
from pydantic import ValidationError
from servers import QUESTION, free_port, reopen, said, web_server

from app.engine import Engine
from app.jsonl import answer_lines
from app.settings import Settings
from ingest.index import build_index
from ingest.server import Server, StoreUnreachable

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def library(tmp_path):
    return tiny_library(tmp_path / "corpus")


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "home"


def test_a_killed_server_is_named_and_the_same_engine_recovers(own_chroma, library, home):
    build(home, library, server=own_chroma.at)
    engine = Engine(library, reopen(home, server=own_chroma.at))
    before = said(engine)
    own_chroma.kill()
    for _ in range(2):
        with pytest.raises(StoreUnreachable, match="chroma run") as lost:
            engine.ask(QUESTION)
        assert f"127.0.0.1:{own_chroma.port}" in str(lost.value)
        assert "OZONE_CHROMA_URL" in str(lost.value)
    with pytest.raises(StoreUnreachable, match="cannot be reached"):
        reopen(home, server=own_chroma.at)
    with pytest.raises(StoreUnreachable, match="cannot be reached"):
        build(home, library, server=own_chroma.at, rebuild=True)
    own_chroma.start()
    assert said(engine) == before
    assert said(Engine(library, reopen(home, server=own_chroma.at))) == before


def test_a_killed_server_fails_one_line_of_many(own_chroma, library, home):
    build(home, library, server=own_chroma.at)
    engine = Engine(library, reopen(home, server=own_chroma.at))

    def lines() -> Iterator[bytes]:
        for id_, before in (
            ("a", None),
            ("b", own_chroma.kill),
            ("c", own_chroma.start),
        ):
            if before:
                before()
            yield json.dumps({"id": id_, "question": QUESTION}).encode()

    first, second, third = map(json.loads, answer_lines(engine, lines()))
    assert second.keys() == {"id", "error"}
    assert second["id"] == "b"
    assert "cannot be reached" in second["error"]
    for line in (first, third):
        line["answer"].pop("engine")
    assert third["answer"] == first["answer"]


def test_a_frozen_server_is_given_up_on(own_chroma, library, home, monkeypatch):
    monkeypatch.setattr("ingest.server.PATIENCE_S", 1.0)
    monkeypatch.setattr("ingest.store.PATIENCE_S", 1.0)
    build(home, library, server=own_chroma.at)
    engine = Engine(library, reopen(home, server=own_chroma.at))
    before = said(engine)
    own_chroma.process.send_signal(signal.SIGSTOP)
    start = time.monotonic()
    for ask in (lambda: engine.ask(QUESTION), lambda: reopen(home, server=own_chroma.at)):
        with pytest.raises(StoreUnreachable, match="cannot be reached"):
            ask()
    assert time.monotonic() - start < 20
    own_chroma.process.send_signal(signal.SIGCONT)
    assert said(engine) == before


@pytest.mark.parametrize(
    ("code", "body"), [(502, b"<html>bad gateway"), (404, b"{}"), (200, b"<html>hello"), (401, b"")]
)
def test_what_is_no_chroma_server_is_said_so(library, home, code, body):
    with (
        web_server(code, body) as url,
        pytest.raises(StoreUnreachable, match="answered with an error") as refused,
    ):
        build(home, library, server=Server.at(url))
    assert url in str(refused.value)


def test_the_login_is_sent_and_never_shown():
    server = Server.at("https://reader:p%40ss@chroma.example:8443/")
    assert (server.host, server.port, server.ssl) == ("chroma.example", 8443, True)
    assert server.url == "https://chroma.example:8443"
    assert server.headers == {"Authorization": "Basic " + b64encode(b"reader:p@ss").decode()}
    assert "p@ss" not in repr(server)
    assert "p%40ss" not in repr(Settings(chroma_url="https://reader:p%40ss@chroma.example"))


def test_the_error_names_the_address_without_the_login(library, home):
    port = free_port()
    with pytest.raises(StoreUnreachable) as lost:
        build(home, library, server=Server.at(f"http://reader:secret@127.0.0.1:{port}"))
    assert f"http://127.0.0.1:{port} " in str(lost.value)
    assert "secret" not in str(lost.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://chroma", "http://chroma:80"),
        ("https://chroma", "https://chroma:443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_addresses(url, shown):
    assert Server.at(url).url == shown


@pytest.mark.parametrize(
    "url",
    [
        "chroma:8000",
        "127.0.0.1",
        "ftp://chroma",
        "http://",
        "http://u:secret@h:secret",
        "http://h/x",
    ],
)
def test_a_wrong_address_is_refused_and_not_repeated(monkeypatch, url):
    monkeypatch.setenv("OZONE_CHROMA_URL", url)
    with pytest.raises(ValidationError, match=r"no address like http://127\.0\.0\.1:8000") as wrong:
        Settings()
    assert "secret" not in str(wrong.value)
    assert wrong.value.errors()[0]["loc"] == ("chroma_url",)


@pytest.mark.parametrize("blank", ["", "  "])
def test_an_empty_address_is_none(monkeypatch, blank):
    monkeypatch.setenv("OZONE_CHROMA_URL", blank)
    assert Settings().server is None


@pytest.fixture
def unplugged(shared_chroma, library, home, monkeypatch) -> str:
    """Settings of an index whose server is away."""
    build_index(home, library, "fake", embeddings=FakeEmbeddings(), server=shared_chroma.at)
    url = f"http://127.0.0.1:{free_port()}"
    for name, value in (
        ("DATA", home),
        ("CORPUS", library.home),
        ("EMBEDDING_MODEL", "fake"),
        ("CHROMA_URL", url),
    ):
        monkeypatch.setenv(f"OZONE_{name}", str(value))
    return url


@pytest.mark.parametrize("arguments", [["ask", QUESTION], ["index", "--rebuild"]])
def test_the_command_says_one_line(unplugged, arguments, capsys, monkeypatch):
    from app.cli import cli

    monkeypatch.setattr("app.indexing.library_problems", lambda library: ())
    with pytest.raises(SystemExit) as stopped:
        cli(arguments)
    captured = capsys.readouterr()
    assert stopped.value.code == 1
    assert captured.out == ""
    (line,) = captured.err.strip().splitlines()
    assert unplugged in line
    assert "chroma run" in line


def test_the_page_opens_with_a_friendly_line(unplugged, library):
    from streamlit.testing.v1 import AppTest

    page = AppTest.from_file(str(ROOT / "app/web/main.py"), default_timeout=60).run()
    labels = library.wording.labels
    assert [error.value for error in page.error] == [
        f"{labels['store_away']} {labels['emergency_line']}"
    ]
    assert not page.exception


def test_the_page_stays_whole_when_the_server_goes(own_chroma, library, home, monkeypatch):
    from streamlit.testing.v1 import AppTest

    build(home, library, server=own_chroma.at)
    index = reopen(home, server=own_chroma.at)
    engine = Engine(library, index)
    cache = "app.web.parts.engine_cache"
    monkeypatch.setattr("app.web.parts.frame.current_library", lambda: (library, index))
    monkeypatch.setattr(f"{cache}.current_engine", lambda: engine)
    monkeypatch.setattr("app.web.parts.frame.start_warming", lambda: None)
    drawn = []
    monkeypatch.setattr(
        "app.web.parts.answer_part.answer_part", lambda turn, *_, **__: drawn.append(turn)
    )
    labels = library.wording.labels
    page = AppTest.from_file(str(ROOT / "app/web/main.py"), default_timeout=60).run()
    assert not page.error
    own_chroma.kill()
    for ask in (
        lambda: page.chat_input[0].set_value(QUESTION).run(),
        lambda: page.button(key="example-0").click().run(),
    ):
        ask()
        (error,) = page.error
        assert labels["store_away"] in error.value
        assert labels["emergency_line"] in error.value
        assert not page.exception
    own_chroma.start()
    page.chat_input[0].set_value(QUESTION).run()
    assert not page.error
    assert not page.exception
    assert drawn[-1].question == QUESTION
