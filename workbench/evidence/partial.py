"""Compute partial correlations with the goal from the inverse of a matrix."""

from __future__ import annotations

import numpy as np
from scipy import stats

from workbench.scoring.correlation import Correlation, centred_ranks_without, exact_is_affordable, jackknife_correlation
from workbench.scoring.fixed_effects import remove_levels

SPARE_REPS = 6  # reps beyond the number of other KPIs
SINGULAR = 1e-10


def partial_to_last(matrix: np.ndarray) -> np.ndarray:
    """Return partial correlations with the last variable given all others: −P_ky ÷ √(P_kk·P_yy), P the inverse.

    Parameters
    ----------
    matrix : (…, v, v) correlation or cross-product matrices.

    Returns
    -------
    (…, v − 1) values, NaN where the matrix has no inverse. A constant variable has NaN, and
    the others are as without it.
    """
    scale = np.sqrt(np.einsum("...ii->...i", matrix))
    varies = scale > 0
    safe = np.where(varies, scale, 1)
    unit = matrix / (safe[..., :, None] * safe[..., None, :])
    unit = unit + np.where(varies, 0.0, 1.0)[..., None] * np.eye(unit.shape[-1])
    solvable = varies[..., -1] & (np.linalg.eigvalsh(unit)[..., 0] > SINGULAR)
    unit = np.where(solvable[..., None, None], unit, np.eye(unit.shape[-1]))
    inverse = np.linalg.inv(unit)
    diagonal = np.einsum("...ii->...i", inverse)
    partial = -inverse[..., :-1, -1] / np.sqrt(diagonal[..., :-1] * diagonal[..., -1:])
    return np.where(solvable[..., None] & varies[..., :-1], partial, np.nan)


def partial_across(values: np.ndarray, confidence: float) -> tuple[Correlation, ...]:
    """Return partial Spearman across reps of each variable with the last, given the others.

    Parameters
    ----------
    values : (variables, reps); reps with anything missing are left out.

    Notes
    -----
    Interval by leaving out one rep at a time, like every other link; the others are ranked anew. Its variance is that
    of as many reps as are left beside the other KPIs: without that it covers 98 to 99% with five to ten KPIs for
    twenty reps; with it .95 to .97 (250 teams each of 12 × 2 to 50 × 10, also with fat tails).
    """
    complete = values[:, np.isfinite(values).all(axis=0)]
    n, others = complete.shape[1], len(values) - 2
    method = f"partial spearman given {others} others"
    if n < others + SPARE_REPS:
        return _too_few(len(values) - 1, n, n, method, others + SPARE_REPS)
    full, left = rank_products(complete)
    without = partial_to_last(left)
    return tuple(
        jackknife_correlation(r, without[:, k], n, method, confidence, spent=others)
        if np.isfinite(r)
        else Correlation(np.nan, np.nan, np.nan, n, n, method, "the KPIs cannot be told apart")
        for k, r in enumerate(partial_to_last(full))
    )


def rank_products(levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return cross products (variables, variables) of centred ranks over reps, and (reps, …) those without each rep.

    Parameters
    ----------
    levels : (variables, reps). The others are ranked anew unless there are too many reps.
    """
    n = levels.shape[1]
    ranks = stats.rankdata(levels, axis=1)
    ranks = ranks - ranks.mean(axis=1, keepdims=True)
    full = ranks @ ranks.T
    if not exact_is_affordable(n, n):
        return full, full - np.einsum("vr,wr->rvw", ranks, ranks) * (n / max(n - 1, 1))
    anew = np.stack([centred_ranks_without(row, np.arange(n), n) for row in levels])
    return full, np.einsum("vpr,wpr->rvw", anew, anew, optimize=True)


def partial_within(
    values: np.ndarray, take_out_periods: bool, confidence: float, segments: np.ndarray | None = None,
    weights: np.ndarray | None = None,
) -> tuple[Correlation, ...]:  # fmt: skip
    """Return partial Pearson within reps of each variable with the last, given the others.

    Parameters
    ----------
    values : (variables, reps, periods); cells with anything missing are left out.
    weights : (reps, periods) of the cells, such as days worked; None where all weigh the same.
    """
    residuals = remove_levels(values, np.isfinite(values).all(axis=0), take_out_periods, segments, weights)
    n_reps, others = int(residuals.carriers.sum()), len(values) - 2
    method = f"partial pearson within reps given {others} others"
    if n_reps < 3 or residuals.n_pairs < n_reps + residuals.values.shape[2] + len(values):
        return _too_few(len(values) - 1, residuals.n_pairs, n_reps, method, 3)
    full, without = residuals.products()
    without = partial_to_last(without)
    return tuple(
        jackknife_correlation(r, without[:, k], residuals.n_pairs, method, confidence)
        for k, r in enumerate(partial_to_last(full))
    )


def _too_few(kpis: int, n: int, n_reps: int, method: str, enough: int) -> tuple[Correlation, ...]:
    reason = f"telling this many KPIs apart needs at least {enough} reps with every value; there are {n_reps}"
    return (Correlation(np.nan, np.nan, np.nan, n, n_reps, method, reason),) * kpis
