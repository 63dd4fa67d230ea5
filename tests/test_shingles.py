"""No eight words in a row of a marketing document stand anywhere in the repository."""

import re
import subprocess
from collections.abc import Iterator, Set
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HASHES = ROOT / "tests" / "marketing_shingles.txt"
RUN = 8


def digest(run: str) -> str:
    """The hash of one run of words, as the list of forbidden ones holds it."""
    return sha256(run.encode()).hexdigest()[:16]


def runs(text: str) -> Iterator[str]:
    """Every run of eight words: lower case, letters and digits, single spaces."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def forbidden_runs(text: str, forbidden: Set[str]) -> list[str]:
    """The runs of `text` whose hash is forbidden."""
    return [run for run in runs(text) if digest(run) in forbidden]


def text_files() -> list[Path]:
    """Every text file that is, or would be, in the repository, but for the list itself."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
        cwd=ROOT,
    ).stdout.split(b"\0")
    paths = {ROOT / name.decode() for name in listed if name}
    files = [path for path in sorted(paths) if path.is_file() and path != HASHES]
    return [path for path in files if b"\0" not in path.read_bytes()]


@pytest.fixture(scope="module")
def forbidden() -> frozenset[str]:
    return frozenset(HASHES.read_text("utf-8").split())


def test_the_list_of_hashes_is_whole(forbidden):
    assert len(forbidden) > 1000
    assert all(re.fullmatch(r"[0-9a-f]{16}", line) for line in forbidden)


def test_the_files_of_the_repository_are_read():
    names = {path.relative_to(ROOT).as_posix() for path in text_files()}
    assert {"corpus/check.py", "pyproject.toml", "tests/test_shingles.py"} <= names
    assert len([name for name in names if name.startswith("corpus/marketing/")]) > 25
    assert "tests/marketing_shingles.txt" not in names


def test_no_run_of_a_marketing_document_is_in_the_repository(forbidden):
    found = {
        path.relative_to(ROOT).as_posix(): hits
        for path in text_files()
        if (hits := forbidden_runs(path.read_text("utf-8", errors="replace"), forbidden))
    }
    assert found == {}


INVENTED = "Seven purple kettles sang, loudly, to the Moon!"


@pytest.mark.parametrize(
    "text",
    [
        INVENTED,
        f"Before it. {INVENTED} After it.",
        "seven\npurple  kettles\n\nsang loudly to - the moon",
        "- seven purple kettles sang\n  loudly to the moon\n",
        "<p>SEVEN <b>purple</b></p>".replace("<p>", "").replace("</p>", "").replace("b>", ">")
        + " kettles sang loudly to the moon",
    ],
    ids=["alone", "in a text", "line ends", "yaml", "marks"],
)
def test_the_detector_fires_on_a_run_that_is_added(forbidden, text):
    run = "seven purple kettles sang loudly to the moon"
    assert forbidden_runs(text, forbidden) == []
    assert forbidden_runs(text, forbidden | {digest(run)}) == [run]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "seven purple kettles sang loudly to the",
        "seven purple kettles sang very loudly to the moon",
        "moon the to loudly sang kettles purple seven",
    ],
)
def test_the_detector_is_silent_on_other_words(text):
    hashes = {digest("seven purple kettles sang loudly to the moon")}
    assert forbidden_runs(text, hashes) == []


def test_the_hash_is_the_one_of_the_list():
    assert digest("a b c d e f g h") == sha256(b"a b c d e f g h").hexdigest()[:16]
    assert list(runs("A-b, c'd E3 f; g h i")) == ["a b c d e3 f g h", "b c d e3 f g h i"]
