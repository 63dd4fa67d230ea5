"""What every page has: style sheet, name, links to other pages, and what may be wrong with it."""

import logging
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from app.settings import Settings
from app.web.parts.answer_view import FOLDER
from app.web.parts.engine_cache import current_library, start_warming
from corpus.library import Library, read_wording
from corpus.reader import CorpusError
from ingest.index import Index
from ingest.manifest import IndexMissing
from ingest.server import StoreUnreachable

_LOG = logging.getLogger(__name__)
PAGES: Final = Path(__file__).resolve().parents[1] / "pages"
LINKS: Final = (("ask.py", "page_ask"), ("check.py", "page_check"), ("claims.py", "page_claims"))
"""Every page with the label of its link."""


def away(error: StoreUnreachable, words: Mapping[str, str]) -> str:
    """What a reader is told while the Chroma server is away; whoever runs it reads the log."""
    _LOG.error("%s", error)
    return f"{words['store_away']} {words['emergency_line']}"


def opened() -> tuple[Library, Index]:
    """The library and its index; where they cannot be had, the page says why and ends."""
    st.html(f"<style>{(FOLDER / 'page.css').read_text('utf-8')}</style>")
    try:
        library, index = current_library()
    except (CorpusError, IndexMissing) as error:
        st.error(str(error), icon=":material/build:")
        st.stop()
    except StoreUnreachable as error:
        wording = read_wording(Settings().corpus)[0]
        st.error(away(error, wording.labels) if wording else str(error))
        st.stop()
    start_warming()
    return library, index


def header(labels: Mapping[str, str]) -> None:
    """The product's name and the ways to its pages."""
    with st.container(key="top"):
        st.html(f"<p class='product'>{escape(labels['product'])}</p>")
        with st.container(key="ways", horizontal=True):
            for file, label in LINKS:
                st.page_link(PAGES / file, label=labels[label])
