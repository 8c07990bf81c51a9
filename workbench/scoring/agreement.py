"""Measure the agreement of a KPI or score with the goal: across reps, within reps, over rep-periods, next period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from workbench.scoring.correlation import Correlation, CorrelationMethod, correlate
from workbench.scoring.rows import Rows, remove_group_means
from workbench.scoring.within_reps import correlate_within_reps


@dataclass(frozen=True)
class Agreement:
    """The agreement in five readings; ``as_json`` has the keys promised for every agreement."""

    across_reps: Correlation
    within_reps: Correlation
    within_reps_and_periods: Correlation
    rep_periods: Correlation
    next_period: Correlation

    def turned(self) -> Agreement:
        """Return every reading with one of the two series turned round."""
        return Agreement(**{name: reading.turned() for name, reading in vars(self).items()})

    def as_json(self) -> dict[str, Any]:
        return {name: reading.as_json() for name, reading in vars(self).items()}


@dataclass(frozen=True, eq=False)
class Pairs:
    """The pairs of one reading: (pairs,) x and goal, the rep and period of each, and the kind of their correlation.

    Within reps that is Pearson's, on Preview as on Evidence; ranks of deviations would mix reps of unlike spread.
    """

    x: np.ndarray
    goal: np.ndarray
    rows: Rows
    kind: CorrelationMethod = "spearman"


def measure_agreement(
    x_reps: np.ndarray, goal_reps: np.ndarray, x: np.ndarray, goal: np.ndarray, rows: Rows,
    worked: np.ndarray | None = None,
) -> Agreement:  # fmt: skip
    """Compute the correlation of a series with the goal in all readings: Spearman's, and within reps Pearson's.

    Parameters
    ----------
    x_reps, goal_reps : (reps,) the level of each rep. x, goal : (rows,) of each rep-period.
    worked : (rows,) share of the days worked, by which rep-periods weigh within reps; None where all are whole.
    """
    plain = {
        name: correlate(pairs.x, pairs.goal, pairs.rows.reps)
        for name, pairs in agreement_pairs(x_reps, goal_reps, x, goal, rows, worked).items()
        if pairs.kind == "spearman"
    }
    within = [correlate_within_reps(x, goal, rows, periods, worked) for periods in (False, True)]
    return Agreement(**plain, within_reps=within[0], within_reps_and_periods=within[1])


def agreement_pairs(
    x_reps: np.ndarray, goal_reps: np.ndarray, x: np.ndarray, goal: np.ndarray, rows: Rows,
    worked: np.ndarray | None = None,
) -> dict[str, Pairs]:  # fmt: skip
    """Return the complete pairs of each reading.

    ``across_reps``: the reps' levels. ``within_reps``: after removing each rep's own level;
    ``within_reps_and_periods``: after removing the periods' levels too, so that a common season is no evidence.
    ``rep_periods``: as they are. ``next_period``: this period's x with the goal of the period after.
    """
    across = _complete_pairs(x_reps, goal_reps, Rows(np.arange(len(x_reps)), np.zeros(len(x_reps), dtype=int)))
    pooled = _complete_pairs(x, goal, rows)
    weights = None if worked is None else worked[np.isfinite(x) & np.isfinite(goal)]
    later = rows.next()
    follows = later >= 0
    return {
        "across_reps": across,
        "within_reps": _within_rep_pairs(pooled, weights, pooled.rows.reps),
        "within_reps_and_periods": _within_rep_pairs(pooled, weights, pooled.rows.reps, pooled.rows.periods),
        "rep_periods": pooled,
        "next_period": _complete_pairs(x[follows], goal[later[follows]], rows.where(follows)),
    }


def _complete_pairs(x: np.ndarray, goal: np.ndarray, rows: Rows) -> Pairs:
    both = np.isfinite(x) & np.isfinite(goal)
    return Pairs(x[both], goal[both], rows.where(both))


def _within_rep_pairs(pairs: Pairs, weights: np.ndarray | None, *groups: np.ndarray) -> Pairs:
    x, goal = (remove_group_means(side, *groups, weights=weights) for side in (pairs.x, pairs.goal))
    return Pairs(x, goal, pairs.rows, "pearson")
