"""The ranking of Preview without the goal, for a question that asks about it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.data.model.panel import PERIOD, Panel
from workbench.design.model import Design
from workbench.errors import InputError
from workbench.ui.preview import live_state
from workbench.ui.preview.live_weights import live_weights
from workbench.ui.preview.live_weights.board import cover_goal, live_board
from workbench.ui.session import cached_scores
from workbench.ui.session.cached_scores import Shown, everything
from workbench.ui.widgets.parts import show_issues


def show_covered_ranking(
    panel: Panel, design: Design, months: tuple[str | None, str | None], names: Mapping[str, str], said: str
) -> None:
    """Weights and ranking in these months; neither the goal nor a KPI that counts it is sent to the browser."""
    starts = sorted(panel.frame[PERIOD].unique())
    shown, every = _within(starts, *months), everything(panel)
    try:
        seen = cached_scores.cached_preview(panel, design, shown)
        kpis = cached_scores.cached_kpi_agreements(panel, design, every)
    except InputError as error:
        show_issues(error.issues)
        return
    goal_kpis = {kpi.name for kpi, found in zip(design.kpis, kpis, strict=True) if found.by_construction}
    places = {rep: place for place, rep in enumerate(names)}
    board = cover_goal(live_board(seen.history, names, seen.awards.top, panel.grain), goal_kpis, said)
    with st.container(key="covered-ranking"):
        live_weights(board, live_state.view_state(design, places), live_state.on_release, live_state.LIVE)


def _within(starts: list, first: str | None, last: str | None) -> Shown:
    """The periods from ``first`` to ``last``, such as ``2024-07``; all where none begins there."""
    low, high = first or "", last or "9999"
    kept = [each for each in starts if low <= f"{each:%Y-%m}" and f"{each:%Y-%m}" <= high] or starts
    return Shown(None, kept[0], kept[-1])
