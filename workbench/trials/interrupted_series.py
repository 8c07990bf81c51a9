"""A change for everybody at once: level, trend and season of the team's series with autocorrelated months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from workbench.trials.trial_finding import TrialEstimate

FEWEST_MONTHS = 24
"""Before the change; with fewer the season cannot be told from the change."""
CORRELATIONS = np.linspace(-0.3, 0.96, 64)


@dataclass(frozen=True, eq=False)
class InterruptedSeries:
    """The level shift, and the series without it: (T,) fitted, with the half-width of its 95 % range.

    ``correlation`` : of a period with the next, on average over all that fit.
    """

    estimate: TrialEstimate
    expected: np.ndarray
    half: np.ndarray
    correlation: float


def fit_interrupted_series(values: np.ndarray, after: np.ndarray, per_year: float) -> InterruptedSeries | None:
    """Fit a level shift beside trend and two harmonics of the year, with AR(1) errors by restricted likelihood.

    Estimate, range and p are averaged over all correlations by their restricted likelihood: the best one alone, taken
    for the truth, claims an effect too often in so short a series.

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
    weights = np.exp(np.array([fit[0] for fit in fits]) - max(fit[0] for fit in fits))
    weights /= weights.sum()
    places, errors = np.array([fit[1][0] for fit in fits]), np.array([fit[2][0] for fit in fits])
    df = len(seen) - design.shape[1]
    value = float(weights @ places)
    below = float(weights @ stats.t.cdf(-places / errors, df))
    low, high = (_quantile(share, places, errors, weights, df) for share in (0.025, 0.975))
    found = TrialEstimate("interrupted_series", value, low, high, 2 * min(below, 1 - below), n_units=(1, 0))
    without = full.copy()
    without[:, 0] = 0
    _, slopes, _, spread = fits[int(np.argmax(weights))]
    half = float(stats.t.ppf(0.975, df)) * np.sqrt(np.einsum("ti,ij,tj->t", without, spread, without))
    return InterruptedSeries(found, without @ slopes, half, float(weights @ CORRELATIONS))


def _quantile(share: float, places: np.ndarray, errors: np.ndarray, weights: np.ndarray, df: int) -> float:
    """Return a quantile of a mixture of t distributions."""
    wide = float(stats.t.ppf(0.999999, df)) * errors
    low, high = float((places - wide).min()), float((places + wide).max())
    for _ in range(60):
        middle = (low + high) / 2
        if weights @ stats.t.cdf((middle - places) / errors, df) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _reml(
    values: np.ndarray, design: np.ndarray, gaps: np.ndarray, correlation: float
) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
    """Return the restricted log likelihood at a correlation, the coefficients, their errors and their covariance."""
    size = np.abs(correlation) ** gaps * np.where((gaps % 2 == 1) & (correlation < 0), -1.0, 1.0)
    root = np.linalg.cholesky(size)
    y, x = np.linalg.solve(root, values), np.linalg.solve(root, design)
    inner = x.T @ x
    slopes = np.linalg.solve(inner, x.T @ y)
    df = len(values) - design.shape[1]
    rest = float(((y - x @ slopes) ** 2).sum()) / df
    likelihood = -0.5 * (df * np.log(max(rest, 1e-300)) + 2 * np.log(np.diag(root)).sum()
                         + np.linalg.slogdet(inner)[1])  # fmt: skip
    spread = rest * np.linalg.inv(inner)
    return likelihood, slopes, np.sqrt(np.maximum(np.diag(spread), np.finfo(float).tiny)), spread
