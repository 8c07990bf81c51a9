"""Measure the agreement of a KPI or score with the goal: across reps, within reps, over rep-periods, next period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from workbench.scoring.correlation import Correlation, correlate
from workbench.scoring.rows import Rows, remove_group_means


@dataclass(frozen=True)
class Agreement:
    """The agreement in five readings; ``as_json`` has the keys promised for every agreement."""

    across_reps: Correlation
    within_reps: Correlation
    within_reps_and_periods: Correlation
    rep_periods: Correlation
    next_period: Correlation

    def as_json(self) -> dict[str, Any]:
        return {name: reading.as_json() for name, reading in vars(self).items()}


@dataclass(frozen=True, eq=False)
class Pairs:
    """The pairs of one reading: (pairs,) x and goal, the rep and period of each, and how they were adjusted."""

    x: np.ndarray
    goal: np.ndarray
    rows: Rows
    note: str = ""


def measure_agreement(
    x_reps: np.ndarray, goal_reps: np.ndarray, x: np.ndarray, goal: np.ndarray, rows: Rows
) -> Agreement:
    """Compute the Spearman correlation of a series with the goal in all readings.

    Parameters
    ----------
    x_reps, goal_reps : (reps,) the level of each rep. x, goal : (rows,) of each rep-period.
    """
    found = agreement_pairs(x_reps, goal_reps, x, goal, rows)
    return Agreement(**{name: correlate(p.x, p.goal, p.rows.reps, note=p.note) for name, p in found.items()})


def agreement_pairs(
    x_reps: np.ndarray, goal_reps: np.ndarray, x: np.ndarray, goal: np.ndarray, rows: Rows
) -> dict[str, Pairs]:
    """Return the complete pairs of each reading.

    ``across_reps``: the reps' levels. ``within_reps``: after removing each rep's own level;
    ``within_reps_and_periods``: after removing the periods' levels too, so that a common season is no evidence.
    ``rep_periods``: as they are. ``next_period``: this period's x with the goal of the period after.
    """
    across = _complete_pairs(x_reps, goal_reps, Rows(np.arange(len(x_reps)), np.zeros(len(x_reps), dtype=int)))
    pooled = _complete_pairs(x, goal, rows)
    later = rows.next()
    follows = later >= 0
    return {
        "across_reps": across,
        "within_reps": _within_rep_pairs(pooled, "each rep's level removed", pooled.rows.reps),
        "within_reps_and_periods": _within_rep_pairs(
            pooled, "each rep's and each period's level removed", pooled.rows.reps, pooled.rows.periods
        ),
        "rep_periods": pooled,
        "next_period": _complete_pairs(x[follows], goal[later[follows]], rows.where(follows)),
    }


def _complete_pairs(x: np.ndarray, goal: np.ndarray, rows: Rows) -> Pairs:
    both = np.isfinite(x) & np.isfinite(goal)
    return Pairs(x[both], goal[both], rows.where(both))


def _within_rep_pairs(pairs: Pairs, note: str, *groups: np.ndarray) -> Pairs:
    return Pairs(remove_group_means(pairs.x, *groups), remove_group_means(pairs.goal, *groups), pairs.rows, note)
