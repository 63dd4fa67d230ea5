"""A reader with a real browser: asks, opens a citation, reads it, follows up."""

import re

import pytest

pytestmark = pytest.mark.browser

QUESTION = "Does ozone therapy help rheumatoid arthritis?"
WINDOWS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


def ask(page, question):
    before = page.locator(".turn").count()
    box = page.get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    page.locator(".turn").nth(before).wait_for(timeout=60_000)
    return page.locator(".turn").nth(before)


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_ask_cite_follow_up(open_page, engine, width, scheme):
    page = open_page(width, scheme)
    labels = engine.library.wording.labels
    assert page.get_by_text(labels["disclaimer"]).is_visible()
    answer = engine.ask(QUESTION)

    turn = ask(page, QUESTION)
    assert turn.get_by_text(answer.section("short_answer")[0].text).is_visible()
    assert turn.get_by_text(labels["contrast_label"], exact=True).first.is_visible()
    numbers = {int(text) for text in turn.locator(".cite").all_text_contents()}
    listed = {int(text) for text in turn.locator(".source-line .n").all_text_contents()}
    assert numbers == listed == {source.n for source in answer.sources}

    turn.locator(".cite").first.click()
    sheet = turn.locator("dialog")
    first = answer.sources[0]
    passage = next(p for p in answer.passages if p.source_id == first.id)
    assert sheet.get_by_text(passage.text).is_visible()
    assert sheet.get_by_text(first.title).is_visible()
    assert sheet.get_by_text(passage.locator).is_visible()
    page.keyboard.press("Escape")
    assert not sheet.is_visible()

    follow_up = ask(page, "and is that dangerous?")
    expected = engine.ask("and is that dangerous?", [QUESTION])
    assert follow_up.get_by_text(expected.section("short_answer")[0].text).is_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.outside == []


def test_an_answer_is_read_from_its_start(open_page):
    page = open_page(390, "light")
    ask(page, QUESTION)
    second = ask(page, "my face droops since the ozone drip")
    page.wait_for_timeout(1_500)
    top = second.locator(".urgent").bounding_box()["y"]
    assert 0 <= top < 400


def test_a_link_leads_to_the_paper(open_page):
    page = open_page(1280, "light")
    turn = ask(page, "Does ozone help knee osteoarthritis?")
    turn.locator(".cite").first.click()
    link = turn.locator("dialog a")
    assert re.match(r"https://(doi\.org|pubmed\.ncbi\.nlm\.nih\.gov)/", link.get_attribute("href"))
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_clinical_view_shows_estimates_of_the_same_answer(open_page, engine):
    page = open_page(1280, "light")
    question = "Does ozone help knee osteoarthritis?"
    turn = ask(page, question)
    statement = engine.ask(question).section("short_answer")[0]
    assert not turn.get_by_text(statement.clinical).is_visible()
    label = engine.library.wording.labels["clinical_view"]
    turn.get_by_role("button", name=label, exact=True).click()
    assert turn.get_by_text(statement.clinical).is_visible()
    assert not turn.get_by_text(statement.text).is_visible()


def test_by_keyboard_alone(open_page):
    page = open_page(1280, "light")
    turn = ask(page, QUESTION)
    for _ in range(40):
        page.keyboard.press("Tab")
        inside = "document.activeElement?.shadowRoot?.activeElement?.className"
        if page.evaluate(inside) == "cite":
            break
    page.keyboard.press("Enter")
    assert turn.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not turn.locator("dialog").is_visible()


def test_examples_related_questions_and_new_chat(open_page, engine):
    page = open_page(390, "dark")
    labels, examples = engine.library.wording.labels, engine.library.wording.examples
    page.get_by_role("button", name=examples[0]).click()
    turn = page.locator(".turn").first
    turn.wait_for(timeout=60_000)
    turn.locator(".related .follow").first.click()
    page.locator(".turn").nth(1).wait_for(timeout=60_000)
    page.get_by_role("button", name=labels["new_chat"]).click()
    page.get_by_role("button", name=examples[0]).wait_for()
    assert page.locator(".turn").count() == 0


def test_markup_in_a_question_stays_text(open_page):
    page = open_page(1280, "light")
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    turn = ask(page, 'ozone <img src=x onerror="alert(1)"> & "lupus" <b>bold</b>')
    assert turn.locator("img").count() == 0
    assert turn.locator(".asked b").count() == 0
    assert page.outside == []


def test_a_screen_reader_is_told_that_the_answer_is_ready(open_page, engine):
    page = open_page(1280, "light")
    turn = ask(page, QUESTION)
    status = turn.get_by_role("status")
    page.wait_for_timeout(500)
    assert status.text_content() == engine.library.wording.labels["answer_ready"]


def test_every_number_is_a_link_of_its_own(open_page, engine):
    """ "112 or 144" must not be dialled as 112144."""
    page = open_page(390, "light")
    turn = ask(page, "my face droops since the ozone drip")
    links = {a.get_attribute("href"): a.inner_text() for a in turn.locator(".numbers a").all()}
    assert {"tel:112", "tel:999", "tel:911", "tel:144"} <= set(links)
    for target in links:
        assert len(target.removeprefix("tel:")) <= 5, target


@pytest.mark.parametrize("width", [1280, 390])
def test_a_decision_is_weighed_in_four_cells(open_page, engine, width):
    page = open_page(width, "light")
    turn = ask(page, "Should I have ozone for my bad back?")
    cells = turn.locator(".cell")
    assert cells.count() == 4
    assert all(cells.nth(n).is_visible() for n in range(4))
    names = [engine.library.wording.labels[k] for k in ("benefits", "risks", "nothing")]
    for name in names:
        assert turn.get_by_role("heading", name=name, exact=True).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_places_to_turn_to_stand_by_country(open_page, engine):
    page = open_page(390, "light")
    turn = ask(page, "I was promised a cure and paid. Who do I complain to in Germany?")
    label = engine.library.wording.labels["help_heading"]
    assert turn.get_by_role("heading", name=label).is_visible()
    assert turn.locator(".place a").first.is_visible()
    assert turn.locator(".place summary").all_text_contents() == ["Germany"]
