"""What an index was built from."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import manifest as module
from ingest.manifest import FORMAT, IndexMissing, Manifest, index_key, read_manifest

MANIFEST = Manifest(
    format=FORMAT,
    corpus_hash="c" * 64,
    model="fake",
    dimension=32,
    passages={"evidence": 8, "marketing": 1},
    built_at=datetime(2026, 11, 21, 12, tzinfo=UTC),
)
WHOLE = MANIFEST.model_dump_json()


def test_what_is_written_is_read(tmp_path):
    (tmp_path / "manifest.json").write_text(WHOLE, "utf-8")
    assert read_manifest(tmp_path) == MANIFEST


@pytest.mark.parametrize(
    "content",
    [b"", b"{", WHOLE[:40].encode(), b"null", b"[]", b"{}", b"\xff\xfe", WHOLE[:-1].encode()],
    ids=["empty", "open", "half", "null", "list", "bare", "not text", "unclosed"],
)
def test_a_broken_manifest_names_the_mending_command(tmp_path, content):
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(IndexMissing, match="incomplete or damaged; run `ozone index --rebuild`"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("name", ["", "nowhere"], ids=["no file", "no folder"])
def test_a_missing_manifest_names_the_mending_command(tmp_path, name):
    with pytest.raises(IndexMissing, match="run `ozone index --rebuild`"):
        read_manifest(tmp_path / name)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_a_manifest_cut_anywhere_is_refused(tmp_path_factory, length):
    folder = tmp_path_factory.getbasetemp()
    (folder / "manifest.json").write_text(WHOLE[:length], "utf-8")
    with pytest.raises(IndexMissing):
        read_manifest(folder)


def test_the_key_follows_corpus_model_and_format(monkeypatch):
    key = index_key("c" * 64, "fake")
    assert MANIFEST.key == key == index_key("c" * 64, "fake")
    others = {index_key("d" * 64, "fake"), index_key("c" * 64, "other")}
    monkeypatch.setattr(module, "FORMAT", FORMAT + 1)
    others.add(index_key("c" * 64, "fake"))
    assert len(others | {key}) == 4
    assert all(len(each) == 12 and int(each, 16) >= 0 for each in others)
