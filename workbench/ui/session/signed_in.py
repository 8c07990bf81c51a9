"""Who is signed in, as colleagues call them."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def name_of_user() -> str:
    """The name of who is signed in, else the e-mail address; empty where nobody is."""
    user = st.user.to_dict()
    return str(user.get("name") or user.get("email") or "") if user.get("is_logged_in") else ""


def author_at_work() -> str:
    """The same as the store keeps it with what is saved; empty outside a page, where nobody can be asked."""
    return name_of_user() if get_script_run_ctx(suppress_warning=True) is not None else ""
