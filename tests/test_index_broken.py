"""Builds that die, disks that fill, files that break: the old index serves, a command mends."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from builders import REVIEW, FakeEmbeddings, build, ranking, reopen, tiny_library

from ingest.index import POINTER
from ingest.lock import IndexBusy
from ingest.manifest import IndexMissing

TESTS = Path(__file__).resolve().parent
HANGING = """
import sys, time
from pathlib import Path
from builders import FakeEmbeddings, build
from corpus.library import load_library

class Hanging(FakeEmbeddings):
    def embed_documents(self, texts):
        if len(self.batches) == int(sys.argv[3]):
            print("embedding", flush=True)
            time.sleep(600)
        return super().embed_documents(texts)

build(Path(sys.argv[1]), load_library(Path(sys.argv[2])), Hanging(), rebuild=True)
"""


class Failing(FakeEmbeddings):
    """Raises `error` instead of its batch number `at`."""

    def __init__(self, error: BaseException, at: int) -> None:
        super().__init__()
        self.error, self.at = error, at

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if len(self.batches) == self.at:
            raise self.error
        return super().embed_documents(texts)


@pytest.fixture
def library(tmp_path):
    return tiny_library(tmp_path / "corpus")


@pytest.fixture
def changed(tmp_path):
    """The same corpus after an edit."""
    changes = {(REVIEW, "findings.0.plain"): "Ozone may ease pain for a while."}
    return tiny_library(tmp_path / "changed", changes)


@pytest.fixture
def home(tmp_path, library):
    build(tmp_path / "home", library)
    return tmp_path / "home"


def leftovers(home: Path) -> list[str]:
    """Folders of builds that did not end."""
    return [path.name for path in home.iterdir() if path.name.startswith("building-")]


def test_the_next_build_sweeps_up_what_a_killed_one_left(home, changed):
    (home / "building-20200101" / "chroma").mkdir(parents=True)
    (home / "index-000000000000-1").mkdir()
    (home / "kept-by-the-reader").mkdir()
    before = ranking(reopen(home))
    assert leftovers(home)
    build(home, changed)
    assert leftovers(home) == []
    assert not (home / "index-000000000000-1").exists()
    assert (home / "kept-by-the-reader").exists()
    assert ranking(reopen(home)) != [] != before


@pytest.mark.parametrize("at", [0, 1, 2], ids=["evidence", "marketing", "questions"])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), RuntimeError("model died"), MemoryError()], ids=repr
)
def test_a_build_that_fails_leaves_the_old_index_serving(home, library, changed, error, at):
    before, pointer = ranking(reopen(home)), (home / POINTER).read_bytes()
    with pytest.raises(type(error)):
        build(home, changed, Failing(error, at), rebuild=True)
    assert (home / POINTER).read_bytes() == pointer
    assert leftovers(home) == []
    assert ranking(reopen(home, corpus_hash=library.content_hash)) == before
    assert build(home, changed).fresh
    assert reopen(home, corpus_hash=changed.content_hash).passages


def test_a_first_build_that_fails_leaves_nothing_that_opens(tmp_path, library):
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "home", library, Failing(KeyboardInterrupt(), 1))
    with pytest.raises(IndexMissing, match=r"there is no index in .*; run `ozone index`$"):
        reopen(tmp_path / "home")
    assert build(tmp_path / "home", library).fresh


@pytest.mark.parametrize("at", [0, 2])
def test_a_killed_process_leaves_the_old_index_serving(home, library, changed, at):
    before, pointer = ranking(reopen(home)), (home / POINTER).read_bytes()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    arguments = [str(home), str(changed.home), str(at)]
    with subprocess.Popen(
        [sys.executable, "-c", HANGING, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        try:
            assert process.stdout.readline() == "embedding\n"
            with pytest.raises(IndexBusy, match="another process is building"):
                build(home, changed)
            assert ranking(reopen(home)) == before
            process.send_signal(signal.SIGKILL)
            assert process.wait(timeout=30) == -signal.SIGKILL
        finally:
            process.kill()
    assert len(leftovers(home)) == 1
    assert (home / POINTER).read_bytes() == pointer
    assert ranking(reopen(home, corpus_hash=library.content_hash)) == before
    assert build(home, changed).fresh
    assert leftovers(home) == []
    assert reopen(home, corpus_hash=changed.content_hash).passages


@pytest.mark.parametrize("target", ["index-", POINTER], ids=["folder", "pointer"])
def test_a_full_disk_leaves_the_old_index_serving(home, library, changed, monkeypatch, target):
    before = ranking(reopen(home))
    replace = os.replace

    def full(source, destination):
        if Path(destination).name.startswith(target):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(destination))
        replace(source, destination)

    monkeypatch.setattr("ingest.index.os.replace", full)
    with pytest.raises(OSError, match="No space left on device"):
        build(home, changed)
    assert leftovers(home) == []
    assert ranking(reopen(home, corpus_hash=library.content_hash)) == before
    monkeypatch.undo()
    built = build(home, changed)
    kept = {path.name for path in home.iterdir() if path.name.startswith("index-")}
    assert built.folder.name in kept
    assert len(kept) == 2
    assert reopen(home, corpus_hash=changed.content_hash).passages


def test_a_folder_that_cannot_be_written_is_an_os_error(tmp_path, library):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match=str(tmp_path / "file")):
        build(tmp_path / "file", library)
    with pytest.raises(OSError, match=str(tmp_path / "file")):
        build(tmp_path / "file" / "below", library)


def cut_manifest(home: Path) -> None:
    path = reopen(home).folder / "manifest.json"
    path.write_bytes(path.read_bytes()[:50])


def no_manifest(home: Path) -> None:
    (reopen(home).folder / "manifest.json").unlink()


def no_pointer(home: Path) -> None:
    (home / POINTER).unlink()


def pointer_to(content: bytes):
    return lambda home: (home / POINTER).write_bytes(content)


BROKEN = [
    ("half a manifest", cut_manifest, "damaged; run `ozone index --rebuild`"),
    ("no manifest", no_manifest, "damaged; run `ozone index --rebuild`"),
    ("no pointer", no_pointer, "there is no index in .*; run `ozone index`$"),
    ("pointer to nowhere", pointer_to(b"index-nowhere\n"), "damaged; run `ozone index --rebuild`"),
    ("empty pointer", pointer_to(b""), "damaged; run `ozone index --rebuild`"),
    ("pointer is no text", pointer_to(b"\xff\xfe\x00"), "damaged; run `ozone index --rebuild`"),
    ("pointer of null bytes", pointer_to(b"\x00" * 9), "damaged; run `ozone index --rebuild`"),
]


@pytest.mark.parametrize("rebuild", [False, True], ids=["index", "rebuild"])
@pytest.mark.parametrize(
    ("spoil", "said"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_spoilt_index_names_the_command_and_the_command_mends_it(
    home, library, spoil, said, rebuild
):
    before = ranking(reopen(home))
    spoil(home)
    with pytest.raises(IndexMissing, match=said):
        reopen(home)
    assert build(home, library, rebuild=rebuild).fresh
    assert ranking(reopen(home)) == before


@pytest.mark.parametrize("content", [None, b"", b"{", b'[{"id": 1}]'])
def test_spoilt_passages_name_the_command(home, content):
    path = reopen(home).folder / "passages.json"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(IndexMissing, match="damaged; run `ozone index --rebuild`"):
        _ = reopen(home).passages


@pytest.mark.parametrize("name", ["questions.npz", "claims.npz", "bm25-evidence", "chroma"])
def test_a_missing_part_names_the_command(home, name):
    path = reopen(home).folder / name
    path.rename(path.with_name("away"))

    def use_all():
        index = reopen(home)
        return index.asked_as, ranking(index)

    with pytest.raises(IndexMissing, match="run `ozone index --rebuild`"):
        use_all()


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04half", b"\x93NUMPY", b"text"])
def test_spoilt_vectors_are_computed_again(home, changed, content):
    path = reopen(home).folder / "vectors.npz"
    path.unlink() if content is None else path.write_bytes(content)
    embeddings = FakeEmbeddings()
    assert build(home, changed, embeddings).fresh
    assert len(embeddings.texts) == 33


def test_another_model_is_refused_by_name(home):
    with pytest.raises(IndexMissing, match="'fake', not 'other'; run `ozone index`"):
        reopen(home, "other")


def test_an_older_corpus_is_refused(home, changed):
    with pytest.raises(IndexMissing, match="older than the records; run `ozone index`"):
        reopen(home, corpus_hash=changed.content_hash)
