"""Say on a page about the past whether its rules were in force then."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.data.model.panel import Panel
from workbench.design.in_force import rules_in_force
from workbench.design.model import Design
from workbench.scoring.known_figures import period_days
from workbench.ui.session import decision_log
from workbench.ui.session.navigation import page
from workbench.words.decisions import what_if_sentence
from workbench.words.markdown import plain


def show_in_force_line(panel: Panel, design: Design, until: pd.Timestamp | None = None) -> None:
    """``What-if: …`` or ``As in force: …`` with the way to Decide; nothing while no decision reaches into the past."""
    found = rules_in_force(decision_log.current_log(), period_days(panel, until), design)
    if said := what_if_sentence(found, panel.grain):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(plain(said), width="content")
            st.page_link(page("decide"), label="What was in force when", icon=":material/gavel:")
