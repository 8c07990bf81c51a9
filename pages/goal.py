"""Goal: the #1 goal, its target held against history, and what must happen for it, worked backwards."""

import streamlit as st

from workbench.ui.goal_and_kpis.goal_editor import first_goal_form, goal_form, goal_spread
from workbench.ui.goal_and_kpis.tree_view import tree_view
from workbench.ui.session.switch import switch_to
from workbench.ui.widgets.first_words import show_heading
from workbench.ui.widgets.parts import end_page, page_title, primary_label, require_panel
from workbench.words.kpis import GOAL_QUESTION

page_title(GOAL_QUESTION, "Goal", "Target")
panel, design = require_panel()
if design.goal is None:
    show_heading("First: what is the #1 goal?")
    first_goal_form(panel)
    end_page()

left, right = st.columns([1, 2], gap="medium")
with left, st.container(border=True, height="stretch"):
    goal_form(panel, design.goal)
with right, st.container(border=True, height="stretch"):
    goal_spread(panel, design.goal)

show_heading("Worked backwards")
tree_view(panel, design)
label = "Set up the KPIs" if design.kpis else "Choose the first KPIs"
if st.button(primary_label(label), type="primary", icon=":material/arrow_forward:"):
    switch_to("kpis")
