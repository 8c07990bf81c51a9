"""The effect that a trial of this team could find: from how far reps' later means lie from what their past foretold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats
from scipy.optimize import nnls

from workbench.data.model.dataset import Grain
from workbench.trials.estimate_effect import FEWEST_UNITS
from workbench.trials.trial_finding import DetectableEffect
from workbench.trials.trial_groups import TrialGroups
from workbench.trials.unit_means import unit_means
from workbench.trials.window_values import WindowMeasure

POWER, LEVEL_OF_TEST = 0.8, 0.05
LENGTHS: dict[Grain, tuple[int, ...]] = {
    "day": (28, 56, 91, 182, 273, 364), "week": (4, 8, 13, 26, 39, 52), "month": (1, 2, 3, 4, 6, 9, 12),
    "quarter": (1, 2, 3, 4),
}  # fmt: skip
"""Of a trial up to a year, in periods."""
MEMORIES = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Correlations of neighbouring periods, of which the one that fits the history best is taken."""


def covariance_by_lag(values: np.ndarray, n_lags: int) -> np.ndarray:
    """Return (n_lags,) the covariance over units of two periods so far apart, as one smooth curve for all of them.

    A window of every length would be seen in other stretches of the history, a long one in very few, so that their
    spreads would differ by luck. The curve is lasting differences, differences that fade, and what is new each period,
    fitted to all pairs of periods.

    Parameters
    ----------
    values : (U, T), NaN where missing.
    """
    known = np.isfinite(values)
    n = known.sum(axis=0)
    rest = np.where(known, values - np.nansum(values, axis=0) / np.maximum(n, 1), 0.0)
    unbiased = np.sqrt(n / np.maximum(n - 1, 1))
    n_periods = values.shape[1]
    pairs = [(slice(0, n_periods - lag), slice(lag, n_periods)) for lag in range(n_periods)]
    weights = np.array([float((known[:, one] & known[:, other]).sum()) for one, other in pairs])
    sums = [float((rest[:, one] * rest[:, other] * (unbiased[one] * unbiased[other])).sum()) for one, other in pairs]
    found = np.array(sums) / np.maximum(weights, 1)
    size, fits = max(float(found[0]), np.finfo(float).tiny), []
    for memory in MEMORIES:
        root = np.sqrt(weights)[:, None]
        parts, error = nnls(_curve(memory, n_periods) * root, found / size * root[:, 0])
        fits.append((float(error), memory, parts))
    _, memory, parts = min(fits, key=lambda fit: fit[0])
    return np.asarray(size * (_curve(memory, n_lags) @ parts))


def _curve(memory: float, n_lags: int) -> np.ndarray:
    lags = np.arange(n_lags)
    return np.column_stack([np.ones(n_lags), memory**lags if memory else np.zeros(n_lags), lags == 0]).astype(float)


def residual_spread(covariance: np.ndarray, n_before: int, n_after: int) -> float:
    """Return the spread of means over ``n_after`` periods around what the mean of the ``n_before`` before foretold.

    Parameters
    ----------
    covariance : by lag, for as many lags as both hold together.
    """
    places = np.arange(n_before + n_after)
    every = covariance[np.abs(places[:, None] - places)]
    early, late = every[:n_before, :n_before].mean(), every[n_before:, n_before:].mean()
    both = every[:n_before, n_before:].mean()
    return float(np.sqrt(max(late - both**2 / early, 0.0))) if early > 0 else np.nan


def detectable_effects(
    measure: WindowMeasure,
    groups: TrialGroups,
    history: np.ndarray,
    n_before: int,
    lengths: Sequence[int] = LENGTHS["month"],
    sizes: Sequence[int] | None = None,
    taking_part: tuple[int, int] | None = None,
) -> tuple[DetectableEffect, ...]:
    """Return the effect found in 8 of 10 trials, by number of treated units and length.

    The history before the start alone is used. A length that it cannot hold beside the periods before is left out
    rather than guessed. More periods can hurt only where units drift apart, so that a longer trial lies further from
    the past it is compared with.

    Parameters
    ----------
    history : (T,) bool. n_before : periods of history that the estimate will use. sizes : numbers of treated units;
        default from four to half of the team. taking_part : units that change and that work as before; default all
        with a history, of whom some may have left.
    """
    level = measure.over(history)
    units = unit_means(groups, level, level)
    treated, n_periods = (taking_part or units.n)[0], int(history.sum())
    n = sum(taking_part) if taking_part else len(units.names)
    used = min(n_before, n_periods // 2)
    if n < 2 * FEWEST_UNITS or used < 1:
        return ()
    covariance = covariance_by_lag(_by_unit(measure.by_period()[:, history], groups), used + max(lengths))
    mean = float(units.before.mean())
    wanted = sizes or sorted({FEWEST_UNITS, n // 4, n // 3, n // 2, n - FEWEST_UNITS, treated})
    out = []
    for length in (each for each in lengths if used + each <= n_periods):
        spread = residual_spread(covariance, used, length)
        for size in (each for each in wanted if FEWEST_UNITS <= each <= n - FEWEST_UNITS and np.isfinite(spread)):
            effect = effect_with_power(spread, size, n - size)
            out.append(DetectableEffect(size, n - size, length, effect, effect / abs(mean) if mean else np.nan))
    return tuple(out)


def _by_unit(by_period: np.ndarray, groups: TrialGroups) -> np.ndarray:
    """Return (U, T) means over the reps of each unit."""
    rows = [by_period[groups.units == unit] for unit in np.unique(groups.units[groups.units != ""])]
    n = [np.isfinite(each).sum(axis=0) for each in rows]
    return np.array([np.where(k > 0, np.nansum(each, axis=0) / np.maximum(k, 1), np.nan)
                     for each, k in zip(rows, n, strict=True)])  # fmt: skip


def effect_with_power(spread: float, n_treated: int, n_comparison: int, power: float = POWER) -> float:
    """Return the effect that a t test on residuals of this spread finds with the given power (noncentral t).

    The permutation test of studentized residuals has the same critical value but for its steps.
    """
    df = n_treated + n_comparison - 3
    if df < 1 or not np.isfinite(spread):
        return np.nan
    critical = float(stats.t.ppf(1 - LEVEL_OF_TEST / 2, df))
    low, high = 0.0, critical + 20.0
    for _ in range(60):
        middle = (low + high) / 2
        if stats.nct.sf(critical, df, middle) < power:
            low = middle
        else:
            high = middle
    return float(high * spread * np.sqrt(1 / n_treated + 1 / n_comparison))
