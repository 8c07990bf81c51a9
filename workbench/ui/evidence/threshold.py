"""The smallest difference that matters, set in the goal's own unit on one KPI."""

from __future__ import annotations

import math

import streamlit as st

from workbench.evidence.report import KpiEvidence
from workbench.evidence.step import smallest_link_of
from workbench.words import evidence_threshold as words
from workbench.words.evidence_about import About
from workbench.words.markdown import plain

KEY = "evidence.smallest"
LEAST, MOST, STEP = 0.05, 0.6, 0.01


def show_threshold(one: KpiEvidence, about: About, unit: str | None) -> None:
    """Popover with an amount of the goal, which sets the smallest link that matters; nothing without a slope."""
    step = one.step
    if not (math.isfinite(step.smallest) and step.smallest > 0):
        return
    with st.popover(words.OPEN, icon=":material/straighten:"):
        label = plain(words.amount_label(step, about, one.kpi, unit))
        amount = st.number_input(label, min_value=0.0, value=float(f"{step.smallest:.3g}"),
                                 help=words.amount_help(step, about.options.smallest),
                                 key=f"evidence.amount.{one.kpi}.{about.options.smallest:g}")  # fmt: skip
        link = smallest_link_of(step, amount, about.options.smallest)
        st.button(words.APPLY, on_click=_set_smallest, args=(link,), key=f"evidence.apply.{one.kpi}")


def _set_smallest(link: float) -> None:
    st.session_state[KEY] = round(min(max(link, LEAST), MOST), 2)
