"""The one thing to do about a verdict, and how the ranking would change, said before it is done."""

from __future__ import annotations

import streamlit as st

from workbench.data.model.panel import Panel
from workbench.design.edits import set_weights
from workbench.design.model import Design
from workbench.evidence.report import KpiEvidence
from workbench.scoring.classification import Awards
from workbench.ui.evidence.try_kpi import show_try_kpi
from workbench.ui.session import cached_scores, state
from workbench.ui.session.navigation import page
from workbench.words.evidence_about import About
from workbench.words.evidence_actions import ACTIONS, REPLACE, is_worse_on_top, weight_zero_sentence
from workbench.words.markdown import plain


def show_action(panel: Panel, design: Design, one: KpiEvidence, about: About) -> None:
    """Offer what follows from the verdict; a KPI that earns its place needs nothing, nor does one without weight."""
    name = one.verdict.name
    if name == "drop" and _weight(design, one.kpi):
        st.button(ACTIONS["drop"], icon=":material/remove_circle:", key=f"evidence.zero.{one.kpi}",
                  disabled=_awards_without(panel, design, one.kpi) is None,
                  on_click=_set_to_zero, args=(one.kpi,))  # fmt: skip
    elif one.verdict.change == "remove_goal":
        st.page_link(page("goal"), label=REPLACE, icon=":material/account_tree:")
    elif name == "watch":
        show_try_kpi(design, one.kpi, about)
    elif name == "not enough data":
        st.page_link(page("data"), label=ACTIONS[name], icon=":material/table:")


def show_effect(panel: Panel, design: Design, one: KpiEvidence) -> None:
    """Say what a weight of 0 would do to the best sellers on top, where it is offered; a loss is a warning."""
    if one.verdict.name != "drop" or not _weight(design, one.kpi):
        return
    before, after = _awards(panel, design), _awards_without(panel, design, one.kpi)
    if said := plain(weight_zero_sentence(one.kpi, before, after)):
        if after is not None and is_worse_on_top(before, after):
            st.warning(said, icon=":material/warning:")
        else:
            st.caption(said)


def _weight(design: Design, kpi: str) -> float:
    return next(own.weight for own in design.kpis if own.name == kpi)


def _awards(panel: Panel, design: Design) -> Awards:
    return cached_scores.cached_preview(panel, design, cached_scores.everything(panel)).awards


def _awards_without(panel: Panel, design: Design, kpi: str) -> Awards | None:
    """Best sellers on top once the KPI's weight is 0; None if no KPI then ranks anybody."""
    without = set_weights(design, {kpi: 0.0})
    return _awards(panel, without) if any(own.weight for own in without.kpis) else None


def _set_to_zero(kpi: str) -> None:
    """Callback: the weight of a KPI becomes 0, as one step of the draft."""
    state.change_design(set_weights(state.current_design(), {kpi: 0.0}), f"{kpi}: weight 0")
