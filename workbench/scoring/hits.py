"""Hit or missed: the scorecard against its line, a KPI against its target, on any level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.scoring.history import History, HistoryLevel, leaf_position, target_met
from workbench.scoring.points import at_least, hit_line


@dataclass(frozen=True, eq=False)
class TargetComparison:
    """What is compared with what, (rows,) each; ``hit`` is 1.0, 0.0, or NaN where it cannot be said."""

    value: np.ndarray
    target: np.ndarray
    hit: np.ndarray


def compare_with_target(history: History, level: HistoryLevel, k: int | None = None) -> TargetComparison:
    """The k-th KPI, or with ``None`` the scorecard, on one of the levels of a history.

    A KPI is hit when its value meets its target; a composite, a KPI without target and the scorecard when their
    points reach the hit line.
    """
    line = np.full(len(level), hit_line(history.design.scoring))
    if k is None:
        return TargetComparison(level.score, line, scorecard_hit(history, level.score))
    kpi, at = history.design.kpis[k], leaf_position(history.design, k)
    if kpi.kpis or not np.isfinite(level.targets[:, at]).any():
        return TargetComparison(level.points[:, k], line, scorecard_hit(history, level.points[:, k]))
    hit = target_met(level.rates[:, at], level.targets[:, at] / level.worked[:, at], kpi.direction)
    return TargetComparison(level.values[:, at], level.targets[:, at], hit)


def scorecard_hit(history: History, score: np.ndarray) -> np.ndarray:
    """1.0 where the score reaches the hit line (100 for attainment, else 50), 0.0 where not, NaN without a score."""
    return np.where(np.isnan(score), np.nan, at_least(score, hit_line(history.design.scoring)).astype(float))
