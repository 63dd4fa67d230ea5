"""Adverts: what is found in a sentence, and the verdict on it, by general cases."""

import pytest

from app.advert.checker import AdvertChecker
from app.advert.lines import lines
from corpus.advert import Assertion, VerdictTable

PAGE = "Ozone therapy for our patients at the clinic. We treat people with ozone injections.\n\n"
JUDGED = [
    ("Our ozone treatment has no side effects and no contraindications.", "contradicted"),
    ("Medical ozone is approved by the FDA.", "contradicted"),
    ("Inhaled ozone opens the airways and is lovely for a cough.", "contradicted"),
    ("Ozone is not approved by the FDA for any illness.", "supported"),
    ("Gas in a blood vessel can cause a stroke, and deaths have been reported.", "supported"),
    ("Only three places left, so book now.", "too_vague"),
    ("Ozone cures lupus.", "unproven"),
    ("Ozone cures knee arthritis once and for all.", "overstated"),
]


@pytest.fixture(scope="module")
def checker(engine) -> AdvertChecker:
    return AdvertChecker(engine)


def verdicts(checker, sentence):
    report = checker.check(PAGE + sentence)
    return [claim.verdict for claim in report.sentences[-1].claims]


@pytest.mark.parametrize(("sentence", "verdict"), JUDGED)
def test_a_sentence_is_judged(checker, sentence, verdict):
    assert verdicts(checker, sentence)[:1] == [verdict]


def test_two_assertions_are_two_claims(checker):
    report = checker.check(PAGE + "Ozone has no side effects, and it is approved by the FDA.")
    assert {"safety", "approval"} <= {claim.kind for claim in report.sentences[-1].claims}


def test_what_could_harm_is_not_praised(checker):
    found = verdicts(checker, "Headache can occur, but ozone is completely safe for everyone.")
    assert "contradicted" in found
    assert "supported" not in found


def test_a_question_is_told_with_its_answer():
    found = [line.text for line in lines("Sore back? It is gone by Friday. Come and see us.")]
    assert found == ["Sore back? It is gone by Friday.", "Come and see us."]


def test_an_empty_text_has_no_claims(checker):
    assert checker.check("").claims == ()


def test_every_row_of_the_table_names_assertions_that_exist(library):
    known = {rule.id for rule in library.of(Assertion)}
    asked = {id_ for t in library.of(VerdictTable) for rule in t.rules for id_ in rule.asserts}
    assert asked <= known
    assert {rule.id for rule in library.of(Assertion) if rule.asserts} <= asked
    assert {id_ for rule in library.of(Assertion) for id_ in rule.topics} <= set(library.topics)
