"""The index on a Chroma server: built, swapped, swept, read by several at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from builders import REVIEW, FakeEmbeddings, build, ranking, tiny_library
from servers import QUESTION, reopen, said

from app.engine import Engine
from ingest.manifest import IndexMissing
from ingest.server import StoreUnreachable
from ingest.store import OWNER, visiting


@pytest.fixture
def library(tmp_path):
    return tiny_library(tmp_path / "corpus")


@pytest.fixture
def changed(tmp_path):
    """The same corpus after an edit."""
    changes = {(REVIEW, "findings.0.plain"): "Ozone may ease pain for a while."}
    return tiny_library(tmp_path / "changed", changes)


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "home"


def test_index_and_ask_are_the_same_as_embedded(shared_chroma, library, home, tmp_path):
    built = build(home, library, server=shared_chroma.at)
    build(tmp_path / "embedded", library)
    index, plain = reopen(home, server=shared_chroma.at), reopen(tmp_path / "embedded")
    assert ranking(index) == ranking(plain)
    assert said(Engine(library, index)) == said(Engine(library, plain))
    assert not (built.folder / "chroma").exists()
    names = built.manifest.collections
    stamp = built.folder.name.removeprefix("index-")
    assert names == {"evidence": f"evidence-{stamp}", "marketing": f"marketing-{stamp}"}
    assert built.manifest.key in stamp
    assert set(names.values()) <= shared_chroma.collections()
    assert plain.manifest.collections == {}


def test_what_is_built_is_not_built_again(shared_chroma, library, home):
    before = build(home, library, server=shared_chroma.at)
    embeddings = FakeEmbeddings()
    again = build(home, library, embeddings, server=shared_chroma.at)
    assert not again.fresh
    assert again.folder == before.folder
    assert embeddings.batches == []


def test_two_clients_read_at_once(shared_chroma, library, home):
    build(home, library, server=shared_chroma.at)
    engines = [Engine(library, reopen(home, server=shared_chroma.at)) for _ in range(2)]
    questions = [QUESTION, "My elbow aches", "every thumb heals", "is ozone harmful"]
    expected = [said(engines[0], question) for question in questions]

    def read(engine: Engine) -> list[dict]:
        return [said(engine, question) for _ in range(3) for question in questions]

    with ThreadPoolExecutor(4) as pool:
        for got in pool.map(read, engines * 2):
            assert got == expected * 3


def test_one_engine_reads_in_many_threads(shared_chroma, library, home):
    build(home, library, server=shared_chroma.at)
    engine = Engine(library, reopen(home, server=shared_chroma.at))
    engine.index.shelf._stores = None  # as after a failure: all look the collections up at once
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: said(engine), range(12)))
    assert all(answer == answers[0] for answer in answers)


def test_each_way_refuses_the_other_ones_index_and_builds_its_own(shared_chroma, library, home):
    build(home, library)
    before = ranking(reopen(home))
    with pytest.raises(IndexMissing, match=r"without the Chroma server at .*; run `ozone index`"):
        reopen(home, server=shared_chroma.at)
    embeddings = FakeEmbeddings()
    assert build(home, library, embeddings, server=shared_chroma.at).fresh
    assert ranking(reopen(home, server=shared_chroma.at)) == before
    with pytest.raises(IndexMissing, match=r"built on a Chroma server; .*run `ozone index`"):
        reopen(home)
    assert build(home, library, embeddings).fresh
    assert ranking(reopen(home)) == before
    assert len(embeddings.batches) == 0, "vectors are taken over, nothing is embedded again"


def test_a_rebuild_keeps_the_last_one_and_touches_nobody_else(
    own_chroma, library, changed, tmp_path
):
    home, other = tmp_path / "home", tmp_path / "other"
    with visiting(own_chroma.at) as client:
        client.create_collection("evidence-of-somebody-else")
    foreign = set(build(other, library, server=own_chroma.at).manifest.collections.values())
    assert (home / OWNER).exists() is False
    builds = []
    reader = None
    for number in range(3):
        built = build(home, (library, changed)[number % 2], server=own_chroma.at)
        builds.append(set(built.manifest.collections.values()))
        if reader:  # who reads the last one may go on
            assert ranking(reader)
        reader = reopen(home, server=own_chroma.at)
    expected = builds[1] | builds[2] | foreign | {"evidence-of-somebody-else"}
    assert own_chroma.collections() == expected
    assert (home / OWNER).read_text() != (other / OWNER).read_text()
    assert ranking(reopen(other, server=own_chroma.at))


class Failing(FakeEmbeddings):
    """Dies at its second batch, when the evidence lies on the server already."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if self.batches:
            raise KeyboardInterrupt
        return super().embed_documents(texts)


def test_a_build_that_dies_leaves_the_old_one_and_the_next_sweeps(
    own_chroma, library, changed, home
):
    old = build(home, library, server=own_chroma.at)
    before = ranking(reopen(home, server=own_chroma.at))
    with pytest.raises(KeyboardInterrupt):
        build(home, changed, Failing(), rebuild=True, server=own_chroma.at)
    assert len(own_chroma.collections()) == 4, "the dead build's are still there"
    assert ranking(reopen(home, server=own_chroma.at)) == before
    new = build(home, changed, server=own_chroma.at)
    kept = {*old.manifest.collections.values(), *new.manifest.collections.values()}
    assert own_chroma.collections() == kept


def test_a_server_that_dies_during_a_build_leaves_the_old_one(own_chroma, library, changed, home):
    build(home, library, server=own_chroma.at)
    before = ranking(reopen(home, server=own_chroma.at))

    class Killing(FakeEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            if len(self.batches) == 1:
                own_chroma.kill()
            return super().embed_documents(texts)

    with pytest.raises(StoreUnreachable, match="cannot be reached"):
        build(home, changed, Killing(), rebuild=True, server=own_chroma.at)
    own_chroma.start()
    assert ranking(reopen(home, server=own_chroma.at)) == before
    assert not list(home.glob("building-*"))
    assert build(home, changed, server=own_chroma.at).fresh


def test_a_model_that_fails_is_no_server_that_fails(shared_chroma, library, home):
    class Broken(FakeEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise Exception("the model's own trouble")

    with pytest.raises(Exception, match="own trouble") as raised:
        build(home, library, Broken(), server=shared_chroma.at)
    assert not isinstance(raised.value, StoreUnreachable)


def test_lost_collections_are_noticed_and_built_again(shared_chroma, library, home):
    built = build(home, library, server=shared_chroma.at)
    engine = Engine(library, reopen(home, server=shared_chroma.at))
    before = said(engine)
    with visiting(shared_chroma.at) as client:
        client.delete_collection(built.manifest.collections["evidence"])
    for ask in (lambda: engine.ask(QUESTION), lambda: reopen(home, server=shared_chroma.at)):
        with pytest.raises(IndexMissing, match="does not hold the index; run `ozone index`"):
            ask()
    embeddings = FakeEmbeddings()
    assert build(home, library, embeddings, server=shared_chroma.at).fresh
    assert embeddings.batches == []
    assert said(Engine(library, reopen(home, server=shared_chroma.at))) == before
