"""A change for everybody at once: level, trend and season of the team's series with autocorrelated months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from workbench.trials.trial_finding import TrialEstimate

FEWEST_MONTHS = 24
"""Before the change; with fewer the season cannot be told from the change."""
CORRELATIONS = np.linspace(-0.3, 0.95, 126)


@dataclass(frozen=True, eq=False)
class InterruptedSeries:
    """The level shift, and the series without it: (T,) fitted, with the half-width of its 95 % range."""

    estimate: TrialEstimate
    expected: np.ndarray
    half: np.ndarray
    correlation: float


def fit_interrupted_series(values: np.ndarray, after: np.ndarray, per_year: float) -> InterruptedSeries | None:
    """Fit a level shift beside trend and two harmonics of the year, with AR(1) errors by REML.

    Parameters
    ----------
    values : (T,) the team's value by consecutive period, NaN where missing. after : (T,) bool.
    per_year : periods in a year.

    Returns
    -------
    InterruptedSeries or None
        None where the periods do not allow the fit.
    """
    time = np.arange(len(values), dtype=float)
    turn = 2 * np.pi * time / per_year
    waves = [wave(k * turn) for k in ((1, 2) if per_year > 4 else (1,)) for wave in (np.sin, np.cos)]
    full = np.column_stack([after.astype(float), np.ones(len(time)), (time - time.mean()) / len(time), *waves])
    known = np.isfinite(values)
    design, seen = full[known], values[known]
    if known.sum() <= full.shape[1] + 3 or np.linalg.matrix_rank(design) < full.shape[1]:
        return None
    gaps = np.abs(time[known][:, None] - time[known][None, :])
    fits = [_reml(seen, design, gaps, correlation) for correlation in CORRELATIONS]
    best = int(np.argmax([fit[0] for fit in fits]))
    _, slopes, spread, df = fits[best]
    wide = float(stats.t.ppf(0.975, df))
    error = float(np.sqrt(spread[0, 0]))
    p = float(2 * stats.t.sf(abs(slopes[0]) / error, df)) if error > 0 else np.nan
    found = TrialEstimate("interrupted_series", float(slopes[0]), float(slopes[0] - wide * error),
                          float(slopes[0] + wide * error), p, n_units=(1, 0))  # fmt: skip
    without = full.copy()
    without[:, 0] = 0
    half = wide * np.sqrt(np.einsum("ti,ij,tj->t", without, spread, without))
    return InterruptedSeries(found, without @ slopes, half, float(CORRELATIONS[best]))


def _reml(
    values: np.ndarray, design: np.ndarray, gaps: np.ndarray, correlation: float
) -> tuple[float, np.ndarray, np.ndarray, int]:
    """Return the restricted log likelihood at a correlation, the coefficients, their covariance and df."""
    size = np.abs(correlation) ** gaps * np.where((gaps % 2 == 1) & (correlation < 0), -1.0, 1.0)
    root = np.linalg.cholesky(size)
    y, x = np.linalg.solve(root, values), np.linalg.solve(root, design)
    inner = x.T @ x
    slopes = np.linalg.solve(inner, x.T @ y)
    df = len(values) - design.shape[1]
    rest = float(((y - x @ slopes) ** 2).sum()) / df
    likelihood = -0.5 * (df * np.log(max(rest, 1e-300)) + 2 * np.log(np.diag(root)).sum()
                         + np.linalg.slogdet(inner)[1])  # fmt: skip
    return likelihood, slopes, rest * np.linalg.inv(inner), df
