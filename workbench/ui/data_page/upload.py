"""Upload box for several files of any supported format."""

from __future__ import annotations

import streamlit as st

from workbench.data.files.read_ahead import read_ahead
from workbench.data.library.data_sets import workspace_folder
from workbench.data.library.uploads import StagedUpload, stage_upload
from workbench.rights.may import Action, Thing
from workbench.store.kinds import DATA_SET
from workbench.ui.session.reading import reading_shown
from workbench.ui.session.signed_in import may_now
from workbench.words.sharing import NO_UPLOADS

SAID = (
    "CSV, Excel, Parquet, JSON lines or SQLite, also zipped (.gz). Several files at once: calls, deals, the team list. "
    "Your files stay on the machine that runs this app."
)
_ROUND = "upload.round"


def upload_box(page: str) -> StagedUpload | None:
    """The uploader; what was put into it, put aside under safe names and read, or None while it is empty.

    Each upload is handed out once: the next one gets an uploader of its own, since the browser remembers its files.
    """
    if not may_now(Action.MAKE, Thing(DATA_SET)):
        st.caption(NO_UPLOADS)
        return None
    this_round = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader("Your own files", accept_multiple_files=True, key=f"{page}-files-{this_round}",
                             label_visibility="collapsed")  # fmt: skip
    st.caption(SAID)
    if not files:
        return None
    try:
        incoming = stage_upload(workspace_folder(), [(file.name, file) for file in files])
        with reading_shown(_begin_next_round):
            read_ahead(incoming.folder, incoming.tables)
    except Exception:  # not when Streamlit breaks the run off, which is no Exception
        _begin_next_round()
        raise
    _begin_next_round()
    return incoming


def _begin_next_round() -> None:
    """Not before the files are read or refused, or somebody cancels: a page that is drawn anew goes on with them."""
    st.session_state[_ROUND] += 1
