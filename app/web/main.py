"""Entry of the web chat. Pages are thin: they draw what `app` computed."""

import sys
from pathlib import Path

# Streamlit puts this file's folder first on the path; nothing in it may shadow a library.
_HERE = str(Path(__file__).resolve().parent)
sys.path[:] = [entry for entry in sys.path if entry != _HERE]

import streamlit as st  # noqa: E402

st.set_page_config(page_title="Ozone Evidence Chat", page_icon=":material/fact_check:",
                   layout="centered", initial_sidebar_state="collapsed")
pages = Path(__file__).resolve().parent / "pages"
st.navigation([st.Page(pages / "ask.py", title="Ask", default=True)], position="hidden").run()
