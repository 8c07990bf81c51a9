"""Hand the open data set or design over to a colleague or a team, and take that back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.data.library.handing_on import hand_on_data_set, reads_connection
from workbench.rights.may import Action
from workbench.rights.person import Person
from workbench.store.document_rows import StoredDocument
from workbench.store.kinds import DATA_SET, SAVED_DESIGN
from workbench.store.opening import reading, writing
from workbench.store.ownership import HandedOn, hand_on
from workbench.ui.session import state
from workbench.ui.session.owners import (
    forget_hand_over,
    hand_over,
    just_handed_over,
    owner_name,
    possible_owners,
    undo_hand_over,
)
from workbench.words import sharing as words
from workbench.words.markdown import plain

_KEY = "context.hand_over"


def show_hand_over(entry: DataSetEntry, person: Person) -> None:
    """Choose what goes to whom; nothing where the person owns neither the data set nor the design."""
    document = state.current_draft().document
    offered: dict[str, StoredDocument] = {}
    with reading(workspace_folder()) as store:
        for label, kind, key in ((words.DATA_SET, DATA_SET, ""), (words.DESIGN, SAVED_DESIGN, document)):
            found = store.find(kind, entry.id, key)
            if found is not None and store.rights.may(Action.MANAGE, found):
                offered[label] = found
    if entry.kind == "upload" and person.role != "admin" and reads_connection(workspace_folder(), entry.id):
        offered.pop(words.DATA_SET, None)
    if not offered:
        return
    with st.expander(words.HAND_OVER, icon=":material/move_item:", key=_KEY):
        what = st.selectbox(words.HAND_OVER_WHAT, list(offered), key=f"{_KEY}.what")
        found = offered.get(what or "", next(iter(offered.values())))
        to = possible_owners(person, found.owner)
        if not to:
            st.caption(words.NOBODY_TO_OWN)
            return
        chosen = st.selectbox(words.HAND_OVER_TO, list(to), index=None, key=f"{_KEY}.to", format_func=to.__getitem__,
                              placeholder=words.CHOOSE_OWNER)  # fmt: skip
        st.caption(words.HAND_OVER_HELP)
        if found.kind == DATA_SET and reads_connection(workspace_folder(), entry.id):
            st.caption(words.READS_A_DATABASE)
        st.button(words.HAND_OVER, key=f"{_KEY}.go", disabled=chosen is None, on_click=_hand_over,
                  args=(entry, found, chosen or ""))  # fmt: skip


def show_just_handed_over() -> None:
    """What was just handed over, with its undo, on whatever page."""
    just = just_handed_over()
    if just is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/move_item: {plain(just.said)}", width="stretch")
        if just.moved:
            st.button("Undo", key=f"{_KEY}.undo", icon=":material/undo:", on_click=undo_hand_over)
        st.button("", key=f"{_KEY}.close", icon=":material/close:", type="tertiary", help="Close",
                  on_click=forget_hand_over)  # fmt: skip


def _hand_over(entry: DataSetEntry, found: StoredDocument, to: str) -> None:
    is_data = found.kind == DATA_SET
    name, to_name = entry.name if is_data else state.current_design().name, owner_name(to)
    move = partial(hand_on_data_set, workspace_folder(), entry.id, to) if is_data else partial(_hand_one_on, found, to)
    hand_over(move, lambda moved: words.handed_over_sentence(name, to_name) if moved else words.HAS_IT_ALREADY)


def _hand_one_on(found: StoredDocument, to: str) -> tuple[HandedOn, ...]:
    with writing(workspace_folder()) as store:
        moved = hand_on(store, found.kind, found.data, found.key, to)
    return (moved,) if moved is not None else ()
