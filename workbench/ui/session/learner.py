"""Who is learning: the person who is signed in, else the browser, known by a random id that it keeps."""

from __future__ import annotations

import hashlib
import secrets

import streamlit as st

from workbench.learn.progress_store import LEARNER

COOKIE = "kpi_workbench_learner"
_KEY = "context.learner"


def current_learner() -> str:
    """The id under which predictions are kept; never a name or an address."""
    user = st.user.to_dict()
    if user.get("is_logged_in"):
        who = f"{user.get('iss', '')}|{user.get('sub') or user.get('email', '')}"
        return hashlib.sha256(who.encode()).hexdigest()[:16]
    kept = kept_in_browser()
    if kept:
        return kept
    return st.session_state.setdefault(_KEY, secrets.token_hex(8))


def kept_in_browser() -> str:
    """The id that the browser brought; empty where it has none, or is not to be asked since somebody is signed in."""
    brought = st.context.cookies.get(COOKIE)
    return brought if isinstance(brought, str) and LEARNER.fullmatch(brought) else ""


def is_signed_in() -> bool:
    return bool(st.user.to_dict().get("is_logged_in"))
