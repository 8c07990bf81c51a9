"""Estimate of how many units a goal is made, whatever it is counted in: few deals of much money are still few."""

from __future__ import annotations

import numpy as np


def goal_unit(goal: np.ndarray, months: np.ndarray) -> float:
    """Return how much of the goal varies by chance like one event: 1 for counts, about a deal's value for money.

    Method: Pearson's dispersion of (reps, quarters) sums around what the rep's and the quarter's usual rate lead one to
    expect. Seasons and skill do not count as chance; drift of single reps does, so that less is said of a goal that
    moves for reasons of its own.

    Parameters
    ----------
    goal : (reps, quarters) sums. months : (reps, quarters) in which the goal is known.

    Returns
    -------
    Infinite where the counts are too few to tell.
    """
    usual = goal.sum(axis=1) / np.maximum(months.sum(axis=1), 1)
    by_rep = months * usual[:, None]
    season = goal.sum(axis=0) / np.maximum(by_rep.sum(axis=0), np.finfo(float).tiny)
    expected = by_rep * season
    seen = expected > 0
    left = seen.sum() - seen.any(axis=1).sum() - seen.any(axis=0).sum() + 1
    if left <= 0 or not seen.any():
        return np.inf
    return float(((goal - expected)[seen] ** 2 / expected[seen]).sum() / left)
