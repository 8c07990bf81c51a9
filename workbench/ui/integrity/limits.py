"""What cannot be told from this data, and what would help."""

from __future__ import annotations

import streamlit as st

from workbench.ui.session.cached_integrity import CountsWithFlags
from workbench.ui.session.navigation import page
from workbench.words import integrity_limits as words
from workbench.words.markdown import plain


def show_limits(found: CountsWithFlags) -> None:
    """One line per check that cannot tell."""
    limits = found.flags.cannot_tell
    if not limits:
        st.caption("Every check could run.")
        return
    st.markdown("\n".join(f"- {plain(said)}" for said in words.cannot_tell_sentences(limits)))
    st.page_link(page("data"), label="Say what the columns hold", icon=":material/table:")
