"""Entry of the web chat. Pages are thin: they draw what `app` computed."""

import sys
from pathlib import Path

# Streamlit puts this file's folder first on the path; nothing in it may shadow a library.
sys.path[:] = [entry for entry in sys.path if entry != str(Path(__file__).resolve().parent)]

import streamlit as st  # noqa: E402

from app.settings import Settings  # noqa: E402
from corpus.library import read_wording  # noqa: E402

HERE = Path(__file__).resolve().parent
wording = read_wording(Settings().corpus)[0]
title = wording.labels["product"] if wording else None  # what is wrong, the page itself says
# A file of ours: Streamlit would fetch a named symbol from the network.
st.set_page_config(page_title=title, page_icon=str(HERE / "parts" / "icon.png"))
pages = [
    st.Page(HERE / "pages" / file, title=wording.labels[label] if wording else None, default=first)
    for file, label, first in (
        ("ask.py", "page_ask", True),
        ("check.py", "page_check", False),
        ("claims.py", "page_claims", False),
    )
]
st.navigation(pages, position="hidden").run()
