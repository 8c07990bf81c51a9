"""Cache KPIs compared with their targets; the key holds only what changes the values."""

from __future__ import annotations

import streamlit as st
from pandas import DataFrame

from workbench.data.model.panel import Panel
from workbench.design.model import Goal, Kpi, Scoring
from workbench.errors import InputError
from workbench.scoring.goal_without_kpi import GoalWithoutKpi, classify_reps_by_goal_and_kpi
from workbench.scoring.targets import TargetHistory, kpi_target_history
from workbench.scoring.team_goal import TeamGoal, team_goal, team_goal_by_period
from workbench.scoring.values import goal_as_kpi


def cached_reach(panel: Panel, kpi: Kpi) -> TargetHistory | None:
    """The KPI against its target so far; None while it has no formula that can be read."""
    if kpi.formula is None:
        return None
    bare = Kpi(name="one", formula=kpi.formula, target=kpi.target, direction=kpi.direction)
    return _cached_reach(panel, panel.key, bare)


def cached_goal_reach(panel: Panel, goal: Goal) -> TargetHistory | None:
    return cached_reach(panel, goal_as_kpi(goal))


@st.cache_resource(max_entries=256, show_spinner=False)
def _cached_reach(_panel: Panel, panel_key: str, kpi: Kpi) -> TargetHistory | None:
    try:
        return kpi_target_history(_panel, kpi)
    except InputError:
        return None


@st.cache_resource(max_entries=64, show_spinner=False)
def _cached_without(_panel: Panel, panel_key: str, goal: Goal, kpi: Kpi, scoring: Scoring) -> GoalWithoutKpi | None:
    try:
        return classify_reps_by_goal_and_kpi(_panel, goal, kpi, scoring)
    except InputError:
        return None


def cached_goal_without_kpi(panel: Panel, goal: Goal, kpi: Kpi, scoring: Scoring) -> GoalWithoutKpi | None:
    """Who made the goal without the KPI; None while one of them cannot be measured."""
    return _cached_without(panel, panel.key, goal, kpi, scoring)


@st.cache_resource(max_entries=64, show_spinner=False)
def _cached_team(_panel: Panel, panel_key: str, goal: Goal) -> TeamGoal | None:
    try:
        return team_goal(_panel, goal)
    except InputError:
        return None


def cached_team_goal(panel: Panel, goal: Goal) -> TeamGoal | None:
    """The goal of all reps together; None where the goal cannot be added up."""
    return _cached_team(panel, panel.key, goal)


@st.cache_resource(max_entries=64, show_spinner=False)
def _cached_course(_panel: Panel, panel_key: str, goal: Goal) -> DataFrame | None:
    try:
        return team_goal_by_period(_panel, goal)
    except InputError:
        return None


def cached_team_course(panel: Panel, goal: Goal) -> DataFrame | None:
    """The goal of all reps together by period; None where it cannot be added up."""
    return _cached_course(panel, panel.key, goal)
