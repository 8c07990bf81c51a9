"""Compare the scorecard with its hit line, or a KPI with its target, on any level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.scoring.history import History, HistoryLevel, formula_position, kpi_target_met
from workbench.scoring.points import hit_line, reaches


@dataclass(frozen=True, eq=False)
class TargetComparison:
    """Value and target, (rows,) each; ``hit`` is 1.0, 0.0, or NaN where either is missing."""

    value: np.ndarray
    target: np.ndarray
    hit: np.ndarray


def compare_with_target(history: History, level: HistoryLevel, k: int | None = None) -> TargetComparison:
    """Compare the k-th KPI, or with ``None`` the scorecard, with its target on a level of a history.

    A KPI is hit when its value meets its target; a composite, a KPI without target and the scorecard when their
    points reach the hit line.
    """
    line = np.full(len(level), hit_line(history.design.scoring))
    if k is None:
        return TargetComparison(level.score, line, is_scorecard_hit(history, level.score))
    kpi, at = history.design.kpis[k], formula_position(history.design, k)
    if kpi.kpis or not np.isfinite(level.targets[:, at]).any():
        return TargetComparison(level.points[:, k], line, is_scorecard_hit(history, level.points[:, k]))
    return TargetComparison(level.values[:, at], level.targets[:, at], kpi_target_met(level, at, kpi.direction))


def is_scorecard_hit(history: History, score: np.ndarray) -> np.ndarray:
    """Return 1.0 where the score reaches the hit line (100 for attainment, else 50), else 0.0, NaN without a score."""
    return np.where(np.isnan(score), np.nan, reaches(score, hit_line(history.design.scoring)).astype(float))
