"""A pivot that Trials hands over to Decide: what was tried, and which KPI it was about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from workbench.design.decisions import PivotStep
from workbench.design.model import Design
from workbench.ui.session import state

_KEY = "decide.pivot.draft"


@dataclass(frozen=True)
class PivotDraft:
    """What the form begins with. ``data``: id of the data set. ``formulas``: of the KPI, the likeliest first.

    ``step``: what the trial suggests.
    """

    data: str
    why: str
    formulas: tuple[str, ...]
    step: PivotStep = "keep"


def hand_over_pivot(why: str, formulas: Sequence[str], step: PivotStep = "keep") -> None:
    """Let Decide begin a pivot on the open data set with this reason."""
    opened = state.current_entry()
    if opened is not None:
        st.session_state[_KEY] = PivotDraft(opened.id, why, tuple(formulas), step)


def handed_pivot() -> PivotDraft | None:
    """What was handed over on the open data set and is neither logged nor dropped."""
    draft, opened = st.session_state.get(_KEY), state.current_entry()
    return draft if isinstance(draft, PivotDraft) and opened is not None and draft.data == opened.id else None


def drop_handed_pivot() -> None:
    """Callback: begin with nothing again."""
    st.session_state.pop(_KEY, None)


def kpi_with_formula(design: Design, formulas: Sequence[str]) -> str | None:
    """The name of the first top KPI that is measured by one of the formulas; spaces aside."""
    named = {"".join((kpi.formula or "").split()): kpi.name for kpi in reversed(design.kpis) if kpi.formula}
    return next((named[key] for key in map("".join, map(str.split, formulas)) if key in named), None)
