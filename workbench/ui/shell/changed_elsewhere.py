"""Somebody else has changed the open design: what they changed, and the choice what becomes of both."""

from __future__ import annotations

import streamlit as st

from workbench.ui.session import documents, state
from workbench.words import designs as words
from workbench.words.markdown import plain


def show_changed_elsewhere() -> None:
    """Both are saved already; the lines stand on every page until somebody chooses."""
    apart = documents.saved_apart()
    if apart is None:
        return
    with st.container(border=True):
        said = words.apart_sentence(apart.name, state.current_design().name)
        st.markdown(f":material/call_split: {plain(state.typed_text(said))}")
        changes = words.change_sentences(documents.changes_elsewhere(apart))
        if changes:
            st.caption(plain(state.typed_text(" ".join([words.CHANGED_THERE, *changes]))))
        with st.container(horizontal=True):
            st.button(words.OPEN_THEIRS, key="context.apart.theirs", on_click=documents.open_theirs, args=(apart,))
            st.button(words.SAVE_OVER, key="context.apart.over", on_click=documents.save_over_theirs, args=(apart,))
            st.button(words.KEEP_BOTH, key="context.apart.both", on_click=documents.keep_both)
