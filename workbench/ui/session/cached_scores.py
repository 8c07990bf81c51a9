"""Cache what the Preview page shows; what does not depend on weights outlives a change of weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from workbench.data.model.panel import PERIOD, Panel
from workbench.design.model import Design
from workbench.design.named_goal import with_goal_named
from workbench.design.weighted_kpis import unweighted
from workbench.scoring.backtest import KpiAgreement
from workbench.scoring.history import History, score_history
from workbench.scoring.oriented_links import link_kpis
from workbench.scoring.preview import Preview, build_preview, select_periods


@dataclass(frozen=True)
class Shown:
    """What a filter leaves: ``reps`` None for all of them; both ends of the periods included."""

    reps: tuple[str, ...] | None
    first: pd.Timestamp
    last: pd.Timestamp


def everything(panel: Panel) -> Shown:
    """What no filter leaves out."""
    return Shown(None, panel.frame[PERIOD].min(), panel.frame[PERIOD].max())


def cached_kpi_agreements(panel: Panel, design: Design, shown: Shown) -> tuple[KpiAgreement, ...]:
    """Each KPI by itself beside the goal, for the reps and periods shown."""
    return _alone(panel, panel.key, unweighted(design), shown)


def cached_preview(panel: Panel, design: Design, shown: Shown) -> Preview:
    """The design under its weights, for the reps and periods shown."""
    return _scored(panel, panel.key, design, shown)


@st.cache_data(max_entries=512, show_spinner=False)
def drawn_once(content: tuple[object, ...], _draw: Callable[[], None]) -> None:
    """Draw something without widgets; the same content again is replayed, not made anew, in whatever session."""
    _draw()


@st.cache_data(max_entries=64, show_spinner=False)
def drawn_once_by_weights(content: tuple[object, ...], _draw: Callable[[], None]) -> None:
    """Draw what every new weight changes as ``drawn_once`` does: fewer are kept, since most are not asked for again."""
    _draw()


@st.cache_resource(max_entries=16, show_spinner=False)
def _points(_panel: Panel, panel_key: str, design: Design, shown: Shown) -> History:
    return score_history(select_periods(_panel, shown.first, shown.last), design, reference=_panel)


@st.cache_resource(max_entries=32, show_spinner=False)
def _alone(_panel: Panel, panel_key: str, design: Design, shown: Shown) -> tuple[KpiAgreement, ...]:
    points = _points(_panel, panel_key, design, Shown(None, shown.first, shown.last))
    return link_kpis(_panel, points if shown.reps is None else points.only(shown.reps))


@st.cache_resource(max_entries=64, show_spinner=False)
def _scored(_panel: Panel, panel_key: str, design: Design, shown: Shown) -> Preview:
    points = _points(_panel, panel_key, unweighted(design), Shown(None, shown.first, shown.last))
    scored = points.weighted([kpi.weight for kpi in design.kpis])
    named = with_goal_named(design, _panel)  # what is ranked can be saved: whole, by its name
    return build_preview(replace(scored, design=named), shown.reps)
