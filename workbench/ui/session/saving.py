"""What cannot be saved: the page goes on, and says so in one line."""

from __future__ import annotations

from contextlib import AbstractContextManager

import streamlit as st

from workbench.data.library.data_sets import workspace_folder
from workbench.store.opening import open_store

_UNSAVED = "context.unsaved"


class saving(AbstractContextManager[None, bool]):
    """Save or read something kept within; a disk that is full, gone or closed ends the block and is remembered."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, OSError):
            return False
        note_unsaved(error.strerror or type(error).__name__)
        return True


def note_unsaved(why: str) -> None:
    """Remember why something was not saved, for the page that is drawn next."""
    st.session_state[_UNSAVED] = why


def take_unsaved() -> str | None:
    """The reason why something could not be saved since the page was last drawn, or why nothing can be saved now."""
    closed = open_store(workspace_folder()).closed
    return st.session_state.pop(_UNSAVED, None) or (closed.strerror if closed else None)
