"""Who sees what: the open data set, the open design, and all else that the person at work saved about the data set."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.rights.acting import current_person
from workbench.rights.may import EVERYBODY, PRIVATE, TEAM, Action
from workbench.rights.person import Person
from workbench.store.document_rows import StoredDocument
from workbench.store.kinds import CAN_BE_SHARED, DATA_SET, SAVED_DESIGN
from workbench.store.opening import reading, writing
from workbench.ui.session import state
from workbench.ui.session.owners import owner_name, teams_known
from workbench.ui.session.saving import saving
from workbench.ui.shell.hand_over import show_hand_over
from workbench.ui.widgets.parts import quiet_label
from workbench.words import sharing as words
from workbench.words.markdown import plain

_KEY = "context.share"


def show_share_menu() -> None:
    """A popover with one choice a line; nothing where nobody signs in, or no data set is open."""
    person, entry = current_person(), state.current_entry()
    if person is None or entry is None:
        return
    with st.popover(quiet_label(words.SHARE), icon=":material/group:", key=_KEY, type="tertiary"), saving():
        _data_set(entry, person)
        _design(entry, person)
        for kind in CAN_BE_SHARED:
            if kind not in (DATA_SET, SAVED_DESIGN):
                _others_of_kind(entry, kind, person)
        if person.role != "viewer":
            st.caption(words.NEW_ONES_ARE_PRIVATE)
            show_hand_over(entry, person)


def _data_set(entry: DataSetEntry, person: Person) -> None:
    if entry.kind == "sample":
        st.caption(words.SAMPLE_IS_EVERYBODYS)
        return
    with reading(workspace_folder()) as store:
        found = store.find(DATA_SET, entry.id, "")
        may_share = found is not None and store.rights.may(Action.MANAGE, found)
    if found is not None and may_share:
        _choice(words.DATA_SET, [found], person)
    elif found is not None:
        st.caption(plain(words.belongs_sentence(owner_name(found.owner))))


def _design(entry: DataSetEntry, person: Person) -> None:
    with reading(workspace_folder()) as store:
        found = store.find(SAVED_DESIGN, entry.id, state.current_draft().document)
        may_share = found is not None and store.rights.may(Action.MANAGE, found)
    if found is not None and may_share:
        _choice(words.DESIGN, [found], person)
    elif found is not None:
        st.caption(plain(words.design_belongs_sentence(owner_name(found.owner))))
    elif person.role != "viewer":
        st.caption(words.NOT_SAVED_YET)


def _others_of_kind(entry: DataSetEntry, kind: str, person: Person) -> None:
    own = {person.id, "", *(TEAM + team for team in person.teams)}
    with reading(workspace_folder()) as store:
        found = [
            each for each in store.list(kind, entry.id)
            if each.owner in own and each.deleted_at is None and store.rights.may(Action.MANAGE, each)
        ]  # fmt: skip
    if found:
        _choice(words.kind_words(kind, len(found)), found, person)


def _choice(label: str, things: Sequence[StoredDocument], person: Person) -> None:
    """With whom these things are shared; a change is saved before the page is drawn again."""
    now = {each.shared for each in things}
    offered = [PRIVATE, *(TEAM + name for name in teams_known(person)), EVERYBODY]
    offered += sorted(now - {*offered})
    key = f"{_KEY}.{things[0].kind}.{things[0].data}.{things[0].key if len(things) == 1 else 'all'}"
    st.session_state[key] = now.pop() if len(now) == 1 else None
    st.selectbox(label, offered, key=key, format_func=_shown, placeholder=words.DIFFERENT, on_change=_save,
                 args=(things, lambda: st.session_state[key]))  # fmt: skip


def _save(things: Sequence[StoredDocument], chosen: Callable[[], str | None]) -> None:
    if (shared := chosen()) is None:
        return
    with saving(), writing(workspace_folder()) as store:
        for each in things:
            store.share(each.kind, each.data, each.key, shared)


def _shown(shared: str) -> str:
    return words.ONLY_YOU if shared == PRIVATE else words.with_whom(shared.removeprefix(TEAM), shared.startswith(TEAM))
