"""Evidence: does each KPI earn its place?"""

import streamlit as st

from workbench.ui.evidence import sections
from workbench.ui.session import cached_evidence, state
from workbench.ui.widgets.parts import page_title, require_design
from workbench.words.calibration import calibration_sentence
from workbench.words.evidence import About, verdicts_sentence
from workbench.words.evidence_exposure import exposure_sentence
from workbench.words.evidence_method import ASSOCIATION, QUESTION, unfinished_sentence
from workbench.words.kpis import goal_name
from workbench.words.markdown import plain
from workbench.words.panels import panel_size

page_title(QUESTION)
panel, design = require_design()
top = st.container(horizontal=True, vertical_alignment="center")
said = top.container(width="stretch")
scale = cached_evidence.cached_scale(panel, design)
with top:
    options = sections.evidence_settings(scale)
about = About.of(goal_name(design.required_goal, panel), scale.grain, options, design.required_goal.direction)

found = cached_evidence.cached_evidence(panel, design, options)
with said:
    st.header(plain(verdicts_sentence(found.evidence)), anchor=False)
    likely = calibration_sentence(found.evidence.n_reps, found.evidence.periods_per_rep)
    st.markdown(
        plain(
            " ".join(
                filter(
                    None,
                    [
                        f"{panel_size(scale.panel)}.",
                        unfinished_sentence(found.record.partial, scale.grain),
                        exposure_sentence(found.evidence.exposed, scale.grain),
                        likely,
                        ASSOCIATION.format(goal=about.goal),
                    ],
                )
            )
        )
    )
sections.show_all_kpis(panel, design, found, about)
sections.show_kpi(panel, design, found, about, state.display_names(panel))
if found.evidence.periods_per_rep > 1:
    sections.show_over_time(found, about, design.required_goal.unit)
sections.show_calibration(found, about)
