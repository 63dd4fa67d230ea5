"""What a person who decides weighs: four cells in equal detail, empty ones said to be empty."""

import pytest
from builders import REVIEW, TOPIC, build, reopen, tiny_library

from app.cells import EACH, Cells

USUAL = "invented-review-2020#healing"
WAITING = {"plain": "It passes.", "clinical": "It passes."}


def cells_of(tmp_path, changes=None, topics=("invented-topic",)):
    library = tiny_library(tmp_path / "corpus", changes)
    build(tmp_path / "data", library)
    passages = reopen(tmp_path / "data").passages
    found = Cells(library, passages).of([library.topics[id_] for id_ in topics])
    return {cell.kind: cell for cell in found}


def test_four_cells_and_the_empty_ones_say_so(tmp_path):
    cells = cells_of(tmp_path)
    assert list(cells) == ["benefits", "risks", "alternatives", "nothing"]
    assert [said.text for said in cells["benefits"].statements][:1] == [
        "Ozone may ease pain a little."
    ]
    for kind in ("risks", "alternatives", "nothing"):
        assert cells[kind].statements == ()
        assert cells[kind].empty


def test_every_cell_is_filled_from_its_own_findings(tmp_path):
    cells = cells_of(
        tmp_path,
        {
            (REVIEW, "findings.1.intervention"): "other",
            (TOPIC, "alternative_ids"): [USUAL],
            (TOPIC, "waiting"): WAITING,
            (TOPIC, "waiting_ids"): ["invented-review-2020#limits"],
        },
    )
    assert cells["alternatives"].statements[0].citations == (USUAL,)
    assert cells["nothing"].statements[0].citations == ("invented-review-2020#limits",)
    assert cells["nothing"].empty is None


def test_no_cell_has_more_room_than_another(library, engine):
    for topic in library.topics.values():
        for cell in engine.about(topic.id).cells:
            assert len(cell.statements) <= EACH


def test_a_review_that_says_otherwise_stands_among_the_benefits(engine):
    cells = {cell.kind: cell for cell in engine.about("low-back-pain").cells}
    favours = {
        engine.library.points[id_].finding.favours
        for said in cells["benefits"].statements
        for id_ in said.citations
    }
    assert len(favours) > 1


@pytest.mark.parametrize("kind", ["rule", "mechanism", "harm", "neighbour"])
def test_only_what_is_treated_is_weighed(tmp_path, kind):
    assert cells_of(tmp_path, {(TOPIC, "kind"): kind}) == {}


def test_an_illness_is_weighed_before_a_use(engine):
    answer = engine.ask("My mum has rheumatoid arthritis. They want 3000 euros. Should she do it?")
    assert answer.topics[0] == "rheumatoid-arthritis"
    assert {cell.topic for cell in answer.cells} == {"rheumatoid-arthritis"}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What happens if I do nothing about my slipped disc?", "nothing"),
        ("What else is there for low back pain instead of ozone?", "alternatives"),
    ],
)
def test_what_was_asked_is_said_first(engine, question, kind):
    answer = engine.ask(question)
    cells = {cell.kind: cell for cell in answer.cells}
    assert answer.section("short_answer")[0] == cells[kind].statements[0]


def test_a_danger_is_not_weighed(engine):
    assert engine.ask("My chest hurts and I cannot breathe since the ozone drip").cells == ()
