"""Weights: where should they come from, and how much do they matter?"""

import streamlit as st

from workbench.errors import InputError
from workbench.ui.session import state
from workbench.ui.session.navigation import page
from workbench.ui.weights.matter import matters
from workbench.ui.weights.ways import ways
from workbench.ui.widgets.parts import need_design, show_issues, title
from workbench.weights.accept import weights_origin
from workbench.words import weights as words
from workbench.words.markdown import plain

title(words.QUESTION)
panel, design = need_design()

with st.container(horizontal=True, vertical_alignment="center"):
    part = st.segmented_control("Part", list(words.PARTS), default="from", required=True, key="weights.part",
                                format_func=words.PARTS.__getitem__, label_visibility="collapsed",
                                persist_state="session")  # fmt: skip
    st.caption(plain(words.came_from(weights_origin(design), design.weights_from)))
    st.page_link(page("options"), label="Keep as an option", icon=":material/bookmark_add:")

try:
    {"from": ways, "matter": matters}[part](panel, design, state.names(panel))
except InputError as error:
    show_issues(error.issues)
    st.page_link(page("kpis"), label="Mend it on the KPIs page", icon=":material/build:")
