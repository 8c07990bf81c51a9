"""What happened to the goal, and to a KPI, since a day: shown at a review."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.design.model import Goal, Kpi
from workbench.errors import InputError
from workbench.formula.formula import quote_name
from workbench.scoring.before_since import BeforeSince, compare_before_since
from workbench.words import pivots as words
from workbench.words.markdown import plain


@st.cache_resource(max_entries=128, show_spinner=False)
def _compared(_panel: Panel, panel_key: str, formula: str, day: dt.date, until: dt.date | None) -> BeforeSince | None:
    try:
        return compare_before_since(_panel, formula, day, until)
    except InputError:
        return None


def show_since(panel: Panel, goal: Goal, day: dt.date, until: dt.date | None = None, kpi: Kpi | None = None) -> None:
    """The goal and the KPI since a day beside as many periods before; what no longer fits the data is left out."""
    both = []
    if kpi is not None and kpi.formula and (found := _compared(panel, panel.key, kpi.formula, day, until)):
        both.append((found, words.kpi_since_sentence(kpi, found, panel.grain)))
    if found := _compared(panel, panel.key, quote_name(goal.measure), day, until):
        both.append((found, words.goal_since_sentence(goal, found, panel.grain)))
    for _, sentence in both:
        st.markdown(f":material/timeline: {plain(sentence)}")
    if any(found.n_since and found.n_before for found, _ in both):
        st.caption(words.NOT_WHY)
