"""Save the design that is seen as an option, under a name and with a note."""

from __future__ import annotations

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.design import options as kept
from workbench.design.model import Design
from workbench.ui.session import state
from workbench.ui.session.navigation import page
from workbench.ui.session.saving import saving
from workbench.ui.widgets.parts import primary_label, quiet_label
from workbench.words import options as words
from workbench.words.markdown import plain

_SAVED = "options.saved"


def show_save_form(design: Design, called: str = "Open design") -> None:
    """A name, a note and a button for the design seen now; ``called``: what it is to whoever looks at it."""
    if saved := st.session_state.pop(_SAVED, None):
        st.toast(plain(words.saved_sentence(saved)), icon=":material/check:")
    with st.form("options.keep", clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input("Name", max_chars=60, placeholder="Fewer dials", width=240, key="options.name")
            note = st.text_input("Note", max_chars=300, placeholder="Why this one?", key="options.note")
            given = st.form_submit_button(
                primary_label("Save as option"), icon=":material/bookmark_add:", type="primary"
            )
        st.caption(plain(f"{called}: {words.shares_words(design)}"))
    opened = state.current_entry()
    if given and name.strip() and opened:
        with saving():
            kept.save_option(workspace_folder(), opened.id, design, name.strip(), note.strip())
            st.session_state[_SAVED] = name.strip()
        st.rerun()
    elif given and not name.strip():
        st.warning("Type a name first.")


def show_save_popover(design: Design) -> None:
    """The same behind a button, for a page that is about something else."""
    with st.popover(quiet_label("Save as option"), icon=":material/bookmark_add:", type="tertiary"):
        show_save_form(design, "Weights")
        st.page_link(page("options"), label="Compare the options", icon=":material/bookmarks:")
