"""One engine per process and index: rebuilt when the index pointer moves."""

import streamlit as st

from app.engine import Engine
from app.settings import Settings
from ingest.index import POINTER


@st.cache_resource(max_entries=2, show_spinner=False)
def _engine(pointer: str, corpus: str) -> Engine:
    engine = Engine.open(Settings())
    engine.warm()
    return engine


def current_engine() -> Engine:
    """The engine of the serving index.

    Raises:
        CorpusError, IndexMissing, ModelError: each message says what to do.

    """
    settings = Settings()
    path = settings.data / POINTER
    pointer = path.read_text("utf-8").strip() if path.is_file() else ""
    return _engine(pointer, str(settings.corpus))
