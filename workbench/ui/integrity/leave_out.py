"""Buttons that leave a kind of activity out of the measures of the KPIs, as a new version of the data set."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, add_data_set, workspace_folder
from workbench.data.model.panel import Panel
from workbench.errors import InputError
from workbench.integrity.leave_out import measures_to_change, without_check
from workbench.integrity.suspect_counts import CheckName
from workbench.ui.session import state
from workbench.ui.session.allowed_connections import allowed_connections
from workbench.ui.session.carry_over import carry_saved_work
from workbench.ui.widgets.parts import show_issues
from workbench.words import integrity as words
from workbench.words.lists import list_names
from workbench.words.markdown import plain

_DONE, _NOT_SAVED = "integrity.left_out", "integrity.not_saved"


def show_leave_out(entry: DataSetEntry, panel: Panel, checks: Sequence[CheckName]) -> None:
    """A button for each kind of activity that a condition can leave out of the KPIs."""
    dataset, design = entry.load(), state.current_design()
    titles = {measure.name: measure.title for source in dataset.sources for measure in source.measures}
    with st.container(horizontal=True):
        for check in checks:
            changed = measures_to_change(dataset, design, check)
            if changed:
                label = words.leave_out_label(check, list_names([titles[name] for name in changed], 2))
                st.button(
                    plain(label), icon=":material/filter_alt_off:", key=f"integrity.leave_out.{check}",
                    on_click=_leave_out, args=(entry, check), help=words.LEAVE_OUT_HELP,
                )  # fmt: skip


def _leave_out(entry: DataSetEntry, check: CheckName) -> None:
    """Callback: save the data set whose measures leave the activity out, and open it with the same design."""
    home, design = workspace_folder(), state.current_design()
    changed = without_check(entry.load(), design, check)
    replaces = entry.id if entry.kind == "upload" else None
    try:
        saved = add_data_set(home, changed, entry.files(), replaces=replaces, connections=tuple(allowed_connections()))
    except InputError as error:
        st.session_state[_NOT_SAVED] = error.issues
        return
    _open_with_design(entry.id, saved.id)
    carry_saved_work(entry.id, saved.id)
    st.session_state[_DONE] = (saved.id, entry.id, check)


def _open_with_design(current: str, other: str) -> None:
    state.carry_design(current, other)
    state.open_dataset(other)


def show_left_out(entry: DataSetEntry) -> None:
    """What was left out last, and the way back; or why it could not be saved."""
    show_issues(st.session_state.pop(_NOT_SAVED, ()))
    saved, before, check = st.session_state.get(_DONE, ("", "", "seconds_long"))
    if saved == entry.id:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(words.left_out_sentence(check)), width="content")
            st.button("Go back", icon=":material/undo:", key="integrity.go_back", on_click=_open_with_design,
                      args=(saved, before))  # fmt: skip
