"""Compute Spearman agreement of score and goal under many weights at once."""

from __future__ import annotations

import numpy as np
from scipy import stats

from workbench.scoring.better_side import goal_sign
from workbench.scoring.history import History
from workbench.weights.batch_scores import scores_under


def rank_agreements(history: History, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (sets,) agreement across reps and (sets,) with the next period's goal, under (sets, KPIs) weights.

    The readings ``across_reps`` and ``next_period`` of ``link_score``, without intervals; NaN where nothing varies.
    """
    scoring, later, way = history.design.scoring, history.rows.next(), goal_sign(history.design)
    across = way * spearman_columns(scores_under(history.reps.points, weights, scoring), history.reps.goal)
    follows = np.flatnonzero(later >= 0)
    level = history.rep_periods
    scores = np.where(level.judged[follows, None], scores_under(level.points[follows], weights, scoring), np.nan)
    return across, way * spearman_columns(scores, level.goal_rate[later[follows]])


def spearman_columns(scores: np.ndarray, goal: np.ndarray) -> np.ndarray:
    """Compute Spearman of each column of (rows, sets) scores with (rows,) goal, over complete rows."""
    found = np.full(scores.shape[1], np.nan)
    known = np.isfinite(scores) & np.isfinite(goal)[:, None]
    patterns, which = np.unique(known, axis=1, return_inverse=True)
    for i, rows in enumerate(patterns.T):
        columns = np.flatnonzero(which.ravel() == i)
        if rows.sum() >= 3:
            found[columns] = _pearson_columns(_midranks(scores[np.ix_(rows, columns)]), stats.rankdata(goal[rows]))
    return found


def _midranks(scores: np.ndarray) -> np.ndarray:
    """Return midranks in each column; scores that agree to nine digits of the scale tie."""
    return stats.rankdata(np.round(scores / (np.abs(scores).max(initial=0) or 1.0), 9), axis=0)


def _pearson_columns(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    a, b = x - x.mean(axis=0), y - y.mean()
    squares = (a * a).sum(axis=0) * (b @ b)
    return np.divide(b @ a, np.sqrt(squares), out=np.full(x.shape[1], np.nan), where=squares > 0)
