"""Weights: where should they come from, and how much do they matter?"""

import streamlit as st

from workbench.errors import InputError
from workbench.ui.session import state
from workbench.ui.session.navigation import page
from workbench.ui.weights.matter import show_weight_impact
from workbench.ui.weights.ways import show_ways
from workbench.ui.widgets.parts import page_title, require_design, show_issues
from workbench.weights.accept import weights_origin
from workbench.words import weights as words
from workbench.words.markdown import plain

page_title(words.QUESTION)
panel, design = require_design()

with st.container(horizontal=True, vertical_alignment="center"):
    part = st.segmented_control("Part", list(words.PARTS), default="from", required=True, key="weights.part",
                                format_func=words.PARTS.__getitem__, label_visibility="collapsed",
                                persist_state="session")  # fmt: skip
    st.caption(plain(words.weights_origin_sentence(weights_origin(design), design.weights_from)))
    st.page_link(page("options"), label="Save as option", icon=":material/bookmark_add:")

try:
    {"from": show_ways, "matter": show_weight_impact}[part](panel, design, state.display_names(panel))
except InputError as error:
    show_issues(error.issues)
    st.page_link(page("kpis"), label="Fix it on the KPIs page", icon=":material/build:")
