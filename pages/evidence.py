"""Evidence: does each KPI earn its place?"""

import streamlit as st

from workbench.ui.evidence import sections
from workbench.ui.session import cached_evidence, state
from workbench.ui.session.part_link import follow_part
from workbench.ui.widgets.first_words import first_help, show_heading
from workbench.ui.widgets.parts import page_title, require_design
from workbench.words.evidence import verdicts_sentence
from workbench.words.evidence_about import About
from workbench.words.evidence_exposure import exposure_sentence
from workbench.words.evidence_method import ASSOCIATION, NO_TIME, QUESTION, TABS, unfinished_sentence
from workbench.words.kpis import goal_name
from workbench.words.markdown import plain
from workbench.words.panels import panel_size

PART = "evidence.part"

page_title(QUESTION, "Keep, watch, drop", "Link strength", "Likely range", "Across reps", "Within reps")
panel, design = require_design()
top = st.container(horizontal=True, vertical_alignment="center")
said = top.container(width="stretch")
scale = cached_evidence.cached_scale(panel, design)
with top:
    options = sections.evidence_settings(scale)
about = About.of(goal_name(design.required_goal, panel), scale.grain, options, design.required_goal.direction)

found = cached_evidence.cached_evidence(panel, design, options)
with said:
    show_heading(plain(verdicts_sentence(found.evidence)))
    small = f"{panel_size(scale.panel)}. {ASSOCIATION.format(goal=about.goal)}"
    st.caption(plain(small), help=first_help(small))
follow_part(PART, TABS)
verdicts, one_kpi, links, over_time, reliable = st.tabs(TABS, key=PART, on_change="rerun")
with verdicts:
    sections.show_verdicts(panel, design, found, about)
    treated = [unfinished_sentence(found.record.partial, scale.grain),
               exposure_sentence(found.evidence.exposed, scale.grain)]  # fmt: skip
    st.caption(plain(" ".join(filter(None, treated))))
with one_kpi:
    sections.show_kpi(panel, design, found, about, state.display_names(panel))
with links:
    sections.show_all_links(panel, design, found, about)
with over_time:
    if found.evidence.periods_per_rep > 1:
        sections.show_over_time(found, about, design.required_goal.unit)
    else:
        st.caption(NO_TIME)
with reliable:
    sections.show_calibration(found, about)
