"""Why a KPI is necessary, in the user's words, beside the reps who made the goal without it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.charts.palette import KINDS
from workbench.charts.quadrants import quadrants_alt, quadrants_chart
from workbench.data.model.panel import Panel
from workbench.design.edits import Path
from workbench.design.model import Design, Kpi
from workbench.scoring.goal_without_kpi import GoalWithoutKpi
from workbench.ui.goal_and_kpis import editing
from workbench.ui.session import state
from workbench.ui.session.cached_targets import cached_goal_without_kpi
from workbench.ui.widgets.bound import bound_text_area
from workbench.ui.widgets.parts import how_computed, text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words.evidence_actions import REMOVE_PLAN, trial_words
from workbench.words.kpis import (
    NECESSARY_HINT,
    NECESSARY_QUESTION,
    WITHOUT_METHOD,
    box_tickers_words,
    goal_name,
    goal_without_kpi_sentence,
    is_rate,
    kpi_unit,
    title_with_unit,
    unit_of_goal,
)
from workbench.words.lists import list_names
from workbench.words.markdown import plain

MOST_REPS = 12


def necessity_view(panel: Panel, design: Design, path: Path, kpi: Kpi) -> None:
    """The question with a field for the answer, and what the history answers."""
    if kpi.trial is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/science: {plain(trial_words(kpi.trial))}", width="content")
            st.button(REMOVE_PLAN, icon=":material/delete:", type="tertiary", key=f"kpis.plan.off.{path}",
                      on_click=editing.change_kpi, args=(path, "trial removed"), kwargs={"trial": None})  # fmt: skip
    left, right = st.columns([4, 6], gap="medium")
    with left:
        st.markdown(f"**{NECESSARY_QUESTION}**")
        bound_text_area(
            "Answer",
            kpi.necessary,
            lambda text: editing.change_kpi(path, "necessity", necessary=text or None),
            f"kpis.necessary.{path}",
            placeholder=NECESSARY_HINT,
            label_visibility="collapsed",
            height=100,
            max_chars=600,
        )
        found = cached_goal_without_kpi(panel, design.goal, kpi, design.scoring) if design.goal else None
        goal = goal_name(design.goal, panel)
        if found is None:
            st.caption("Give both the KPI and the goal a target to see who made the goal without the KPI.")
            return
        names = state.display_names(panel)
        st.markdown(f"**{plain(goal_without_kpi_sentence(found, goal, kpi.name))}**")
        _reps_of_kind(found, "unsung_seller", names, "")
        _reps_of_kind(found, "box_ticker", names, box_tickers_words(found))
        how_computed(WITHOUT_METHOD)
    if found.reps.empty:
        return
    with right:
        kpi_title = (
            f"{kpi.name} (points)"
            if kpi.kpis or not isinstance(kpi.direction, str)
            else title_with_unit(kpi.name, kpi_unit(kpi, panel, found.reps["kpi"]))
        )
        goal_title = title_with_unit(goal, unit_of_goal(design.required_goal, panel))
        show_chart(
            quadrants_chart(
                found, names, kpi_title, goal_title, text_colour(), None if is_rate(kpi) else kpi.unit or ""
            ),
            key=f"kpis.without.{path}",
            alt=quadrants_alt(found, kpi_title, goal_title),
        )


def _reps_of_kind(found: GoalWithoutKpi, kind: str, names: Mapping[str, str], said: str) -> None:
    """The reps of one kind, behind a dot in the colour they have in the picture."""
    reps = found.of(kind)
    if reps:
        text = (f"{said}: " if said else "") + list_names([names[rep] for rep in reps], MOST_REPS)
        st.markdown(f':color[●]{{foreground="{KINDS[kind]}"}} {plain(text)}')
