"""The Ask page: questions in, answers drawn, nothing kept outside this browser session."""

import streamlit as st

from app.answer import Answer
from app.web.parts.answer_part import answer_part
from app.web.parts.engine_cache import current_engine
from app.web.parts.frame import away, header, opened
from ingest.embedding import ModelError
from ingest.manifest import IndexMissing
from ingest.server import StoreUnreachable

library, index = opened()
labels = library.wording.labels
turns: list[Answer] = st.session_state.setdefault("turns", [])
chat: int = st.session_state.setdefault("chat", 0)


def ask(question: str) -> None:
    """Answers one question with the conversation so far."""
    with st.spinner(labels["thinking"]):
        try:
            turns.append(current_engine().ask(question, [turn.question for turn in turns]))
        except StoreUnreachable as error:
            # Shown below after the rerun, so that the page stays whole and one can ask again.
            st.session_state.away = away(error, labels)
        except (ModelError, IndexMissing) as error:
            st.error(str(error), icon=":material/build:")
            st.stop()


def start_again() -> None:
    """Forgets the conversation."""
    st.session_state.turns = []
    st.session_state.chat += 1


header(labels)
if turns:
    st.button(labels["new_chat"], on_click=start_again)
if not turns:
    st.header(labels["start_heading"], anchor=False)
    st.markdown(labels["start_text"])
    st.caption(f"{labels['disclaimer']} {labels['emergency_line']} {labels['privacy_line']}")
    st.markdown(f"**{labels['examples_heading']}**")
    for number, example in enumerate(library.wording.examples):
        if st.button(example, key=f"example-{number}", width="stretch"):
            ask(example)
            st.rerun()
date = index.manifest.built_at.date().isoformat()
for number, turn in enumerate(turns):
    tapped = answer_part(
        turn,
        library.wording,
        uid=f"answer-{chat}-{number}",
        date=date,
        newest=number == len(turns) - 1,
    )
    if tapped:
        ask(tapped)
        st.rerun()
if notice := st.session_state.pop("away", None):
    st.error(notice)
# In a container of its own, not pinned by the frame: a pinned input makes the frame scroll to the
# end of every answer, and an answer is read from its start. The style sheet keeps it in sight.
with st.container(key="ask-bar"):
    typed = st.chat_input(labels["ask_placeholder"], key="question")
if typed:
    ask(typed)
    st.rerun()
