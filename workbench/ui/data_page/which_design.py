"""Say with which design a data set opened, and ask which one to use where an uploaded design meets one in hand."""

from __future__ import annotations

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry
from workbench.design.model import Design, load_design
from workbench.errors import InputError
from workbench.ui.session import documents, state
from workbench.ui.widgets.parts import primary_label
from workbench.words.markdown import plain
from workbench.words.times import moment

ASKED = "data.ask_design"


def note_uploaded_design(entry: DataSetEntry) -> None:
    """Ask on the page that comes next, if a design came with the files and another one is in hand."""
    brought = _uploaded(entry)
    st.session_state[ASKED] = entry.id if brought is not None and brought != state.current_design() else ""


def show_which_design(entry: DataSetEntry) -> None:
    """The question about an uploaded design, or the line that says with which design the data set opened."""
    brought = _uploaded(entry)
    if st.session_state.get(ASKED) == entry.id and brought is not None and brought != state.current_design():
        _ask(brought)
    elif used := state.reopened_at():
        _reopened(used)


def _ask(brought: Design) -> None:
    ours = state.current_design()
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="data-which-design"):
        said = f"You brought the design **{plain(brought.name)}**. The open design is **{plain(ours.name)}**."
        st.markdown(f":material/balance: {said} Which one counts?", width="stretch")
        st.button(
            primary_label("Use the design I brought"),
            key="data.design.brought",
            type="primary",
            on_click=_take,
            args=(brought,),
        )
        st.button("Keep the open design", key="data.design.keep", on_click=_keep)


def _reopened(used: str) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="data-reopened"):
        name, when = plain(state.current_design().name), moment(used, st.context.timezone)
        st.markdown(f":material/balance: Opened with the design last used here: **{name}** ({when}).", width="stretch")
        st.button("Start without it", key="data.design.fresh", icon=":material/restart_alt:", type="tertiary",
                  on_click=state.begin_afresh)  # fmt: skip


def _take(design: Design) -> None:
    st.session_state[ASKED] = ""
    documents.bring_design(design)


def _keep() -> None:
    st.session_state[ASKED] = ""


def _uploaded(entry: DataSetEntry) -> Design | None:
    if entry.kind != "upload" or entry.design_path is None:
        return None
    try:
        return load_design(entry.design_path)
    except InputError:
        return None
