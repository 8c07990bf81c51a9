"""The first KPIs of a design: some that the measures suggest, chosen together, each with its target."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workbench.charts.palette import ACCENT
from workbench.charts.team_trend import trend_alt, trend_chart
from workbench.data.model.panel import Panel
from workbench.design.model import Design, Kpi
from workbench.design.suggest_kpis import KpiSuggestion, suggest_kpis
from workbench.scoring.targets import team_averages, whole_period_averages
from workbench.ui.goal_and_kpis import editing
from workbench.ui.goal_and_kpis.measuring import add_measured_together, with_target_and_weight
from workbench.ui.session.cached_targets import cached_reach
from workbench.ui.widgets.caution_line import show_kpi_caution, show_shared_caution
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import primary_label
from workbench.ui.widgets.picture import show_chart
from workbench.words.kpi_cards import card_line
from workbench.words.kpis import goal_name, suggestion_words
from workbench.words.markdown import plain
from workbench.words.numbers import pluralize

ACROSS = 3
_CHOSEN = "kpis.first."


def first_kpis_form(panel: Panel, design: Design) -> tuple[Kpi, ...]:
    """No KPI yet: what they are for, and some that the measures themselves suggest; returns those that are ticked."""
    goal = plain(goal_name(design.goal, panel))
    show_heading(f"Work backwards from {goal}")
    st.markdown(f"What must a rep do for {goal} to happen? Choose three to five, or write your own below.")
    offered = suggest_kpis(design, panel)
    show_shared_caution(panel, [each.kpi for each in offered])
    for start in range(0, len(offered), ACROSS):
        for column, each in zip(st.columns(ACROSS), offered[start : start + ACROSS], strict=False):
            with column, st.container(border=True, height="stretch", gap="small"):
                _offer(panel, design, each, [one.kpi for one in offered])
    chosen = tuple(each.kpi for each in offered if st.session_state.get(_CHOSEN + (each.kpi.formula or "")))
    label = "Use this KPI" if len(chosen) == 1 else f"Use these {pluralize(len(chosen), 'KPI')}"
    if offered:
        st.button(primary_label(label if chosen else "Choose KPIs above", bool(chosen)), type="primary",
                  icon=":material/arrow_forward:", key="kpis.first", disabled=not chosen,
                  on_click=_use, args=(panel, chosen))  # fmt: skip
    return chosen


def _offer(panel: Panel, design: Design, offered: KpiSuggestion, among: Sequence[Kpi]) -> None:
    """What it would measure, the team's value, trend and target, and whether it is chosen."""
    kpi = with_target_and_weight(panel, design, offered.kpi)
    found = cached_reach(panel, kpi)
    st.checkbox(f"**{plain(kpi.name)}**", key=_CHOSEN + (kpi.formula or ""), persist_state="session")
    st.caption(plain(suggestion_words(offered, panel.measures)))
    show_kpi_caution(panel, kpi, among)
    if found is not None:
        average = team_averages(found)
        st.markdown(plain(card_line(whole_period_averages(found, panel), kpi)))
        show_chart(
            trend_chart(average, panel.grain, ACCENT, kpi.name, spark=True),
            key=f"kpis.offered.{kpi.formula}",
            alt=trend_alt(average, panel.grain, kpi.name),
        )


def _use(panel: Panel, chosen: tuple[Kpi, ...]) -> None:
    """Callback: add the chosen KPIs with their targets, as one step."""
    add_measured_together(panel, chosen)
    editing.select_path((0,))
