"""How the app is shared with other machines: who comes in, and what every page says of it (see ``make serve``)."""

from __future__ import annotations

import os

import streamlit as st

from workbench.ui.session.navigation import ICON, PAGES, page
from workbench.words.sharing import ANYBODY, SIGN_IN_FIRST

SETTING = "WORKBENCH_SHARED"
OPEN, SIGN_IN = "open", "sign-in"


def show_sharing() -> None:
    """Say on every page that there is no sign-in, where the app is shared without."""
    if os.environ.get(SETTING) == OPEN:
        st.caption(f":material/lock_open: {ANYBODY}")


def is_turned_away() -> bool:
    """Whether whoever looks has to sign in first; then the page is the button that leads there."""
    if os.environ.get(SETTING) != SIGN_IN or st.user.to_dict().get("is_logged_in"):
        return False
    st.navigation([page(file, with_icon=False) for file in PAGES], position="hidden")  # each address is known
    st.set_page_config(page_title="KPI Design Workbench", page_icon=ICON)
    st.title("KPI Design Workbench")
    st.write(SIGN_IN_FIRST)
    st.button("Sign in", on_click=st.login, type="primary")
    return True
