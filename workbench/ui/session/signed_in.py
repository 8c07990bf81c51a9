"""Who is signed in, as colleagues call them."""

from __future__ import annotations

import streamlit as st


def name_of_user() -> str:
    """The name of who is signed in, else the e-mail address; empty where nobody is."""
    user = st.user.to_dict()
    return str(user.get("name") or user.get("email") or "") if user.get("is_logged_in") else ""
