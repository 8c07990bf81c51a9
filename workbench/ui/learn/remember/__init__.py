"""Keep the learner's id in the browser, so that another tab or day goes on with the same predictions."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from workbench.ui.session.learner import COOKIE, current_learner, is_signed_in, kept_in_browser

_mount = st.components.v2.component("workbench.remember", js=(Path(__file__).parent / "remember.js").read_text("utf-8"))


def remember_learner() -> None:
    """Have the browser keep the id; nothing where it has it, or where somebody is signed in."""
    if not is_signed_in() and not kept_in_browser():
        _mount(key="learn.remember", data={"name": COOKIE, "value": current_learner()})
