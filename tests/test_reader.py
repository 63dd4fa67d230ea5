"""Broken files in one table: each gives a sentence on what is wrong, none a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest
from builders import REVIEW, write_corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.library import load_library, read_library
from corpus.reader import MAX_BYTES, CorpusError, Problem, UnreadableRecord, read_yaml

BOMB = b"a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n"
BIG = 50_000_000

# name, content, what must be said
BROKEN = [
    ("yaml bomb", BOMB, "anchors and aliases are not allowed; write the value out"),
    ("anchor alone", b"id: &x a\n", "anchors and aliases are not allowed"),
    ("tab", b"id: a\n\ttitle: b\n", "not valid YAML at line 2: found a tab"),
    ("latin-1", "title: Jos\xe9\n".encode("latin-1"), "not UTF-8 (byte 10); save it as UTF-8"),
    ("utf-16", "title: a\n".encode("utf-16"), "not UTF-8 (byte 0)"),
    ("just above the limit", b"#" * (MAX_BYTES + 1), "1000001 bytes is larger than 1000000; split"),
    ("empty", b"", "the file is empty; fill it or delete it"),
    ("byte order mark alone", b"\xef\xbb\xbf", "the file is empty"),
    ("comment alone", b"# nothing yet\n", "the file is empty"),
    ("blank", b"\n\n  \n", "the file is empty"),
    ("control character", b"title: a\x07b\n", "control characters; save it as plain text"),
    ("null bytes", b"\x00" * 64, "control characters"),
    ("delete character", b"title: a\x7fb\n", "not valid YAML"),
    ("repeated key", b"id: a\ntitle: b\nid: c\n", "the key 'id' stands twice; keep one"),
    ("repeated key below", b"a:\n- {b: 1, b: 2}\n", "the key 'b' stands twice"),
    ("repeated key, quoted", b"id: a\n'id': c\n", "the key 'id' stands twice"),
    ("unclosed", b"findings: [a, b\n", "not valid YAML at line 2"),
    ("colon in a text", b"title: a: b\n", "quote texts with a colon"),
    ("two documents", b"a: 1\n---\nb: 2\n", "another document"),
    ("python object", b"a: !!python/object/apply:os.system [ls]\n", "the tag"),
    ("list as a key", b"? [a, b]\n: 1\n", "unhashable key"),
    ("number of 5000 digits", b"year: " + b"9" * 5000, ""),
    ("binary number without digits", b"year: 0b_\n", ""),
    ("text tagged as a number", b"year: !!int many\n", ""),
    ("text tagged as a date", b"date: !!timestamp soon\n", ""),
    ("text tagged as a truth", b"gap: !!bool perhaps\n", ""),
    ("text tagged as a mapping", b"a: !!map x\n", ""),
]
NO_MAPPING = [
    ("list", b"- id: a\n", "is not a mapping of fields; start with `id:`"),
    ("text", b"just a sentence\n", "is not a mapping of fields"),
    ("number", b"12\n", "is not a mapping of fields"),
    ("deep list", b"[" * 3000 + b"]" * 3000, ""),
    ("deep field", b"id: broken\ntitle: " + b"[" * 3000 + b"]" * 3000, ""),
]
SYNTAX = st.text(st.sampled_from("ab1:-?[]{},#&*!|>%@`'\"\\ \n\t~<=."), max_size=60)


@pytest.mark.parametrize(
    ("content", "said"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_broken_file_is_refused_in_words(tmp_path, content, said):
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)
    with pytest.raises(UnreadableRecord) as refused:
        read_yaml(path)
    assert said in str(refused.value)
    assert 10 < len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("content", "said"),
    [row[1:] for row in (*BROKEN, *NO_MAPPING)],
    ids=[row[0] for row in (*BROKEN, *NO_MAPPING)],
)
def test_a_broken_file_among_good_ones_is_one_problem(tmp_path, content, said):
    home = write_corpus(tmp_path)
    (home / "reviews" / "broken.yaml").write_bytes(content)
    library, problems = read_library(home)
    assert {problem.file for problem in problems} == {"reviews/broken.yaml"}
    assert said in problems[0].message
    assert len(problems[0].message) < 300
    assert library is not None
    assert "invented-review-2020" in library


def test_a_file_of_50_mb_is_refused_unread(tmp_path, monkeypatch):
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(BIG)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))
    with pytest.raises(UnreadableRecord, match="50000000 bytes is larger than 1000000; split"):
        read_yaml(path)


def test_a_file_at_the_limit_is_read(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"id: a\n#" + b"x" * (MAX_BYTES - 7))
    assert read_yaml(path) == {"id": "a"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_ends_in_words_and_not_in_a_crash(tmp_path, opening):
    """In a process of its own: a parser that overflows its stack takes the tests with it."""
    depth = 30_000
    closing = {"[": "]", "{a: ": "}", "- ": " x"}[opening]
    text = opening * depth + (closing if opening == "- " else closing * depth)
    (tmp_path / "deep.yaml").write_text(text, "utf-8")
    script = (
        "import sys; from pathlib import Path; from corpus.reader import *\n"
        "try: read_yaml(Path(sys.argv[1]))\n"
        "except UnreadableRecord as refused: print(refused)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "deep.yaml")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).resolve().parent.parent,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "nested too deeply" in ended.stdout or "not valid YAML" in ended.stdout


def test_dates_and_no_stay_text_while_true_and_numbers_do_not(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_text("a: 2015-03-01\nb: no\nc: true\nd: 3\ne: 0.5\nf: on\ng: False\nh: ~\n", "utf-8")
    assert read_yaml(path) == {
        "a": "2015-03-01",
        "b": "no",
        "c": True,
        "d": 3,
        "e": 0.5,
        "f": "on",
        "g": False,
        "h": None,
    }


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_bytes("\ufeffid: é\r\ntitle: b\r\n".encode())
    assert read_yaml(path) == {"id": "é", "title": "b"}


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=80), st.text(max_size=60).map(str.encode), SYNTAX.map(str.encode))
)
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    try:
        read_yaml(path)
    except UnreadableRecord:
        return


def test_what_is_no_file_is_one_problem_too(tmp_path):
    home = write_corpus(tmp_path)
    (home / "reviews" / "folder.yaml").mkdir()
    (problem,) = read_library(home)[1]
    assert str(problem).startswith("reviews/folder.yaml: file: cannot be read: ")


def test_broken_wording_is_a_problem_too(tmp_path):
    home = write_corpus(tmp_path)
    (home / "wording" / "labels.yaml").write_bytes(b"\tbroken")
    library, problems = read_library(home)
    assert library is None
    assert "wording/labels.yaml" in [problem.file for problem in problems]


def test_an_error_counts_its_problems_and_names_the_command():
    one, two = (Problem(file="f", field=name, message="m") for name in ("a", "b"))
    assert str(one) == "f: a: m"
    assert str(CorpusError([one])) == "f: a: m. Run `ozone corpus check` for the whole list."
    assert "(and 1 more)" in str(CorpusError([one, two]))


def test_loading_refuses_what_reading_reports(tmp_path):
    home = write_corpus(tmp_path)
    (home / REVIEW).write_bytes(b"")
    with pytest.raises(CorpusError, match=r"invented-review-2020.*the file is empty"):
        load_library(home)
