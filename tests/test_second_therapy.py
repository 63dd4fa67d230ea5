"""Another therapy is another corpus folder: check, index, ask and the page, with no code change.

`tests/second_therapy` holds invented records on an invented lamp. Wording and safety rules are the
real ones with the treatment's name changed, as somebody who starts another corpus would do it.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from app.engine import Engine
from app.web.parts.answer_view import answer_html
from corpus.check import check_corpus
from corpus.export import EXPORTS
from corpus.library import HOME, load_library
from ingest.index import build_index, open_index

HERE = Path(__file__).resolve().parent
RECORDS = HERE / "second_therapy"
OTHER = re.compile(r"ozon\w*", re.IGNORECASE)


@pytest.fixture(scope="module")
def lamp_corpus(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("lamp") / "corpus"
    shutil.copytree(RECORDS, home)
    for room in ("wording", "triage"):
        (home / room).mkdir()
        for path in (HOME / room).glob("*.yaml"):
            # Keys such as `favours_ozone` are the product's own; only what people read changes.
            text = re.sub(r"(?<![_\w])ozon\w*(?!:)", _lamp, path.read_text("utf-8"), flags=re.I)
            record = yaml.load(text, Loader=yaml.BaseLoader)
            if isinstance(record, dict) and record.get("kind") in ("intent", "language"):
                record.pop("topics", None)  # topics that this corpus does not have
                text = yaml.safe_dump(record, sort_keys=False)
            (home / room / OTHER.sub("lamp", path.name)).write_text(text, "utf-8")
    return home


def _lamp(match: re.Match[str]) -> str:
    return "Lamp" if match.group(0)[0] == "O" else "lamp"


@pytest.fixture(scope="module")
def lamp(lamp_corpus, tmp_path_factory, embeddings) -> Engine:
    library = load_library(lamp_corpus)
    data = tmp_path_factory.mktemp("lamp-index")
    build_index(data, library, embeddings=embeddings)
    return Engine(library, open_index(data, embeddings=embeddings))


def test_the_invented_records_pass_the_checker(lamp_corpus):
    assert [str(problem) for problem in check_corpus(lamp_corpus)] == []
    records = list(lamp_corpus.glob("reviews/*")) + list(lamp_corpus.glob("studies/*"))
    assert all("invented" in path.read_text("utf-8") for path in records)


@pytest.mark.parametrize(
    ("question", "status", "topic"),
    [
        ("Does the lamp help a stiff knee?", "answered", "stiff-knee"),
        ("lamp for my stiff knees, worth it?", "answered", "stiff-knee"),
        ("Can the lamp burn me?", "partial", "safety"),
        ("Can the lamp stop hiccups?", "no_evidence", "hiccups"),
        ("My chest hurts and I cannot breathe since the lamp", "urgent", None),
        ("Does ozone help my knee?", None, None),
    ],
)
def test_questions_are_answered_from_the_other_corpus(lamp, question, status, topic):
    answer = lamp.ask(question)
    assert status is None or answer.status == status
    assert topic is None or topic in answer.topics
    assert answer.engine.dropped == 0
    assert {s.id.removeprefix("search-") for s in answer.sources} <= set(lamp.library.records)


def test_it_weighs_contrasts_and_disagrees_like_the_first(lamp):
    answer = lamp.ask("Should I use the lamp for my stiff knee?")
    short = answer.section("short_answer")[0]
    assert short.agreement == "mixed"
    assert [cell.kind for cell in answer.cells if cell.statements] == [
        "benefits",
        "risks",
        "alternatives",
        "nothing",
    ]
    assert [item.claim_id for item in answer.contrast] == ["invented-lamp-claim"]


def test_nothing_a_person_reads_speaks_of_the_first_therapy(lamp):
    for topic in lamp.library.topics:
        html = answer_html(lamp.about(topic), lamp.library.wording, "uid", "2026-11-21")
        shown = re.sub(r"<[^>]+>", " ", html)
        assert not OTHER.findall(shown), topic


def test_its_exports_are_its_own(lamp):
    for write in EXPORTS.values():
        assert "lamp" in write(lamp.library).lower()


def test_the_command_takes_the_folder(lamp_corpus, tmp_path):
    env = {**os.environ, "OZONE_CORPUS": str(lamp_corpus), "OZONE_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "app", "ask", "Does the lamp help a stiff knee?"],
        cwd=HERE.parent,
        env=env,
        capture_output=True,
        timeout=300,
        check=False,
    )
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "Invented reviews disagree" in " ".join(said.split())
    assert not OTHER.search(said)
