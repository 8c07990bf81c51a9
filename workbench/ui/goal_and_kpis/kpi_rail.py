"""Cards of all KPIs with share, trend and target; adding KPIs and combining them."""

from __future__ import annotations

import streamlit as st

from workbench.charts.team_trend import trend_alt, trend_chart
from workbench.data.model.panel import Panel
from workbench.design import edits
from workbench.design.driver_tree import GOAL
from workbench.design.edits import Path
from workbench.design.kpi_edits import group_kpis_with_path
from workbench.design.model import Design, Kpi
from workbench.design.suggest_kpis import KpiSuggestion, suggest_kpis
from workbench.scoring.targets import TargetHistory, team_averages, whole_period_averages
from workbench.ui.goal_and_kpis import editing
from workbench.ui.goal_and_kpis.measuring import add_measured, add_measured_together
from workbench.ui.session import state
from workbench.ui.session.cached_targets import cached_goal_without_kpi, cached_reach
from workbench.ui.widgets.caution_line import show_kpi_caution, show_shared_caution
from workbench.ui.widgets.parts import primary_label
from workbench.ui.widgets.picture import show_chart
from workbench.words.kpi_cards import card_line
from workbench.words.kpis import goal_without_kpi_words, suggestion_words
from workbench.words.markdown import plain
from workbench.words.numbers import percent


def kpi_rail(panel: Panel, design: Design, chosen: Path | None) -> None:
    """One card a KPI, then the ways to get more of them."""
    shares, colours = design.shares(), editing.all_kpi_colours(design)
    show_shared_caution(panel, design.kpis)
    for place, kpi in enumerate(design.kpis):
        with st.container(border=True, gap="xsmall"):
            _card(panel, design, (place,), chosen, colours[kpi.name], percent(shares[kpi.name]))
            for at, part in enumerate(kpi.kpis):
                _name_button(part, (place, at), chosen, colours[kpi.name])
    with st.container(horizontal=True):
        with st.popover(primary_label("Add a KPI"), icon=":material/add:", type="primary", width="stretch"):
            _add(panel, design)
        if len(design.kpis) > 1:
            with st.popover("Combine", icon=":material/join_inner:", width="stretch"):
                _combine(design)


def _card(panel: Panel, design: Design, path: Path, chosen: Path | None, colour: str, share: str) -> None:
    kpi = edits.kpi_at(design, path)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        _name_button(kpi, path, chosen, colour)
        st.markdown(f"**{share}**", width="content")
    found = cached_reach(panel, kpi)
    made = cached_goal_without_kpi(panel, design.goal, kpi, design.scoring) if design.goal else None
    st.caption("  \n".join(line for line in (_line(panel, kpi, found), goal_without_kpi_words(made)) if line))
    if found is None:
        return
    show_kpi_caution(panel, kpi, design.kpis)
    average = team_averages(found)
    show_chart(
        trend_chart(average, panel.grain, colour, kpi.name, spark=True),
        key=f"kpis.spark.{path}",
        alt=trend_alt(average, panel.grain, kpi.name),
    )


def _line(panel: Panel, kpi: Kpi, found: TargetHistory | None) -> str:
    if found is None:
        return f"made of {len(kpi.kpis)} KPIs" if kpi.kpis else "not measured yet"
    line = card_line(whole_period_averages(found, panel), kpi)
    return plain(line) + (f" · {percent(found.share)} hit it" if found.n else "")


def _name_button(kpi: Kpi, path: Path, chosen: Path | None, colour: str) -> None:
    dot = f':color[●]{{foreground="{colour}"}}'
    st.button(f"{dot} {plain(kpi.name)}", key=f"kpis.card.{'.'.join(map(str, path))}", on_click=editing.select_path,
              args=(path,), type="secondary" if path == chosen else "tertiary")  # fmt: skip


def _add(panel: Panel, design: Design) -> None:
    for each in suggest_kpis(design, panel, most=4):
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            st.markdown(_suggestion_text(each, panel), width="stretch")
            st.button("Add", icon=":material/add:", key=f"kpis.add.{each.kpi.formula}", on_click=add_measured,
                      args=(panel, each.kpi))  # fmt: skip
    own_kpi_field(panel)


def _suggestion_text(offered: KpiSuggestion, panel: Panel) -> str:
    return f"**{plain(offered.kpi.name)}**  \n:gray[{plain(suggestion_words(offered, panel.measures))}]"


def own_kpi_field(panel: Panel, ticked: tuple[Kpi, ...] = ()) -> None:
    """A field for the name of a KPI that nobody suggests; it comes in with the suggestions that are ticked.

    In a form, since the browser sends a field's text again when it goes away: every later click made a twin.
    """
    with (
        st.form("kpis.own.form", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input("A KPI of my own", key="kpis.own", placeholder="Its name", max_chars=60)
        st.form_submit_button("Add it", key="kpis.own.add", on_click=_add_own, args=(panel, ticked))


def _add_own(panel: Panel, ticked: tuple[Kpi, ...]) -> None:
    name = st.session_state["kpis.own"].strip()
    if not name:
        return
    own = Kpi(name=name, drives=GOAL, edge="believed")
    if ticked:
        editing.select_path(add_measured_together(panel, ticked, own))
    else:
        editing.add_and_select(own)


def _combine(design: Design) -> None:
    st.markdown("Count several KPIs as one, such as calls, e-mails and social messages.")
    names = st.pills("Which", [kpi.name for kpi in design.kpis], selection_mode="multi", key="kpis.combine.which",
                     format_func=plain)  # fmt: skip
    name = st.text_input("Name", key="kpis.combine.name", placeholder="Communications", max_chars=60).strip()
    ready = len(names) > 1 and bool(name)
    st.button(primary_label("Combine", ready), type="primary", disabled=not ready, on_click=_put_together,
              args=(tuple(names), name), key="kpis.combine.do")  # fmt: skip


def _put_together(names: tuple[str, ...], name: str) -> None:
    after, path = group_kpis_with_path(state.current_design(), names, name)
    state.change_design(after, f"{edits.kpi_at(after, path).name} combined")
    editing.select_path(path)
    st.session_state["kpis.combine.which"] = []
