"""No network, no telemetry, no question kept, nothing needed from beside the project."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Runs in a process of its own: every socket call fails from the first line on.
BLOCKED = """
import socket
def refuse(*arguments, **named):
    raise AssertionError(f"network used: {arguments}")
socket.socket.connect = refuse
socket.socket.connect_ex = refuse
socket.create_connection = refuse
socket.getaddrinfo = refuse

from pathlib import Path
import sys
from app.engine import Engine
from app.web.parts.answer_view import answer_html
from corpus.library import load_library
from ingest.index import build_index, open_index

library = load_library()
home = Path(sys.argv[1])
build_index(home, library)
engine = Engine(library, open_index(home))
answer = engine.ask("Does ozone therapy help lupus? My name is Zanzibar Quux.")
html = answer_html(answer, library.wording, "a", "2026-11-21")
assert answer.section("short_answer")[0].text[:20] in html
print(answer.status)
"""


def test_index_ask_and_render_with_sockets_blocked(tmp_path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "OZONE_"))}
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() in ("partial", "no_evidence")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"Zanzibar Quux" not in path.read_bytes(), path


def test_the_blocked_sockets_do_block(tmp_path):
    script = BLOCKED.split("from pathlib", maxsplit=1)[0] + "import urllib.request\n"
    script += "urllib.request.urlopen('http://127.0.0.1:9')\n"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert "network used" in done.stderr


def test_telemetry_is_off():
    from app.serving import command

    assert "--browser.gatherUsageStats=false" in command("127.0.0.1", 8501)
    source = (ROOT / "ingest" / "store.py").read_text("utf-8")
    assert "anonymized_telemetry=False" in source


def test_nothing_names_a_path_outside_the_project():
    """The project stands alone: no file reaches for a folder beside it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    beside = "../" + "shared"
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in (".png", ".woff2") or not path.is_file():
            continue
        assert beside not in path.read_text("utf-8"), name


def test_a_copy_elsewhere_answers(tmp_path, index_home):
    """Only app, corpus and ingest are copied, to another folder; the answer is the same."""
    import shutil

    for package in ("app", "corpus", "ingest"):
        shutil.copytree(ROOT / package, tmp_path / package)
    done = subprocess.run(
        [sys.executable, "-m", "app", "ask", "--json", "does it cure lupus"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "OZONE_DATA": str(index_home)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) not in done.stdout
    assert json.loads(done.stdout)["topics"] == ["lupus"]
