"""Try a KPI: the card of a trial, filled from the KPI, on page Trials."""

from __future__ import annotations

import streamlit as st

from workbench.design import edits
from workbench.design.model import Design
from workbench.ui.session import state
from workbench.ui.session.trial_card import go_to_card
from workbench.ui.session.try_as_trial import card_for_kpi
from workbench.words.evidence_about import About
from workbench.words.evidence_actions import ACTIONS, trial_steps


def show_try_kpi(design: Design, kpi: str, about: About) -> None:
    """A button that fills the card of a trial and opens page Trials; nothing is kept before somebody has seen it."""
    panel, entry, path = state.current_panel(), state.current_entry(), edits.path_of(design, kpi)
    if panel is None or entry is None or path is None:
        return
    pressed = st.button(ACTIONS["watch"], icon=":material/science:", key=f"evidence.card.{kpi}",
                        help=" ".join(trial_steps(kpi, about)))  # fmt: skip
    fields = card_for_kpi(panel, design, edits.kpi_at(design, path)) if pressed else None
    if fields is not None:
        go_to_card(entry.id, fields)
