"""Replay: who would have been rewarded, and who reprimanded?"""

import streamlit as st

from workbench.errors import InputError
from workbench.ui.replay import sections, settings
from workbench.ui.session import state
from workbench.ui.session.navigation import page
from workbench.ui.widgets.in_force_line import in_force_scope, show_in_force_line
from workbench.ui.widgets.parts import end_page, page_title, require_design, show_issues
from workbench.words import replay as words

page_title(words.QUESTION, "Box ticker", "Unsung seller")
panel, design = require_design()
names = state.display_names(panel)

if said := words.no_weight(design):
    st.info(said, icon=":material/balance:")
    st.page_link(page("preview"), label="Set the weights", icon=":material/balance:")
    end_page()

whole, panel = panel, in_force_scope(panel, design, "replay")
left, right = st.columns([1, 2], gap="large", vertical_alignment="center")
with left:
    rule = settings.prize_rule_form(panel)
with right:
    until = settings.as_of_slider(panel)

try:
    found = sections.cached_replay(panel, whole, design, rule, until)
except InputError as error:
    show_issues(error.issues)
    st.page_link(page("kpis"), label="Fix it on the KPIs page", icon=":material/build:")
    end_page()

sections.show_replay_headline(found)
show_in_force_line(panel, design, until)
sections.show_figures(found)
sections.show_parts(found, panel, names)
sections.show_cut_periods(found, panel)
