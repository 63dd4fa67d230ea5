"""The marketing register: every claim with its verdict, searched, filtered, each at an address."""

import streamlit as st

from app.register import Filter, chosen, techniques_of, topics_of
from app.web.parts.advert_view import ORDER
from app.web.parts.claim_view import register_html, share_html
from app.web.parts.frame import header, opened
from app.web.parts.part import html_part
from corpus.export import to_claim_review

_PARAMETER = "claim"

library, index = opened()
wording = library.wording
labels = wording.labels


def all_claims() -> None:
    """Back from one claim to the register."""
    st.query_params.pop(_PARAMETER, None)


header(labels)
wanted = st.query_params.get(_PARAMETER, "")
if wanted in library.claims:
    st.header(labels["claims_heading"], anchor=False)
    st.button(labels["claims_all"], on_click=all_claims)
    claim = library.claims[wanted]
    html_part(register_html(library, index, [claim], f"claim-{claim.id}"), uid=f"claim-{claim.id}")
    st.caption(f"{labels['claims_reply']} {labels['disclaimer']}")
    st.stop()

st.header(labels["claims_heading"], anchor=False)
st.markdown(labels["claims_text"])
if wanted:
    st.warning(labels["claims_unknown"].format(id=wanted[:80]))
html_part(share_html(library), uid="share")
words = st.text_input(labels["claims_search"], key="claim-words")
verdicts = st.pills(
    labels["claims_verdict"],
    [verdict for verdict in ORDER if verdict in {c.verdict for c in library.claims.values()}],
    selection_mode="multi",
    format_func=lambda verdict: wording.verdicts[verdict].label,
    key="claim-verdicts",
)
topics = topics_of(library)
left, right = st.columns(2)
topic = left.selectbox(
    labels["claims_topic"],
    ["", *topics],
    format_func=lambda id_: topics.get(id_, labels["claims_all"]),
    key="claim-topic",
)
technique = right.selectbox(
    labels["claims_technique"],
    [None, *techniques_of(library)],
    format_func=lambda one: wording.techniques[one].label if one else labels["claims_all"],
    key="claim-technique",
)
found = chosen(library, Filter(tuple(verdicts or ()), topic or "", technique, words or ""))
st.caption(labels["claims_shown"].format(shown=len(found), count=len(library.claims)))
if found:
    uid = "claims-" + "-".join([str(hash(tuple(claim.id for claim in found)))])
    html_part(register_html(library, index, found, uid), uid=uid)
else:
    st.info(labels["claims_none"])
with st.expander(labels["claims_method"]):
    st.markdown(labels["claims_method_text"])
    st.markdown(labels["claims_reply"])
st.download_button(
    labels["claims_download"],
    to_claim_review(library),
    file_name="claims.jsonld",
    mime="application/ld+json",
)
st.caption(labels["disclaimer"])
