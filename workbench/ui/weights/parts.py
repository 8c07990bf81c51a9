"""Small parts that the ways to weights share."""

from __future__ import annotations

import streamlit as st

from workbench.words.markdown import plain


def store_answers(key: str, value: list) -> None:
    """Callback: the answers so far."""
    st.session_state[key] = value


def coloured_name(name: str, colour: str) -> str:
    """Markdown of a KPI's name after a dot in its colour, as in every picture."""
    return f':color[●]{{foreground="{colour}"}} **{plain(name)}**'
