"""Our own markup as a Streamlit component, mounted without an iframe."""

from functools import cache
from typing import Any

import streamlit as st

from app.web.parts.answer_view import FOLDER


@cache
def _component() -> Any:
    return st.components.v2.component(
        "ozone_part",
        html='<div class="answer-root"></div>',
        css=(FOLDER / "answer.css").read_text("utf-8"),
        js=(FOLDER / "answer.js").read_text("utf-8"),
    )


def html_part(html: str, *, uid: str, newest: bool = False) -> str | None:
    """Draws escaped HTML once for each `uid`; returns a question that the reader tapped, if any.

    `newest`: whether it is brought into sight and announced.
    """
    result = _component()(
        key=uid, data={"uid": uid, "html": html, "newest": newest}, on_ask_change=lambda: None
    )
    tapped = result.ask
    return str(tapped) if tapped else None
