"""One answer on a page."""

from app.answer import Answer
from app.web.parts.answer_view import answer_html
from app.web.parts.part import html_part
from corpus.wording import Wording


def answer_part(
    answer: Answer, wording: Wording, *, uid: str, date: str, newest: bool
) -> str | None:
    """Draws one answer; returns a follow-up question the reader tapped, if any."""
    return html_part(answer_html(answer, wording, uid, date), uid=uid, newest=newest)
