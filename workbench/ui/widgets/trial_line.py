"""A line on trials that run or are planned, with the way to them."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.trials.plan_card import data_until
from workbench.trials.trial_state import trial_state
from workbench.ui.session import state
from workbench.ui.session.cached_trials import kept_trials
from workbench.ui.session.navigation import page
from workbench.words.trials import mentioned_trials


def show_trial_line(panel: Panel) -> None:
    """Nothing without a running or planned trial."""
    entry = state.current_entry()
    if entry is None or panel.frame.empty:
        return
    today = dt.date.today()
    states = [trial_state(kept.file, data_until(panel, today), today) for kept in kept_trials(entry)]
    said = mentioned_trials(states.count("running"), states.count("planned"))
    if said:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(said, width="content")
            st.page_link(page("trials"), label="Open Trials", icon=":material/science:")
