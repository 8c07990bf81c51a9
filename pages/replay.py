"""Replay: who would have been rewarded, who reprimanded, and did the team hit KPIs while missing the goal?"""

import streamlit as st

from workbench.errors import InputError
from workbench.ui.replay import sections
from workbench.ui.session import state
from workbench.ui.session.navigation import page
from workbench.ui.widgets.parts import end_page, need_design, show_issues, title
from workbench.words.replay import QUESTION

title(QUESTION)
panel, design = need_design()
names = state.names(panel)

with st.container(border=True):
    left, right = st.columns([3, 2], gap="large", vertical_alignment="bottom")
    with left:
        rule = sections.prize_rule(panel)
    with right:
        until = sections.as_of(panel)

try:
    found = sections.replayed(panel, design, rule, until)
except InputError as error:
    show_issues(error.issues)
    st.page_link(page("kpis"), label="Mend it on the KPIs page", icon=":material/build:")
    end_page()

sections.headline(found, panel, names)
sections.no_target(found)
sections.team(found, panel)
sections.prizes(found, names)
sections.called_in(found, names, panel)
sections.styles(found, names)
sections.stops(found, panel)
sections.leavers(found, names, panel)
sections.effort(found)
