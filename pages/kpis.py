"""KPIs: the candidates, each with its formula, target and values, and whether it is absolutely necessary."""

import streamlit as st

from workbench.design.edits import kpi_at
from workbench.ui.goal_and_kpis import editing
from workbench.ui.goal_and_kpis.first_kpis import first_kpis_form
from workbench.ui.goal_and_kpis.kpi_editor import kpi_editor
from workbench.ui.goal_and_kpis.kpi_rail import kpi_rail, own_kpi_field
from workbench.ui.goal_and_kpis.necessity_view import necessity_view
from workbench.ui.session.switch import switch_to
from workbench.ui.widgets.parts import end_page, next_step, page_title, require_panel
from workbench.ui.widgets.trial_line import show_trial_line
from workbench.words.kpis import KPIS_QUESTION

page_title(KPIS_QUESTION, "KPI", "Target", "Weight")
panel, design = require_panel()
chosen = editing.selected_path(design)
if design.goal is None and chosen is None:
    next_step("First choose the team's #1 goal.", "KPIs must happen before the goal.", "Choose the goal", "goal",
              ":material/flag:")  # fmt: skip
    end_page()
if chosen is None:
    own_kpi_field(panel, first_kpis_form(panel, design))
    end_page()

show_trial_line(panel)
left, right = st.columns([3, 9], gap="medium")
with left:
    kpi_rail(panel, design, chosen)
    if st.button("Set the weights", type="secondary", icon=":material/arrow_forward:", width="stretch"):
        switch_to("preview")
with right:
    with st.container(border=True):
        kpi_editor(panel, design, chosen)
    with st.container(border=True):
        necessity_view(panel, design, chosen, kpi_at(design, chosen))
