"""The trial that is open, carried by the link as ``?trial=…``; Back goes to what was open before."""

from __future__ import annotations

import streamlit as st

from workbench.ui.session.part_link import PARAMETER as PART

PARAMETER = "trial"
_OPEN, _SEEN = "trials.open", "trials.seen"


def open_trial_key() -> str:
    """The key of the trial that was open last; "" for none."""
    key: str = st.session_state.get(_OPEN, "")
    return key


def open_trial(key: str) -> None:
    """Open a trial when page Trials is next drawn; "" shows all of them."""
    st.session_state[_OPEN] = key
    st.session_state[_SEEN] = st.query_params.get(PARAMETER, "")


def link_leads() -> bool:
    """Whether a link to a trial was just opened."""
    asked = st.query_params.get(PARAMETER, "")
    return bool(asked) and asked != st.session_state.get(_SEEN, "")


def follow_trial() -> str:
    """Bring link and session together and return the key of the open trial, "" for none; before anything is drawn.

    A link that differs from the one last seen was opened, or came from Back: it leads. Another trial opens at its first
    part, in one step of the browser's history.
    """
    asked = st.query_params.get(PARAMETER, "")
    if asked != st.session_state.get(_SEEN, ""):
        st.session_state[_OPEN] = asked
    now: str = st.session_state.get(_OPEN, "")
    if now != asked:
        others = {name: value for name, value in st.query_params.items() if name not in (PARAMETER, PART)}
        st.query_params.from_dict(others | ({PARAMETER: now} if now else {}))
    st.session_state[_SEEN] = now
    return now
