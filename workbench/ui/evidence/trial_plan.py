"""Plan a trial of a KPI, kept in the design."""

from __future__ import annotations

from datetime import date

import streamlit as st

from workbench.design import edits
from workbench.design.model import Design, Kpi, Trial, first_day
from workbench.ui.session import state
from workbench.ui.session.trial_card import go_to_card
from workbench.ui.session.try_as_trial import card_for_kpi
from workbench.ui.widgets.parts import primary_label
from workbench.words.evidence_about import About
from workbench.words.evidence_actions import ACTIONS, FIELDS, FILL_CARD, proposed_trial, trial_steps
from workbench.words.markdown import plain


def trial_popover(design: Design, kpi: str, about: About) -> None:
    """How a trial would be run, and its plan; a plan that is kept stands on the KPIs page and beside saved options."""
    path = edits.path_of(design, kpi)
    if path is None:
        return
    kept = edits.kpi_at(design, path).trial
    plan = kept or proposed_trial(kpi, about, date.today())
    with st.popover("Trial planned" if kept else ACTIONS["watch"], icon=":material/science:"):
        st.markdown("\n".join(f"1. {plain(step)}" for step in trial_steps(kpi, about)))
        _fill_card(design, edits.kpi_at(design, path))
        with st.form(f"evidence.trial.{kpi}", border=False):
            what = st.text_input(FIELDS["what"], plan.what, max_chars=200)
            who = st.text_input(FIELDS["who"], plan.who, max_chars=200)
            start = st.date_input(FIELDS["start"], first_day(plan.start))
            expect = st.text_input(FIELDS["expect"], plan.expect, max_chars=200)
            until = st.date_input(FIELDS["look_again"], first_day(plan.look_again))
            if st.form_submit_button("Save the plan") and what.strip():
                _keep(kpi, Trial(what=what.strip(), who=who.strip(), start=start.isoformat(), expect=expect.strip(),
                                 look_again=until.isoformat()))  # fmt: skip
                st.rerun()
        if kept:
            st.button("Remove the plan", icon=":material/delete:", type="tertiary", key=f"evidence.trial.off.{kpi}",
                      on_click=_keep, args=(kpi, None))  # fmt: skip


def _fill_card(design: Design, kpi: Kpi) -> None:
    """A button that fills the card of a trial and opens page Trials."""
    panel, entry = state.current_panel(), state.current_entry()
    if panel is None or entry is None:
        return
    label = primary_label(FILL_CARD)
    if st.button(label, type="primary", icon=":material/science:", key=f"evidence.card.{kpi.name}"):
        fields = card_for_kpi(panel, design, kpi)
        if fields is not None:
            go_to_card(entry.id, fields)


def _keep(kpi: str, trial: Trial | None) -> None:
    design = state.current_design()
    path = edits.path_of(design, kpi)
    if path is not None:
        state.change_design(edits.update_kpi(design, path, trial=trial),
                            f"{kpi}: trial {'planned' if trial else 'removed'}")  # fmt: skip
