"""The corpus in memory: ids, aliases, points, and a hash that follows the files."""

import re

import pytest
from builders import GAP, REVIEW, TRIAL, tiny_library, write_corpus

from corpus.library import read_library
from corpus.review import Review
from corpus.study import Study


def test_a_record_is_found_by_id_and_by_alias(tmp_path):
    library = tiny_library(tmp_path)
    assert library["invented-alias"] is library["invented-review-2020"]
    assert "invented-alias" in library
    assert "no-such" not in library
    with pytest.raises(KeyError):
        library["no-such"]


def test_records_stand_in_the_order_of_their_ids(tmp_path):
    library = tiny_library(tmp_path)
    assert list(library.records) == sorted(library.records)
    assert [record.id for record in library.of(Review)] == ["invented-review-2020"]
    assert [record.id for record in library.of(Study)] == ["invented-trial-2021"]
    assert [paper.id for paper in library.papers] == ["invented-review-2020", "invented-trial-2021"]


def test_every_finding_is_a_point(tmp_path):
    library = tiny_library(tmp_path)
    assert len(library.points) == 4
    point = library.points["invented-review-2020#pain"]
    assert (point.record.id, point.finding.key) == ("invented-review-2020", "pain")


def test_records_are_frozen(tmp_path):
    with pytest.raises(ValueError, match="frozen"):
        tiny_library(tmp_path)["invented-review-2020"].title = "other"


def test_the_hash_follows_any_record_and_the_wording(tmp_path):
    homes = [tmp_path / name for name in ("first", "same", "changed", "worded")]
    first, same = (tiny_library(home).content_hash for home in homes[:2])
    changed = tiny_library(homes[2], {(GAP, "name"): "elbow, invented for this test"})
    labels = write_corpus(homes[3]) / "wording" / "labels.yaml"
    labels.write_text(labels.read_text("utf-8") + "# a remark\n", "utf-8")
    worded = read_library(homes[3])[0]
    assert first == same
    assert len({first, changed.content_hash, worded.content_hash}) == 3


def test_a_folder_that_is_not_there_names_the_setting(tmp_path):
    library, (problem,) = read_library(tmp_path / "nowhere")
    assert library is None
    assert (problem.file, problem.field) == (str(tmp_path / "nowhere"), "OZONE_CORPUS")
    assert "set OZONE_CORPUS to a corpus folder" in problem.message


def test_an_empty_folder_is_no_corpus(tmp_path):
    library, problems = read_library(tmp_path)
    assert library is None
    assert "holds no records; point OZONE_CORPUS" in problems[-1].message


def test_one_id_in_two_rooms_is_refused(tmp_path):
    home = write_corpus(tmp_path)
    text = (home / TRIAL).read_text("utf-8").replace("invented-trial-2021", "invented-review-2020")
    (home / "studies" / "invented-review-2020.yaml").write_text(text, "utf-8")
    _, (problem,) = read_library(home)
    assert problem.file == "studies/invented-review-2020.yaml"
    assert re.search(rf"also the id of {REVIEW}; rename one", problem.message)


def test_an_alias_that_is_an_id_is_refused(tmp_path):
    home = write_corpus(tmp_path, {(TRIAL, "aliases"): ["invented-gap"]})
    _, (problem,) = read_library(home)
    assert (problem.file, problem.field) == (TRIAL, "aliases")
