"""The answer as a Streamlit component: our own markup, mounted without an iframe."""

from functools import cache
from typing import Any

import streamlit as st

from app.answer import Answer
from app.web.parts.answer_view import FOLDER, answer_html
from corpus.wording import Wording


@cache
def _component() -> Any:
    return st.components.v2.component(
        "ozone_answer",
        html='<div class="answer-root"></div>',
        css=(FOLDER / "answer.css").read_text("utf-8"),
        js=(FOLDER / "answer.js").read_text("utf-8"),
    )


def answer_part(
    answer: Answer, wording: Wording, *, uid: str, date: str, newest: bool
) -> str | None:
    """Draws one answer; returns a follow-up question the reader tapped, if any."""
    html = answer_html(answer, wording, uid, date)
    result = _component()(
        key=uid, data={"uid": uid, "html": html, "newest": newest}, on_ask_change=lambda: None
    )
    tapped = result.ask
    return str(tapped) if tapped else None
