"""Where the team is: the #1 goal of all reps together, by period, with what the last whole one lacked."""

from __future__ import annotations

import streamlit as st

from workbench.charts.team_goal import team_goal_alt, team_goal_chart
from workbench.data.model.panel import Panel
from workbench.design.model import Goal
from workbench.ui.session.cached_targets import cached_team_course, cached_team_goal
from workbench.ui.session.navigation import page
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import text_colour
from workbench.ui.widgets.picture import show_chart
from workbench.words.kpis import NO_TEAM_NUMBER, goal_name, team_goal_sentence, unit_of_goal
from workbench.words.markdown import plain

HEIGHT = 220


def show_team_number(panel: Panel, goal: Goal) -> None:
    """The sentence about the team's number over its course, or what it lacks."""
    show_heading("Where are we?")
    said, name = team_goal_sentence(cached_team_goal(panel, goal), goal, panel.grain), goal_name(goal, panel)
    if not said:
        st.caption(NO_TEAM_NUMBER)
        st.page_link(page("goal"), label="Open the goal", icon=":material/flag:")
        return
    st.markdown(f"**{plain(said)}**")
    course = cached_team_course(panel, goal)
    if course is not None:
        chart = team_goal_chart(course, name, unit_of_goal(goal, panel), panel.grain, text_colour())
        show_chart(chart.properties(height=HEIGHT), alt=team_goal_alt(course, name, panel.grain))
