"""The bar below the navigation: data set, design, undo and redo, hidden names."""

from __future__ import annotations

import streamlit as st

from workbench.data.library.data_sets import list_data_sets, workspace_folder
from workbench.ui.session import presenting, state
from workbench.ui.shell.calm_page import calm
from workbench.ui.shell.design_menu import show_design_menu
from workbench.ui.shell.share_menu import show_share_menu
from workbench.ui.shell.sharing import show_who_is_signed_in
from workbench.words.data_sets import data_set_names
from workbench.words.markdown import plain

_CHOICE = "context.choice"


def show_context_bar(page: str) -> None:
    """Draw the row above a page. Its widgets live in the frame, so they keep their values across pages."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="context-bar"):
        for part in (_data_set, show_design_menu, _undo_redo):  # one that fails takes none of the others with it
            with calm():
                part()
        st.toggle("Hide names", key=state.HIDE_NAMES, persist_state="session",
                  help="Show reps as Rep 01, Rep 02 … on a shared screen.")  # fmt: skip
        with calm():
            show_share_menu()
            show_who_is_signed_in()
        st.button("Present", icon=":material/slideshow:", key="context.present", type="tertiary", shortcut="P",
                  on_click=presenting.present, args=(page,))  # fmt: skip


def _data_set() -> None:
    entries, opened = list_data_sets(workspace_folder()), state.current_entry()
    if opened is not None and opened.id not in {entry.id for entry in entries}:  # an older version
        entries = (*entries, opened)
    known = data_set_names(entries, st.context.timezone)
    st.session_state[_CHOICE] = opened.id if opened else None
    st.selectbox(
        "Data set",
        list(known),
        format_func=known.__getitem__,
        key=_CHOICE,
        placeholder="Choose a data set",
        label_visibility="collapsed",
        width=280,
        on_change=_open_choice,
    )


def _open_choice() -> None:
    if st.session_state[_CHOICE]:
        state.open_dataset(st.session_state[_CHOICE])


def _undo_redo() -> None:
    draft = state.current_draft()
    st.button("", icon=":material/undo:", key="context.undo", on_click=state.undo, disabled=draft.undoes is None,
              help=f"Undo: {plain(draft.undoes)}" if draft.undoes else "Nothing to undo", type="tertiary")  # fmt: skip
    st.button("", icon=":material/redo:", key="context.redo", on_click=state.redo, disabled=draft.redoes is None,
              help=f"Redo: {plain(draft.redoes)}" if draft.redoes else "Nothing to redo", type="tertiary")  # fmt: skip
