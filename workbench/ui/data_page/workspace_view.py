"""Where work is kept, folded away: its place, a backup with one click, and the way back from one."""

from __future__ import annotations

import datetime as dt
import tempfile

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.errors import Issue, Where
from workbench.rights.acting import current_person
from workbench.store.backup import BadBackupError, restore_backup, write_backup
from workbench.store.opening import open_store, reading
from workbench.store.takeover import ASIDE
from workbench.ui.data_page.leavers import show_people
from workbench.ui.session import state
from workbench.ui.session.noted_download import noted
from workbench.ui.session.saving import saving
from workbench.ui.widgets.parts import primary_label, show_issues
from workbench.words import sharing
from workbench.words import workspace as words

_MOST_LINES = 1_000
_RESTORED, _TURN = "data.restored", "data.restore.turn"


def show_workspace() -> None:
    """Folded away at the end of the page; what was just restored stands before it."""
    if said := st.session_state.pop(_RESTORED, ""):
        st.success(said, icon=":material/settings_backup_restore:")
    home = workspace_folder()
    store = open_store(home)
    with st.expander(words.TITLE, icon=":material/database:", key="data-workspace"):
        st.markdown(words.place_sentence(store.place))
        st.caption(words.files_sentence(str(home / "datasets")))
        if n_unread := _n_unread():
            st.caption(words.unread_sentence(n_unread, str(home / ASIDE)))
        name = words.backup_name(dt.datetime.now())
        made = noted(_backup, name, "backup")
        st.download_button(words.BACK_UP, made, name, "application/zip", icon=":material/download:",
                           on_click="ignore", key="data.backup", help=words.BACK_UP_HELP)  # fmt: skip
        if store.closed is None:
            _restore_part()
    if current_person() is not None:
        _show_log()


def _show_log() -> None:
    """What an admin reads: who signed in with which role, and what was done."""
    with saving(), reading(workspace_folder()) as store:
        lines = [sharing.log_line(line, st.context.timezone) for line in store.audit_log(_MOST_LINES)]
        with st.expander(sharing.LOG, icon=":material/history:", key="data-log"):
            st.dataframe(lines, hide_index=True)
    with saving():
        show_people()


def _restore_part() -> None:
    turn = st.session_state.get(_TURN, 0)
    brought = st.file_uploader(words.CHOOSE, type="zip", key=f"data.restore.{turn}")
    if brought is None:
        return
    st.warning(f"{words.REPLACES} {words.KEPT_FIRST}", icon=":material/warning:")
    if not st.button(primary_label(words.RESTORE), type="primary", key="data.restore.go",
                     icon=":material/settings_backup_restore:"):  # fmt: skip
        return
    with saving():
        try:
            content = restore_backup(workspace_folder(), brought)
        except BadBackupError:
            show_issues([Issue.of("error", "bad_backup", Where(file=brought.name))])
            return
        st.session_state[_TURN] = turn + 1
        st.session_state[_RESTORED] = words.restored_sentence(content)
        state.forget_drafts_of_session()
    st.rerun()


def _backup() -> bytes:
    """Runs on click, outside the page."""
    with tempfile.TemporaryFile() as made:
        write_backup(workspace_folder(), made)
        made.seek(0)
        return made.read()


def _n_unread() -> int:
    """How many files of an earlier version could not be taken over."""
    with saving(), reading(workspace_folder()) as store:
        return sum(len(line["facts"].get("unread", ())) for line in store.audit_log(action="take over"))
    return 0
