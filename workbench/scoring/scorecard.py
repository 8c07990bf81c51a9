"""Combine points to scores, and decompose scores into contributions of KPIs.

Missing points: ``reweight`` leaves the KPI out and scales the others up, ``zero`` counts it as 0 points, ``exclude``
gives no score. A KPI of weight 0 is off: it neither counts nor is missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from workbench.design.model import Kpi, Scoring

LEAST_GEOMETRIC = 1.0  # a geometric mean takes fewer points as 1: "no hiding a zero", yet a product above 0


def scores_from_points(points: np.ndarray, weights: Sequence[float] | np.ndarray, scoring: Scoring) -> np.ndarray:
    """Compute the weighted score of each row. The live view repeats this arithmetic, in this order, in the browser.

    Parameters
    ----------
    points : (rows, KPIs), NaN where missing.
    weights : (KPIs,), or (rows, KPIs) where each row has its own; not negative, any total.

    Returns
    -------
    ndarray
        (rows,). Mean: Σ weight·points added from the first KPI to the last, then divided by the weights of the KPIs
        present, added in the same order. Geometric: exp of the same with ln max(points, 1). Minimum: the smallest.
        NaN where nothing that counts is present.
    """
    points, weights = np.asarray(points, float), np.asarray(weights, float)
    total, present, smallest = np.zeros(len(points)), np.zeros(len(points)), np.full(len(points), np.inf)
    for column, weight in zip(points.T, weights.T, strict=True):
        if not np.any(weight):
            continue
        there, value = _counting_points(column, scoring)
        there = there & (weight > 0)
        added = np.log(np.maximum(value, LEAST_GEOMETRIC)) if scoring.combine == "geometric" else value
        total = total + np.where(there, weight * added, 0)
        present = present + np.where(there, weight, 0)
        smallest = np.where(there, np.minimum(smallest, value), smallest)
    mean = np.divide(total, present, out=np.full(len(points), np.nan), where=present > 0)
    scores = {"mean": mean, "geometric": np.exp(mean), "minimum": np.where(present > 0, smallest, np.nan)}
    return np.where(_exclude_incomplete(points, weights, scoring), np.nan, scores[scoring.combine])


def compute_contributions(
    points: np.ndarray, weights: Sequence[float] | np.ndarray, scoring: Scoring
) -> tuple[np.ndarray, np.ndarray]:
    """Return shares and contributions, each (rows, KPIs); contributions add up to the score, without a remainder.

    A share is the KPI's weight ÷ the weights of the KPIs present in that row. Mean: share × points. Geometric: the
    score split in proportion to share × ln points (by share where all points are 1). Minimum: the whole score belongs
    to the lowest KPI, or in proportion to shares to several that are equally low. A KPI that is off, or left out for
    missing points, has share and contribution 0; a row without a score has NaN contributions.
    """
    points, weights = np.asarray(points, float), np.asarray(weights, float)
    score = scores_from_points(points, weights, scoring)
    there = (np.isfinite(points) | (scoring.missing == "zero")) & (weights > 0)
    value = np.where(there, np.where(np.isnan(points), 0, points), 0)
    share = _split_in_proportion(np.ones(len(points)), np.where(there, weights, 0))
    if scoring.combine == "mean":
        parts = share * value
    elif scoring.combine == "geometric":
        logs = share * np.log(np.maximum(value, LEAST_GEOMETRIC))
        parts = _split_in_proportion(score, np.where(logs.sum(axis=1, keepdims=True) > 0, logs, share))
    else:
        parts = _split_in_proportion(score, np.where(there & (value == score[:, None]), share, 0))
    return share, np.where(np.isnan(score)[:, None], np.nan, parts)


def composite_points(kpi: Kpi, leaf_points: Iterator[np.ndarray], scoring: Scoring) -> np.ndarray:
    """Compute a KPI's points from those of the formulas below it, taken from the iterator in order.

    A composite is always the weighted mean of its parts, with the scorecard's rule for missing points.
    """
    if not kpi.kpis:
        return next(leaf_points)
    parts = np.column_stack([composite_points(part, leaf_points, scoring) for part in kpi.kpis])
    return scores_from_points(parts, [part.weight for part in kpi.kpis], with_mean_combination(scoring))


def with_mean_combination(scoring: Scoring) -> Scoring:
    """Return the scoring rules with the weighted mean as ``combine``."""
    return scoring.model_copy(update={"combine": "mean"})


def _counting_points(column: np.ndarray, scoring: Scoring) -> tuple[np.ndarray, np.ndarray]:
    """Return which points count, and the points with 0 where missing."""
    known = np.isfinite(column)
    return known | (scoring.missing == "zero"), np.where(known, column, 0)


def _exclude_incomplete(points: np.ndarray, weights: np.ndarray, scoring: Scoring) -> np.ndarray:
    return (~np.isfinite(points) & (weights > 0)).any(axis=1) & (scoring.missing == "exclude")


def _split_in_proportion(whole: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Split each row's total in proportion to that row of ``by``; 0 where the row is all 0."""
    total = by.sum(axis=1, keepdims=True)
    return whole[:, None] * np.divide(by, total, out=np.zeros_like(by), where=total > 0)
