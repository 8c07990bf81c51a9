"""Set reps apart whose calls need a conversation first: empty calls look like weak ones."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry
from workbench.data.model.panel import Panel
from workbench.errors import InputError
from workbench.integrity.suspect_share import several_checks
from workbench.ui.session import state
from workbench.ui.session.cached_integrity import cached_flags
from workbench.ui.session.names_allowed import may_see_named_flags
from workbench.ui.session.navigation import page
from workbench.words import coaching as words

_SETTLED = "coaching.settled"


def reps_in_question(entry: DataSetEntry, panel: Panel) -> tuple[str, ...]:
    """The reps whom Integrity names; none where it cannot look."""
    try:
        found = cached_flags(entry, panel)
    except InputError:
        return ()
    return tuple(flag.rep for flag in found.flags.named)


def reps_apart(entry: DataSetEntry, panel: Panel) -> tuple[str, ...]:
    """The reps in question with whom nobody has talked yet: they are not compared."""
    names, settled = state.display_names(panel), st.session_state.get(_SETTLED, [])
    return tuple(rep for rep in reps_in_question(entry, panel) if names.get(rep) not in settled)


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


def show_set_apart(named: Collection[str], unnamed: bool, names: dict[str, str]) -> None:
    """That some reps are not compared, why, and the way to Integrity; or that calls may be empty (``unnamed``).

    ``names`` : of reps as shown.
    """
    if unnamed:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(words.MAY_BE_EMPTY, width="content")
            st.page_link(page("integrity"), label="Open Integrity", icon=":material/verified_user:")
    if not named:
        return
    shown = sorted(names[rep] for rep in named if rep in names)
    settled = [each for each in st.session_state.get(_SETTLED, []) if each in shown]
    st.session_state[_SETTLED] = settled
    apart = len(named) - len(settled)
    with st.container(horizontal=True, vertical_alignment="center"):
        said = words.set_apart_sentence(apart) if apart else words.compared_too_sentence(len(named))
        st.markdown(said, width="content")
        st.page_link(page("integrity"), label="Open Integrity", icon=":material/verified_user:")
        with st.popover("Compare again", icon=":material/how_to_reg:"):
            st.multiselect("We have talked with", shown, key=_SETTLED, persist_state="session", width=420,
                           placeholder="Choose reps", help=words.SET_APART_HELP)  # fmt: skip
