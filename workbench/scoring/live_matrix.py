"""Build the points from which the live view scores reps under new weights in the browser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.data.model.panel import REP, Panel
from workbench.design.model import Design
from workbench.scoring.history import History, score_history


@dataclass(frozen=True, eq=False)
class LiveMatrix:
    """Points of reps, which do not depend on weights.

    ``scores_from_points(points, weights, scoring)`` is the score; the browser repeats that arithmetic.

    Attributes
    ----------
    reps : (reps,) names, sorted. kpis : names of the top KPIs, in the design's order.
    points : (reps, KPIs), NaN where missing. goal : (reps,) in the goal's unit.
    """

    reps: tuple[str, ...]
    kpis: tuple[str, ...]
    points: np.ndarray
    goal: np.ndarray


def build_live_matrix(panel: Panel, design: Design) -> LiveMatrix:
    """Build the rep × KPI points of a design and each rep's goal."""
    return live_matrix_from_history(score_history(panel, design))


def live_matrix_from_history(scored: History) -> LiveMatrix:
    """Build the matrix of a scored history."""
    level = scored.reps
    return LiveMatrix(tuple(level.keys[REP]), tuple(k.name for k in scored.design.kpis), level.points, level.goal)
