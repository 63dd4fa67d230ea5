"""The measuring itself: labels, locks, marks, floors, grounding, and the log of looks."""

import json
from hashlib import sha256

import pytest
import yaml

from app.answer import Answer, EngineNote, Section, Statement
from app.evaluate.case import SUITES, Case, EvaluationError, load_cases
from app.evaluate.grounding import Grounding
from app.evaluate.judge import judge
from app.evaluate.looks import log_look
from app.evaluate.ranking import OURS, compare
from app.evaluate.run import Floor, Score, evaluate, load_floors

NOTE = EngineNote(corpus="c", index="i", embedding_model="m")


def answer(status="answered", text="45 people took part.", **more):
    said = Section(kind="short_answer", statements=(Statement(text=text, clinical=text),))
    return Answer(question="q", status=status, sections=(said,), engine=NOTE, **more)


@pytest.mark.parametrize(
    ("labels", "given", "wrong"),
    [
        ({"status": "answered"}, answer(), ()),
        ({"status": "partial"}, answer(), ("status",)),
        ({"status": ["partial", "answered"]}, answer(), ()),
        ({"status": "no_evidence"}, answer(), ("status", "not_answered_as_covered")),
        ({"status": "answered"}, answer("refused"), ("status", "not_refused_needlessly")),
        ({"topic": "knee"}, answer(topics=("knee",)), ()),
        ({"topic": "knee"}, answer(topics=("hip",)), ("topic",)),
        ({"topic": "knee", "topic_also_ok": ["hip"]}, answer(topics=("hip",)), ()),
        ({"must_say": ["45 people"]}, answer(), ()),
        ({"must_say": [["46 people", "45 people"]]}, answer(), ()),
        ({"must_say": ["46 people"]}, answer(), ("must_say",)),
        ({"must_not_say": ["took part"]}, answer(), ("must_not_say",)),
        ({"sources": ["a-2020"]}, answer(), ("source",)),
        ({"claims": ["c"]}, answer(), ("claim",)),
        ({"urgent": False}, answer(), ()),
        ({"urgent": True}, answer(), ("recall",)),
    ],
)
def test_marks(labels, given, wrong):
    assert judge(Case(question="q", **labels), given, {}).faults == wrong


def test_less_pressing_than_it_should_be_is_a_fault(engine):
    case = Case(question="q", urgent=True, level="now", kind="emergency")
    pregnant = engine.ask("I am 20 weeks pregnant, can I have ozone?")
    assert set(judge(case, pregnant, {}).faults) == {"pressing_enough", "kind"}


def suites(folder, cases, locked=()):
    (folder / "suites").mkdir()
    locks = {}
    for name in SUITES:
        for part, content in (("tune", cases), ("locked", locked)):
            text = yaml.safe_dump(list(content)).encode()
            (folder / "suites" / f"{name}.{part}.yaml").write_bytes(text)
            if part == "locked":
                locks[f"{name}.locked.yaml"] = {
                    "sha256": sha256(text).hexdigest(),
                    "locked_on": "2026-11-21",
                    "written_by": "nobody",
                }
    (folder / "suites" / "locks.yaml").write_text(yaml.safe_dump(locks), "utf-8")
    (folder / "suites" / "floors.yaml").write_text(
        yaml.safe_dump([{"suite": "questions", "mark": "status", "least": 0.9}]), "utf-8"
    )
    return folder


def test_a_locked_part_that_was_changed_is_refused(tmp_path):
    folder = suites(tmp_path, [], [{"question": "a"}])
    assert load_cases(folder, "questions", "locked")[0].question == "a"
    path = folder / "suites" / "questions.locked.yaml"
    path.write_text("- question: b\n", "utf-8")
    with pytest.raises(EvaluationError, match="not the file that was locked"):
        load_cases(folder, "questions", "locked")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"- question: [", "no valid YAML"),
        (b"- colour: blue", "question"),
        (b"\xff\xfe\x00", "no valid YAML"),
    ],
)
def test_a_broken_suite_is_named(tmp_path, content, words):
    folder = suites(tmp_path, [])
    (folder / "suites" / "questions.tune.yaml").write_bytes(content)
    with pytest.raises(EvaluationError, match=words):
        load_cases(folder, "questions", "tune")


def test_a_missing_suite_says_what_to_do(tmp_path):
    with pytest.raises(EvaluationError, match="--folder"):
        load_cases(tmp_path, "questions", "tune")


@pytest.mark.parametrize(
    ("floor", "right", "broken"),
    [
        ({"least": 0.9}, 9, False),
        ({"least": 0.9}, 8, True),
        ({"most": 0.5}, 6, True),
        ({"most": 0.5}, 5, False),
    ],
)
def test_floors(floor, right, broken):
    score = Score(suite="s", part="tune", mark="m", right=right, of=10)
    assert Floor(suite="s", mark="m", **floor).broken_by(score) is broken
    assert not Floor(suite="other", mark="m", **floor).broken_by(score)


def test_an_evaluation_scores_and_breaks_its_floor(tmp_path, engine):
    cases = [
        {"question": "Does ozone help knee osteoarthritis?", "status": "answered"},
        {"question": "Does ozone help knee arthritis pain?", "status": "off_topic"},
    ]
    result = evaluate(engine, suites(tmp_path, cases), ["questions"], ["tune"])
    scores = {(score.suite, score.mark): score.share for score in result.scores}
    assert scores["questions", "status"] == 0.5
    assert scores["grounding", "statements_pass"] == 1
    assert [floor.mark for floor, _ in result.broken] == ["status"]


def test_grounding_sees_what_the_verifier_would_have_dropped(engine, library):
    asked = engine.ask("Does ozone help knee osteoarthritis?")
    judged = Grounding(library)
    assert judged.count(asked) > 3
    assert judged.faults(asked) == []
    finding = asked.section("findings")[0]
    forged = {
        "figure": finding.model_copy(update={"text": "Pain fell in 987 people."}),
        "key": finding.model_copy(update={"citations": ("no-such#key",)}),
        "none": finding.model_copy(update={"citations": ()}),
        "dose": finding.model_copy(update={"text": "They were given 30 ml."}),
    }
    for statement in forged.values():
        section = Section(kind="findings", statements=(statement,))
        assert judged.faults(asked.model_copy(update={"sections": (section,)})), statement.text


def test_only_a_look_at_a_locked_part_is_logged(tmp_path):
    folder = suites(tmp_path, [])
    score = Score(suite="questions", part="tune", mark="status", right=1, of=2)
    log_look(folder, [score], None)
    assert not (folder / "suites" / "looks.yaml").exists()
    log_look(folder, [score.model_copy(update={"part": "locked"})], None)
    log_look(folder, [score.model_copy(update={"part": "locked"})], {"ours": {"MRR": 1.0}})
    looks = yaml.safe_load((folder / "suites" / "looks.yaml").read_text("utf-8"))
    assert [look["scores"] for look in looks] == [{"questions: status": "1 of 2"}] * 2
    assert looks[1]["retrieval"] == {"ours": {"MRR": 1.0}}


def test_every_way_of_searching_is_compared_on_the_same_questions(engine):
    cases = [
        Case(question="ozone for knee arthritis", sources=["lino-2024-knee-oa-umbrella"]),
        Case(question="diabetic foot ulcer and ozone", sources=["liu-2015-diabetic-foot"]),
    ]
    scores = {score.system: score for score in compare(engine, cases)}
    assert set(scores) == {"BM25", "dense", "plain LangChain RAG", OURS}
    assert scores[OURS].means["success@4"] == 1
    assert set(scores[OURS].ahead_of) == {"BM25", "dense", "plain LangChain RAG"}
    assert all(0 <= low <= high <= 1 for low, high in scores[OURS].intervals.values())


def test_the_command_explains_an_unknown_suite(ozone):
    done = ozone("eval", "no-such")
    assert done.returncode == 2
    assert "there is no suite 'no-such'" in done.stderr.decode()


def test_the_repository_holds_what_the_issue_asks_for(root):
    def count(suite, wanted=lambda case: True):
        return sum(
            wanted(case)
            for part in ("tune", "locked")
            for case in load_cases(root / "tests" / "evaluation", suite, part)
        )

    assert count("questions") >= 400
    assert count("red-flags", lambda case: case.urgent) >= 200
    assert count("red-flags", lambda case: case.urgent is False) >= 200
    assert count("refusals") >= 300
    assert min(count("follow-ups"), count("claim-checks"), count("sources")) >= 60
    assert load_floors(root / "tests" / "evaluation")


def test_every_label_names_a_record_a_topic_or_a_claim(root, library):
    for suite in SUITES:
        for part in ("tune", "locked"):
            for case in load_cases(root / "tests" / "evaluation", suite, part):
                topics = {case.topic, case.also, *case.topic_also_ok} - {None}
                assert topics <= set(library.topics), json.dumps(case.question)
                assert all(id_ in library for id_ in case.sources), case.question
                assert set(case.claims) <= set(library.claims), case.question
