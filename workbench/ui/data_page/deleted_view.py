"""Delete the open data set, take that back at once, and restore what was deleted in the last 30 days."""

from __future__ import annotations

import streamlit as st

from workbench.data.library import deletion
from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.data.library.versions import newer_versions
from workbench.rights.may import Action, Thing
from workbench.store.document_rows import UNDO
from workbench.store.kinds import DATA_SET
from workbench.ui.session import state
from workbench.ui.session.saving import saving
from workbench.ui.session.signed_in import may_now
from workbench.ui.widgets.parts import primary_label
from workbench.words import data_sets as words
from workbench.words import history
from workbench.words.markdown import plain
from workbench.words.numbers import pluralize

DELETED = "data.deleted"


def delete_button(entry: DataSetEntry) -> None:
    """The button that deletes the open data set; an older version is deleted with its latest one only."""
    if not may_now(Action.MANAGE, Thing(DATA_SET, entry.owner, entry.shared)):
        return
    if entry.kind != "upload" or newer_versions(workspace_folder(), entry.id):
        return
    with st.popover("", icon=":material/delete:", help="Delete this data set"):
        st.markdown(words.deleted_words(len(deletion.own_versions(workspace_folder(), entry.id))))
        st.button(primary_label("Delete it"), key="data.remove", type="primary", on_click=_delete, args=(entry,))


def _delete(entry: DataSetEntry) -> None:
    with saving():
        deletion.delete_data_set(workspace_folder(), entry.id)
        state.open_dataset(state.NO_DATA)
        st.session_state[DELETED] = entry.id


def show_just_deleted() -> None:
    """What was just deleted, with its undo."""
    gone = {each.entry.id: each for each in deletion.list_deleted(workspace_folder())}
    just = gone.get(st.session_state.get(DELETED, ""))
    if just is not None:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/delete: Deleted **{plain(just.entry.name)}**.", width="stretch")
            st.button("Undo", key="data.deleted.undo", icon=":material/undo:", on_click=_restore, args=(just.entry.id,))


def show_recently_deleted() -> None:
    """What can still be restored, folded away; nothing if there is nothing."""
    with saving():
        deletion.erase_old(workspace_folder())
    gone = deletion.list_deleted(workspace_folder())
    if not gone:
        return
    zone = st.context.timezone
    with st.expander(f"Recently deleted: {pluralize(len(gone), 'data set')}", icon=":material/delete_history:",
                     key="data-deleted"):  # fmt: skip
        for each in gone:
            with st.container(horizontal=True, vertical_alignment="center"):
                said = [words.kept_until(each.at, UNDO, zone), history.figures_words(each.entry.figures)]
                st.markdown(f"**{plain(each.entry.name)}**  \n:gray[{plain(' '.join(filter(None, said)))}]",
                            width="stretch")  # fmt: skip
                st.button("Restore", key=f"data.deleted.restore.{each.entry.id}", icon=":material/restore_from_trash:",
                          on_click=_restore, args=(each.entry.id,))  # fmt: skip
                st.button(words.GONE_FOR_GOOD, key=f"data.deleted.erase.{each.entry.id}", type="tertiary",
                          icon=":material/delete_forever:", on_click=_erase, args=(each.entry.id,))  # fmt: skip


def _restore(entry_id: str) -> None:
    with saving():
        if deletion.restore_data_set(workspace_folder(), entry_id):
            st.session_state.pop(DELETED, None)
            state.open_dataset(entry_id)


def _erase(entry_id: str) -> None:
    with saving():
        deletion.erase_data_set(workspace_folder(), entry_id)
