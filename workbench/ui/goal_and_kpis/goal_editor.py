"""Form of the goal: measure, name, unit, direction and target; and the first choice of a goal."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.charts.palette import ACCENT
from workbench.data.model.panel import BUILT_IN, Panel
from workbench.design import edits
from workbench.design.model import Goal
from workbench.scoring.defaults import goal_from_measure, likely_goals
from workbench.scoring.measure_overview import summarize_measures
from workbench.scoring.values import goal_as_kpi
from workbench.ui.goal_and_kpis import editing
from workbench.ui.goal_and_kpis.target_editor import Subject, direction_of_form, target_fields, target_view
from workbench.ui.session import state
from workbench.ui.session.cached_targets import cached_goal_reach, cached_team_goal
from workbench.ui.widgets.bound import bound_segmented_control, bound_selectbox, bound_text_input
from workbench.ui.widgets.caution_line import show_measure_caution
from workbench.ui.widgets.parts import primary_label
from workbench.words.kpis import (
    DIRECTIONS,
    GOAL_HINT,
    direction_form,
    goal_name,
    measure_meaning,
    measure_title,
    proposed_target_sentence,
    team_goal_sentence,
    title_with_unit,
)
from workbench.words.markdown import plain
from workbench.words.numbers import short_number

FIRST_OFFERED = 3


def goal_form(panel: Panel, goal: Goal) -> None:
    """Measure, name, unit, direction and target of the goal."""
    measures = [info.name for info in panel.measures if info.name not in BUILT_IN]
    bound_selectbox("The #1 goal", measures, goal.measure, lambda measure: choose_goal(panel, measure), "goal.measure",
           lambda name: measure_title(panel.info(name)), help=_meaning(panel, goal), clearable=False)  # fmt: skip
    show_measure_caution(panel, goal.measure)
    left, right = st.columns([3, 2])
    with left:
        bound_text_input(
            "Name",
            goal.label or goal_name(goal, panel),
            lambda text: change_goal(label=text or None),
            "goal.label",
            max_chars=40,
        )
    with right:
        bound_text_input(
            "Unit", goal.unit, lambda text: change_goal(unit=text or None), "goal.unit", max_chars=20, placeholder="USD"
        )
    bound_segmented_control("Better when", list(DIRECTIONS), direction_form(goal.direction),
         lambda form: change_goal(direction=direction_of_form(form, cached_goal_reach(panel, goal))), "goal.direction",
         DIRECTIONS.__getitem__, labelled=True)  # fmt: skip
    target_fields(panel, _subject(panel, goal))


def goal_spread(panel: Panel, goal: Goal) -> None:
    """The goal's values so far with its target on them, and the team's number beside the rep's."""
    target_view(panel, _subject(panel, goal))
    if proposed := proposed_target_sentence(cached_goal_reach(panel, goal), goal, panel.grain):
        st.markdown(f"**{plain(proposed)}** Set the target that your company uses.")
    if said := team_goal_sentence(cached_team_goal(panel, goal), goal, panel.grain):
        st.markdown(f"**{plain(said)}**")


def _subject(panel: Panel, goal: Goal) -> Subject:
    told = {"name": goal_name(goal, panel), "unit": goal.unit, "percentile": goal.percentile}
    return Subject("goal.target", goal_as_kpi(goal).model_copy(update=told), ACCENT, change_goal)


def _meaning(panel: Panel, goal: Goal) -> str:
    if goal.measure not in panel.measure_names:
        return GOAL_HINT
    info = panel.info(goal.measure)
    return f"{GOAL_HINT} {plain(measure_title(info))}: {plain(measure_meaning(info))}."


def first_goal_form(panel: Panel) -> None:
    """No goal yet: what it is, and one button for each measure that looks like one."""
    st.markdown(GOAL_HINT)
    offered, seen = likely_goals(panel), summarize_measures(panel).set_index("name")
    for place, column in enumerate(st.columns(FIRST_OFFERED)):
        if place < len(offered):
            with column, st.container(border=True, height="stretch"):
                _candidate(panel, offered[place], *seen.loc[offered[place], ["total", "course"]], likeliest=place == 0)
    named = [info.name for info in panel.measures if info.name not in BUILT_IN]
    others = [name for name in dict.fromkeys((*offered, *named)) if name not in offered[:FIRST_OFFERED]]
    if others:
        bound_selectbox("Another measure", others, None, lambda measure: choose_goal(panel, measure),
               "goal.other", lambda name: measure_title(panel.info(name)), placeholder="Another measure",
               label_visibility="collapsed", width=320)  # fmt: skip


def _candidate(panel: Panel, measure: str, total: float, course: list[float], *, likeliest: bool) -> None:
    info = panel.info(measure)
    st.metric(
        title_with_unit(plain(measure_title(info)), plain(info.unit or "")),
        short_number(total),
        chart_data=course,
        chart_type="bar",
        help=plain(measure_meaning(info)),
    )
    show_measure_caution(panel, measure)
    st.button(primary_label("This is our #1 goal", likeliest), key=f"goal.first.{measure}", icon=":material/flag:",
              width="stretch", type="primary" if likeliest else "secondary", on_click=choose_goal,
              args=(panel, measure))  # fmt: skip


def choose_goal(panel: Panel, measure: str | None) -> None:
    """Callback: a measure becomes the goal, with a target that a third of the rep-periods would have met."""
    if measure is None:
        return
    goal = goal_from_measure(panel, measure)
    state.change_design(edits.set_goal(state.current_design(), goal), f"goal: {measure_title(panel.info(measure))}")


def change_goal(**fields: Any) -> None:
    """Callback: some fields of the goal changed."""
    design = state.current_design()
    goal = Goal.model_validate(dict(design.required_goal) | fields)
    editing.amend_design(edits.set_goal(design, goal), f"goal: {', '.join(fields)}")
