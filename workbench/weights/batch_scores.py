"""Compute scores and ranks of the same points under thousands of weights at once."""

from __future__ import annotations

import numpy as np
from scipy import stats

from workbench.design.model import Scoring
from workbench.scoring.scorecard import LEAST_GEOMETRIC


def scores_under(points: np.ndarray, weights: np.ndarray, scoring: Scoring) -> np.ndarray:
    """Return (rows, sets) scores of (rows, KPIs) points under (sets, KPIs) weights, as ``scores_from_points`` does.

    Adds in another order than ``scores_from_points``, so the last digits may differ.
    """
    known = np.isfinite(points)
    counted = known | (scoring.missing == "zero")
    value = np.where(known, points, 0.0)
    if scoring.combine == "minimum":
        scores = _minimum_scores(value, counted, weights)
    else:
        level = np.log(np.maximum(value, LEAST_GEOMETRIC)) if scoring.combine == "geometric" else value
        total = counted.astype(float) @ weights.T
        mean = np.divide((level * counted) @ weights.T, total, out=np.full(total.shape, np.nan), where=total > 0)
        scores = np.exp(mean) if scoring.combine == "geometric" else mean
    missed = (~known).astype(float) @ (weights > 0).T.astype(float) > 0
    return np.where(missed & (scoring.missing == "exclude"), np.nan, scores)


def ranks_under(scores: np.ndarray) -> np.ndarray:
    """Return (rows, sets) ranks within each set, 1 the largest, ties share the better rank; NaN without a score.

    Scores that agree to nine digits of the scale tie, as in ``ranks``.
    """
    scale = np.nanmax(np.abs(scores), initial=0) or 1.0
    filled = np.where(np.isnan(scores), -np.inf, np.round(scores / scale, 9))
    return np.where(np.isnan(scores), np.nan, stats.rankdata(-filled, method="min", axis=0))


def _minimum_scores(value: np.ndarray, counted: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return minimum scores, which depend only on which KPIs are on."""
    patterns, which = np.unique(weights > 0, axis=0, return_inverse=True)
    smallest = [
        np.where(counted[:, on].any(axis=1), np.where(counted[:, on], value[:, on], np.inf).min(axis=1, initial=np.inf),
                 np.nan) for on in patterns
    ]  # fmt: skip
    return np.column_stack(smallest)[:, which.ravel()]
