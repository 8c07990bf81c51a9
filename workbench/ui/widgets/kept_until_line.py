"""Until when something that was deleted can be restored, under the button that restores it."""

from __future__ import annotations

import streamlit as st

from workbench.store.document_rows import UNDO
from workbench.words.data_sets import kept_until
from workbench.words.markdown import plain


def show_kept_until(deleted_at: str | None) -> None:
    """One small line; ``deleted_at`` is ISO, UTC, and None draws nothing."""
    if deleted_at:
        st.caption(plain(kept_until(deleted_at, UNDO, st.context.timezone)))
