"""Compute effective shares: the part of each KPI in the variance of scores (Paruolo, Saisana, Saltelli 2013)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from workbench.design.model import Design
from workbench.scoring.history import HistoryLevel
from workbench.scoring.scorecard import compute_contributions

DECORATIVE, DOMINANT, NEAR_COPY = 0.25, 0.5, 0.9
LEAST_FOR_COPIES = 8  # of fewer rows, two unlike KPIs correlate at .9 by chance


def effective_shares(level: HistoryLevel, design: Design) -> pd.DataFrame:
    """Compute the stated and effective share of each top KPI over the rows of a level.

    Returns
    -------
    DataFrame
        ``kpi``; ``share`` stated; ``effective`` = Cov(contribution, score) ÷ Var(score), adding up to 1, negative
        where the KPI pulls against the score (w·Cov(points, S)/Var(S) when nothing is missing); ``r2`` the squared
        correlation of points and score; ``verdict``: *no values* (there are no points), *decorative* (effective below
        a quarter of stated), *dominant* (effective above a half and half as much again as stated), *near copy*
        (correlation of .9 with another KPI, named in ``copy_of``, over ``LEAST_FOR_COPIES`` rows or more), empty
        otherwise. NaN where no score varies.
    """
    weights = [kpi.weight for kpi in design.kpis]
    _, parts = compute_contributions(level.points, weights, design.scoring)
    scored = np.isfinite(level.score)
    effective = _covariance_share(parts[scored], level.score[scored])
    names, shares = [kpi.name for kpi in design.kpis], np.array(list(design.shares().values()))
    copies = _find_near_copies(correlate_points(level.points, LEAST_FOR_COPIES), shares > 0)
    seen = np.isfinite(level.points).any(axis=0)
    verdicts = [
        "" if share == 0 else _share_verdict(share, real, copy is not None) if valued else "no values"
        for share, real, copy, valued in zip(shares, effective, copies, seen, strict=True)
    ]
    return pd.DataFrame(
        {"kpi": names, "share": shares, "effective": effective, "verdict": verdicts,
         "r2": correlate_points(np.column_stack([level.points, level.score]))[:-1, -1] ** 2,
         "copy_of": [None if copy is None else names[copy] for copy in copies]}
    )  # fmt: skip


def solve_weights_for_shares(covariance: np.ndarray, wanted: Sequence[float]) -> np.ndarray:
    """Return the weights, adding up to 100, whose effective shares are the wanted ones (each above 0).

    w·(Cw) ∝ wanted has one positive solution, the minimum of ½ wᵀCw − Σ wanted·ln w, where C is the covariance of the
    points and invertible.
    """
    target, spread = np.asarray(wanted, float) / np.sum(wanted), np.sqrt(np.diag(covariance))
    alike = covariance / np.outer(spread, spread)
    found = minimize(
        lambda u: 0.5 * np.exp(u) @ alike @ np.exp(u) - target @ u, np.zeros(len(target)), method="BFGS",
        jac=lambda u: np.exp(u) * (alike @ np.exp(u)) - target, options={"gtol": 1e-10},
    )  # fmt: skip
    weights = np.exp(found.x) / spread
    return 100 * weights / weights.sum()


def solve_weights_for_correlations(points: np.ndarray, wanted: Sequence[float]) -> np.ndarray | None:
    """Return weights, adding up to 100, with the KPIs' correlations with the score in proportion to ``wanted``.

    w ∝ R⁻¹·wanted on standardised points. None where a weight would be negative: that influence is not achievable.
    """
    spread = np.nanstd(points, axis=0, ddof=1)
    solved = np.linalg.solve(correlate_points(points), np.asarray(wanted, float)) / spread
    return None if (solved < -1e-12 * np.abs(solved).max()).any() else 100 * solved / solved.sum()


def correlate_points(points: np.ndarray, least: int = 3) -> np.ndarray:
    """Return (KPIs, KPIs) Pearson correlations over ``least`` pairwise complete rows; NaN where one does not vary."""
    return pd.DataFrame(points).corr(min_periods=least).to_numpy()


def _covariance_share(parts: np.ndarray, score: np.ndarray) -> np.ndarray:
    centred = score - score.mean() if len(score) else score
    varies = len(score) > 1 and np.ptp(score) > 1e-9 * np.abs(score).max()
    return parts.T @ centred / (centred @ centred) if varies else np.full(parts.shape[1], np.nan)


def _find_near_copies(alike: np.ndarray, on: np.ndarray) -> list[int | None]:
    """Return, for each KPI that is on, the other one it correlates with most, if at least ``NEAR_COPY``."""
    others = np.where(np.eye(len(alike), dtype=bool) | ~on | ~on[:, None] | np.isnan(alike), -1, alike)
    return [int(np.argmax(row)) if len(row) and row.max() >= NEAR_COPY else None for row in others]


def _share_verdict(share: float, effective: float, copy: bool) -> str:
    if copy:
        return "near copy"
    if effective < DECORATIVE * share:
        return "decorative"
    return "dominant" if effective > DOMINANT and effective > 1.5 * share else ""
