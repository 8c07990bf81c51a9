"""Set reps apart whose calls need a conversation first: empty calls look like weak ones."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.errors import InputError
from workbench.integrity.suspect_share import several_checks
from workbench.ui.session.cached_integrity import cached_flags
from workbench.ui.session.names_allowed import may_see_named_flags
from workbench.ui.session.navigation import page
from workbench.words import coaching as words

COUNT_ALL = "coaching.count_all"


def reps_in_question(entry: DataSetEntry, panel: Panel) -> tuple[str, ...]:
    """The reps whom Integrity names; none where it cannot look."""
    try:
        found = cached_flags(entry, panel)
    except InputError:
        return ()
    return tuple(flag.rep for flag in found.flags.named)


def may_be_empty(entry: DataSetEntry, panel: Panel) -> bool:
    """Whether reps stand out on checks of Integrity and none of them is named."""
    try:
        flags = cached_flags(entry, panel).flags
    except InputError:
        return False
    return not flags.named and bool(flags.n_without_list or flags.n_without_role or several_checks(flags))


def must_wait(entry: DataSetEntry, panel: Panel) -> bool:
    """Whether no plan is shown: some calls are in question, and whoever looks may not know whose.

    Who is missing from a plan would be known otherwise.
    """
    return not may_see_named_flags() and bool(reps_in_question(entry, panel))


def show_set_apart(named: Collection[str], unnamed: bool) -> None:
    """That some reps are not compared, why, and the way to Integrity; or that calls may be empty (``unnamed``)."""
    if unnamed:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(words.MAY_BE_EMPTY, width="content")
            st.page_link(page("integrity"), label="Open Integrity", icon=":material/verified_user:")
    if not named:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        too = bool(st.session_state.get(COUNT_ALL))
        said = words.compared_too_sentence(len(named)) if too else words.set_apart_sentence(len(named))
        st.markdown(said, width="content")
        st.page_link(page("integrity"), label="Open Integrity", icon=":material/verified_user:")
        st.toggle("Compare them too", key=COUNT_ALL, persist_state="session", help=words.SET_APART_HELP)
