"""Check an advert: paste or upload it, read what it claims and what the evidence says."""

from hashlib import sha256

import streamlit as st

from app.advert.report import AdvertReport
from app.web.parts.advert_view import advert_html
from app.web.parts.engine_cache import current_checker
from app.web.parts.frame import away, header, opened
from app.web.parts.part import html_part
from ingest.document import MOST_BYTES, DocumentError, read_document
from ingest.embedding import ModelError
from ingest.manifest import IndexMissing
from ingest.server import StoreUnreachable

_TYPES = ["txt", "md", "html", "htm", "mhtml", "mht", "pdf", "png", "jpg", "jpeg", "webp"]

library, _ = opened()
labels = library.wording.labels
report: AdvertReport | None = st.session_state.get("report")


def start_again() -> None:
    """Forgets the advert and its report."""
    for key in ("report", "seen", "advert", "uploaded"):
        st.session_state.pop(key, None)
    st.session_state.advert_round = st.session_state.get("advert_round", 0) + 1


def checked(text: str) -> None:
    """Judges a text and keeps its report for this browser session only."""
    with st.spinner(labels["check_working"]):
        try:
            st.session_state.report = current_checker().check(text)
        except StoreUnreachable as error:
            st.error(away(error, labels))
            st.stop()
        except (ModelError, IndexMissing) as error:
            st.error(str(error), icon=":material/build:")
            st.stop()
    st.rerun()


header(labels)
if report is not None:
    st.button(labels["check_again"], on_click=start_again)
    uid = "advert-" + sha256(report.model_dump_json().encode()).hexdigest()[:12]
    html_part(advert_html(report, library.wording, uid), uid=uid, newest=True)
    st.stop()

st.header(labels["check_heading"], anchor=False)
st.markdown(labels["check_text"])
turn = st.session_state.get("advert_round", 0)
uploaded = st.file_uploader(
    labels["check_upload"],
    type=_TYPES,
    key=f"uploaded-{turn}",
    max_upload_size=MOST_BYTES >> 20,
    help=labels["check_upload_help"],
)
if uploaded is not None and st.session_state.get("seen") != uploaded.file_id:
    try:
        document = read_document(uploaded.getvalue(), uploaded.name)
    except DocumentError as error:
        st.error(str(error))
    else:
        st.session_state.seen = uploaded.file_id
        st.session_state[f"advert-{turn}"] = document.text.strip()
        if document.by_sight:
            st.session_state.by_sight = True
        else:
            checked(document.text)
if uploaded is not None and st.session_state.get("by_sight"):
    st.info(labels["check_seen"])
with st.form("paste", border=False):
    text = st.text_area(
        labels["check_paste"],
        key=f"advert-{turn}",
        height=240,
        placeholder=labels["check_placeholder"],
    )
    sent = st.form_submit_button(labels["check_button"], type="primary")
if sent:
    if text.strip():
        checked(text)
    else:
        st.warning(labels["check_nothing"])
st.caption(f"{labels['advert_judged']} {labels['advert_private']} {labels['disclaimer']}")
