"""The index: built, opened again, built twice, built anew for one changed record."""

import json
import shutil

import numpy as np
import pytest
from builders import (
    CLAIM,
    REVIEW,
    FakeEmbeddings,
    build,
    ranking,
    reopen,
    tiny_library,
)

from corpus.triage import Refusal
from ingest.index import POINTER, build_index
from ingest.manifest import IndexMissing
from ingest.passages import LANES, passages_of


@pytest.fixture
def library(tmp_path):
    return tiny_library(tmp_path / "corpus")


@pytest.fixture
def home(tmp_path, library):
    """An index of the invented corpus."""
    build(tmp_path / "home", library)
    return tmp_path / "home"


def names(home) -> set[str]:
    """What lies in the data folder."""
    return {path.name for path in home.iterdir()} - {"index.lock"}


def test_what_is_built_can_be_opened(tmp_path, library):
    home = tmp_path / "home"
    built = build(home, library)
    index = reopen(home, corpus_hash=library.content_hash)
    assert built.fresh
    assert index.folder == built.folder
    assert names(home) == {POINTER, built.folder.name}
    assert index.passages == {passage.id: passage for passage in passages_of(library)}
    assert index.manifest == built.manifest
    assert index.manifest.passages == {"evidence": 8, "marketing": 1}
    assert index.manifest.dimension == 32
    assert index.manifest.corpus_hash == library.content_hash


def test_both_lanes_are_searched_by_vector_and_by_words(home):
    index, question = reopen(home), "does ozone ease thumb pain"
    by_vector, adverts, by_words, _ = ranking(index, question)
    asked = np.array(FakeEmbeddings().embed_query(question))
    likeness = {
        id_: float(asked @ FakeEmbeddings().embed_query(passage.embedded))
        for id_, passage in index.passages.items()
        if passage.lane == "evidence"
    }
    assert set(by_vector) == set(likeness)
    found = [likeness[id_] for id_ in by_vector]
    assert found == pytest.approx(sorted(found, reverse=True), abs=1e-5)
    assert adverts == ["invented-claim#claim"]
    assert "invented-topic#bottom-line" in by_words[:3]


def test_a_question_finds_its_own_text_first(home):
    index = reopen(home)
    for passage in index.passages.values():
        store = index.stores[passage.lane]
        ((best, score),) = store.similarity_search_with_score(passage.embedded, k=1)
        assert best.id == passage.id
        assert score == pytest.approx(0, abs=1e-5)
        assert best.metadata == {"source_id": passage.source_id, "kind": passage.kind}


def test_evidence_and_marketing_never_mix(home):
    index = reopen(home)
    for lane in LANES:
        of_lane = {id_ for id_, passage in index.passages.items() if passage.lane == lane}
        assert of_lane
        assert set(index.stores[lane].get()["ids"]) == of_lane
        hits = index.lexicons[lane].search("every thumb heals ozone pain searched trials", 50)
        assert {id_ for id_, _ in hits} <= of_lane
    assert not set(index.stores["evidence"].get()["ids"]) & set(
        index.stores["marketing"].get()["ids"]
    )


def test_a_corpus_without_claims_has_an_empty_marketing_lane(tmp_path):
    library = tiny_library(tmp_path / "corpus")
    (tmp_path / "corpus" / CLAIM).unlink()
    library = type(library)(
        library.home,
        {id_: record for id_, record in library.records.items() if id_ != "invented-claim"},
        library.wording,
        library.hashes,
        library.files,
        library.aliases,
    )
    assert build(tmp_path / "home", library).manifest.passages == {"evidence": 8, "marketing": 0}
    assert ranking(reopen(tmp_path / "home"))[1::2] == [[], []]


def test_ways_of_saying_a_claim_are_embedded_with_it(home, library):
    said = reopen(home).said_as
    claims = library.claims.values()
    expected = [(claim.id, text) for claim in claims for text in (claim.claim, *claim.said_as)]
    assert list(said.ids) == [id_ for id_, _ in expected]
    vectors = FakeEmbeddings().embed_documents([text for _, text in expected])
    np.testing.assert_allclose(said.vectors, vectors, atol=1e-6)


def test_example_questions_are_embedded_with_their_topics(home, library):
    asked = reopen(home).asked_as
    expected = [(topic.id, text) for topic in library.topics.values() for text in topic.asked_as]
    assert list(asked.ids) == [id_ for id_, _ in expected]
    vectors = FakeEmbeddings().embed_documents([text for _, text in expected])
    np.testing.assert_allclose(asked.vectors, vectors, atol=1e-6)


def test_example_requests_are_embedded_with_their_refusals(home, library):
    requested = reopen(home).requested_as
    refusals = library.of(Refusal)
    expected = [refusal.id for refusal in refusals for _ in refusal.asked_as]
    expected += ["" for refusal in refusals for _ in refusal.not_asked_as]
    assert list(requested.ids) == expected
    assert len(requested.vectors) == len(expected)


def test_building_twice_changes_nothing_and_embeds_nothing(home, library):
    before, listed = ranking(reopen(home)), names(home)
    embeddings = FakeEmbeddings()
    built = build(home, library, embeddings)
    assert not built.fresh
    assert embeddings.batches == []
    assert (built.embedded, built.reused) == (0, 9)
    assert names(home) == listed
    assert ranking(reopen(home)) == before


def test_two_builds_in_two_places_are_the_same(home, library, tmp_path):
    build(tmp_path / "other", library)
    one, two = reopen(home), reopen(tmp_path / "other")
    assert one.passages == two.passages
    assert one.manifest.key == two.manifest.key
    for question in ("does ozone ease thumb pain", "healed skin", "elbow", "every thumb"):
        assert ranking(one, question) == ranking(two, question)


def test_what_was_embedded_and_what_was_kept_is_counted(tmp_path, library):
    embeddings = FakeEmbeddings()
    built = build(tmp_path, library, embeddings)
    assert built.embedded == len(embeddings.texts) == 9 + 16 + 8
    assert built.reused == 0


def test_one_changed_record_embeds_only_what_changed(home, tmp_path):
    changes = {(REVIEW, "findings.0.plain"): "Ozone may ease pain for a while."}
    library = tiny_library(tmp_path / "changed", changes)
    embeddings = FakeEmbeddings()
    built = build(home, library, embeddings)
    changed = {passage.id: passage for passage in passages_of(library)}["invented-review-2020#pain"]
    assert embeddings.texts == [changed.embedded]
    assert built.fresh
    assert built.embedded == 1
    index = reopen(home, corpus_hash=library.content_hash)
    assert index.passages["invented-review-2020#pain"].text == "Ozone may ease pain for a while."
    build(tmp_path / "afresh", library)
    assert ranking(index) == ranking(reopen(tmp_path / "afresh"))


def test_a_change_that_no_passage_shows_embeds_nothing(home, tmp_path):
    library = tiny_library(tmp_path / "changed", {(REVIEW, "funding"): "a public fund"})
    embeddings = FakeEmbeddings()
    assert build(home, library, embeddings).fresh
    assert embeddings.texts == []


def test_a_rebuild_embeds_everything_again(home, library):
    embeddings = FakeEmbeddings()
    before = ranking(reopen(home))
    assert build(home, library, embeddings, rebuild=True).fresh
    assert len(embeddings.texts) == 33
    assert ranking(reopen(home)) == before


def test_another_model_reuses_no_vector(home, library):
    embeddings = FakeEmbeddings()
    build_index(home, library, "other", embeddings=embeddings)
    assert len(embeddings.texts) == 33
    assert reopen(home, "other").manifest.model == "other"


def test_vectors_of_removed_texts_are_forgotten(home, library, tmp_path):
    changes = {(REVIEW, "findings.0.plain"): "Ozone may ease pain for a while."}
    build(home, tiny_library(tmp_path / "changed", changes))
    embeddings = FakeEmbeddings()
    build(home, library, embeddings)
    assert len(embeddings.texts) == 1


def test_readers_of_the_last_index_keep_it_for_one_more_build(home, library):
    first = reopen(home)
    before = ranking(first)
    second = build(home, library, rebuild=True).folder
    assert names(home) == {POINTER, first.folder.name, second.name}
    assert ranking(first) == before
    third = build(home, library, rebuild=True).folder
    assert names(home) == {POINTER, second.name, third.name}


def test_progress_reaches_its_end(tmp_path, library):
    steps = []
    build(tmp_path, library, progress=lambda *step: steps.append(step))
    assert steps == [
        ("Embedding passages", 8, 9),
        ("Embedding passages", 9, 9),
        ("Embedding questions", 16, 16),
        ("Embedding claims", 9, 9),
        *((f"Embedding {name}", 0, 0) for name in ("requests", "adverts", "mentions")),
    ]


def test_an_index_of_an_older_format_is_refused_and_then_built_again(home, library):
    path = reopen(home).folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 0}), "utf-8")
    with pytest.raises(IndexMissing, match="run `ozone index`") as refused:
        reopen(home)
    assert "with the model" not in str(refused.value)
    assert build(home, library).fresh
    assert reopen(home, corpus_hash=library.content_hash).passages


def test_the_folder_may_be_moved(home, tmp_path):
    before = ranking(reopen(home))
    shutil.move(home, tmp_path / "moved")
    assert ranking(reopen(tmp_path / "moved")) == before
