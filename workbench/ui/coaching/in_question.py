"""Set reps apart whose calls need a conversation first: empty calls look like weak ones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.data.model.panel import Panel
from workbench.errors import InputError
from workbench.integrity.suspect_share import several_checks
from workbench.phases.coaching_record import SettledRep, list_settled, settle_reps, unsettle_rep
from workbench.ui.session.cached_integrity import cached_flags
from workbench.ui.session.names_allowed import may_see_named_flags
from workbench.ui.session.navigation import page
from workbench.ui.session.saving import saving
from workbench.words import coaching as words
from workbench.words.markdown import plain

_SETTLED, _WHY = "coaching.settled", "coaching.settled_why"
MOST_TYPED = 200


def reps_in_question(entry: DataSetEntry, panel: Panel) -> tuple[str, ...]:
    """The reps whom Integrity names; none where it cannot look."""
    try:
        found = cached_flags(entry, panel)
    except InputError:
        return ()
    return tuple(flag.rep for flag in found.flags.named)


def reps_apart(entry: DataSetEntry, panel: Panel) -> tuple[str, ...]:
    """The reps in question with whom nobody has talked yet: they are not compared."""
    settled = {each.rep for each in known_settled(entry)}
    return tuple(rep for rep in reps_in_question(entry, panel) if rep not in settled)


def known_settled(entry: DataSetEntry) -> tuple[SettledRep, ...]:
    """With whom somebody talked about their calls, the last one last."""
    with saving():
        return list_settled(workspace_folder(), entry)
    return ()


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


def show_set_apart(entry: DataSetEntry, named: Collection[str], unnamed: bool, names: dict[str, str]) -> None:
    """That some reps are not compared, why, and the way to Integrity; or that calls may be empty (``unnamed``).

    ``names`` : of reps as shown.
    """
    if unnamed:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(words.MAY_BE_EMPTY, width="content")
            st.page_link(page("integrity"), label="Open Integrity", icon=":material/verified_user:")
    if not named:
        return
    settled = tuple(each for each in known_settled(entry) if each.rep in named and each.rep in names)
    apart = {names[rep]: rep for rep in set(named) - {each.rep for each in settled} if rep in names}
    with st.container(horizontal=True, vertical_alignment="center"):
        said = words.set_apart_sentence(len(apart)) if apart else words.compared_too_sentence(len(named))
        st.markdown(said, width="content")
        st.page_link(page("integrity"), label="Open Integrity", icon=":material/verified_user:")
        with st.popover("Compare again", icon=":material/how_to_reg:"):
            if apart:
                _show_form(entry, apart)
            for each in settled:
                with st.container(horizontal=True, vertical_alignment="center", width=420):
                    st.markdown(plain(words.settled_line(each, names)))
                    st.button("Set apart", key=f"coaching.apart.{names[each.rep]}", type="tertiary",
                              icon=":material/undo:", on_click=_set_apart, args=(entry, each.rep))  # fmt: skip


def _show_form(entry: DataSetEntry, apart: dict[str, str]) -> None:
    st.session_state[_SETTLED] = [shown for shown in st.session_state.get(_SETTLED, []) if shown in apart]
    with st.form("coaching.settle", border=False, width=420):
        st.multiselect("We have talked with", sorted(apart), key=_SETTLED, placeholder="Choose reps",
                       help=words.SET_APART_HELP)  # fmt: skip
        st.text_input("What came out", key=_WHY, max_chars=MOST_TYPED)
        st.form_submit_button("Compare again", key="coaching.settle.go", on_click=_settle, args=(entry, apart))


def _settle(entry: DataSetEntry, apart: dict[str, str]) -> None:
    """Callback: the chosen reps are compared from now on, and when and why is kept."""
    chosen = [apart[shown] for shown in st.session_state[_SETTLED] if shown in apart]
    if chosen:
        with saving():
            settle_reps(workspace_folder(), entry, chosen, st.session_state[_WHY].strip(), date.today())
        st.session_state[_SETTLED], st.session_state[_WHY] = [], ""


def _set_apart(entry: DataSetEntry, rep: str) -> None:
    """Callback: take back that somebody talked with a rep."""
    with saving():
        unsettle_rep(workspace_folder(), entry, rep)
