"""Whether KPIs stopped measuring once they became targets, and whether values crowd at the target."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.data.model.panel import PERIOD, Panel
from workbench.design.model import Design
from workbench.integrity.bunching import Bunching
from workbench.integrity.came_to_nothing import count_came_to_nothing
from workbench.integrity.suspect_counts import SuspectCounts
from workbench.ui.integrity.gaming import can_be_scored
from workbench.ui.session.cached_gaming import cached_bunching, cached_decoupling
from workbench.ui.widgets.parts import how_computed
from workbench.words import gaming as words
from workbench.words.kpis import goal_name
from workbench.words.markdown import plain
from workbench.words.panels import period_name

_SINCE, _UNTIL = "integrity.since", "integrity.until"


def show_since_target(panel: Panel, design: Design, counts: SuspectCounts) -> None:
    """One line a KPI, with the slopes behind it."""
    if not can_be_scored(panel, design):
        return
    since, until = _dates(panel)
    goal = goal_name(design.required_goal, panel)
    told = [cached_decoupling(panel, design, k, since, until) for k in range(len(design.kpis))]
    for found in sorted(told, key=lambda one: (one.fall is None, one.lacking is not None)):
        with st.container(border=found.fall is not None, gap="small"):
            st.markdown(plain(words.since_sentence(found, goal)))
            if said := words.flat_months_sentence(found, goal):
                st.markdown(plain(said))
            if small := words.since_small_print(found, goal, design.required_goal.unit):
                st.caption(plain(small))
    crowds = [(k, cached_bunching(panel, design, k, since)) for k in range(len(design.kpis))]
    if not any(crowd.found for _, crowd in crowds):
        st.markdown(words.NO_CROWDS)
    for k, crowd in sorted(crowds, key=lambda one: not one[1].found):
        if crowd.lacking in ("no_target", "composite", "band"):
            continue
        if said := words.crowding_sentence(crowd, panel.grain):
            st.markdown(plain(said)) if crowd.found else st.caption(plain(said))
        if crowd.found:
            _show_came_to_nothing(panel, design, k, crowd, counts, since)


def _show_came_to_nothing(
    panel: Panel, design: Design, k: int, crowd: Bunching, counts: SuspectCounts, since: pd.Timestamp | None
) -> None:
    beside = count_came_to_nothing(panel, design, k, crowd, counts, since)
    st.markdown(plain(words.came_to_nothing_sentence(beside, panel.grain)))
    if small := words.came_to_nothing_small_print(beside):
        st.caption(plain(small))


def _dates(panel: Panel) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    """From when to when the KPIs were targets, by month; without a first month it is searched for."""
    months = sorted(panel.frame[PERIOD].dt.to_period("M").dt.to_timestamp().unique())[1:]
    first: list[pd.Timestamp | None] = [None, *months]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.selectbox(
            "Target since", first, key=_SINCE, width=220, persist_state="session",
            format_func=lambda month: period_name(month, "month") if month else words.SEARCH,
        )  # fmt: skip
        until = None
        if since:
            later: list[pd.Timestamp | None] = [None, *(month for month in months if month > since)]
            until = st.selectbox(
                "Until", later, key=_UNTIL, width=220,
                format_func=lambda month: period_name(month, "month") if month else words.STILL,
            )  # fmt: skip
        how_computed(words.SINCE_METHOD)
    return since, until
