"""Whether KPIs stopped measuring once they became targets, and whether values crowd at the target."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from workbench.data.model.panel import PERIOD, Panel
from workbench.design.model import Design
from workbench.integrity.bunching import Bunching
from workbench.integrity.calibration.target_worlds import load_target_table
from workbench.integrity.came_to_nothing import count_came_to_nothing
from workbench.integrity.decoupling import TargetDates
from workbench.integrity.suspect_counts import SuspectCounts
from workbench.ui.integrity.gaming import can_be_scored
from workbench.ui.session.cached_gaming import cached_bunching, cached_decoupling
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import how_computed
from workbench.words import gaming as words
from workbench.words import target_calibration as reliability
from workbench.words.kpis import goal_name
from workbench.words.markdown import plain
from workbench.words.panels import period_name

_SINCE, _UNTIL = "integrity.since", "integrity.until"
_CHOSEN_FROM, _CHOSEN_TO = "integrity.chosen_from", "integrity.chosen_to"


def show_since_target(panel: Panel, design: Design, counts: SuspectCounts) -> None:
    """One line a KPI, with the slopes behind it."""
    if not can_be_scored(panel, design):
        return
    dates = _dates(panel)
    since, chosen_on = dates.since, dates.chosen_on
    goal, units = goal_name(design.required_goal, panel), {kpi.name: kpi.unit for kpi in design.kpis}
    told = [cached_decoupling(panel, design, k, since, dates.until, chosen_on) for k in range(len(design.kpis))]
    for found in sorted(told, key=lambda one: (one.fall is None, one.lacking is not None)):
        with st.container(border=found.fall is not None, gap="small"):
            st.markdown(plain(words.since_sentence(found, goal)))
            for said in (words.date_sentence(found, since is not None), words.flat_months_sentence(found, goal)):
                if said:
                    st.markdown(plain(said))
            if small := words.since_small_print(
                found, goal, design.required_goal.unit, len(chosen_on), units.get(found.kpi)
            ):
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
    _show_reliability()


def _show_reliability() -> None:
    rows = load_target_table()
    show_heading(reliability.TARGET_RELIABILITY, "subheader")
    st.markdown("\n".join(f"- {plain(said)}" for said in reliability.target_reliability_sentences(rows)))
    with st.expander("All simulated teams", icon=":material/table_rows:"):
        st.dataframe(reliability.target_reliability_table(rows), hide_index=True)
        st.caption(reliability.TARGET_METHOD)


def _show_came_to_nothing(
    panel: Panel, design: Design, k: int, crowd: Bunching, counts: SuspectCounts, since: pd.Timestamp | None
) -> None:
    beside = count_came_to_nothing(panel, design, k, crowd, counts, since)
    st.markdown(plain(words.came_to_nothing_sentence(beside, panel.grain)))
    if small := words.came_to_nothing_small_print(beside):
        st.caption(plain(small))


def _dates(panel: Panel) -> TargetDates:
    """From when to when the KPIs were targets, by month, and by which months they were chosen.

    Without a first month it is searched for; months by which the KPIs were chosen are left out of the slopes.
    """
    every = sorted(panel.frame[PERIOD].dt.to_period("M").dt.to_timestamp().unique())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = _month("Target since", every[1:], _SINCE, words.SEARCH)
        until = None
        if since:
            until = _month("Until", [month for month in every if month > since], _UNTIL, words.STILL)
        first = _month("KPIs chosen by data from", every, _CHOSEN_FROM, words.NOT_SAID, words.CHOSEN_HELP)
        last = None
        if first:
            later = [month for month in every if month > first]
            last = _month("To", later, _CHOSEN_TO, words.THAT_MONTH)
        how_computed(words.SINCE_METHOD)
    chosen_on = tuple(month for month in every if first and first <= month <= (last or first))
    return TargetDates(since, until, chosen_on)


def _month(
    label: str, months: Sequence[pd.Timestamp], key: str, without: str, about: str | None = None
) -> pd.Timestamp | None:
    """A choice of one of the months, or of none of them."""
    options: list[pd.Timestamp | None] = [None, *months]
    return st.selectbox(
        label, options, key=key, width=220, persist_state="session", help=about,
        format_func=lambda month: period_name(month, "month") if month else without,
    )  # fmt: skip
