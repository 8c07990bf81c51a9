"""The effect that a trial of this team could find: from how far reps' later means lie from what their past foretold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from workbench.trials.estimate_effect import FEWEST_UNITS
from workbench.trials.trial_finding import DetectableEffect
from workbench.trials.trial_groups import TrialGroups
from workbench.trials.unit_means import unit_means
from workbench.trials.window_values import WindowMeasure

POWER, LEVEL_OF_TEST = 0.8, 0.05
LENGTHS = (1, 2, 3, 4, 6, 9, 12)
FEWEST_ORIGINS = 1


def residual_spread(
    measure: WindowMeasure, groups: TrialGroups, history: np.ndarray, n_before: int, n_after: int
) -> float:
    """Return the spread of units' means over ``n_after`` periods around what their mean over ``n_before`` foretold.

    Over every pair of such windows that the history before the trial holds; NaN where it holds none.
    """
    places = np.flatnonzero(history)
    variances = []
    for first in range(len(places) - n_before - n_after + 1):
        early, late = places[first : first + n_before], places[first + n_before : first + n_before + n_after]
        found = _variance(measure, groups, len(history), early, late)
        if np.isfinite(found):
            variances.append(found)
    return float(np.sqrt(np.mean(variances))) if len(variances) >= FEWEST_ORIGINS else np.nan


def _variance(
    measure: WindowMeasure, groups: TrialGroups, n_periods: int, early: np.ndarray, late: np.ndarray
) -> float:
    windows = [np.isin(np.arange(n_periods), places) for places in (early, late)]
    units = unit_means(groups, measure.over(windows[0]), measure.over(windows[1]))
    x, y = units.before, units.after
    if len(x) < 4:
        return np.nan
    design = np.column_stack([np.ones(len(x)), x - x.mean()])
    slopes, _, order, _ = np.linalg.lstsq(design, y, rcond=None)
    return float(((y - design @ slopes) ** 2).sum() / (len(x) - int(order)))


def detectable_effects(
    measure: WindowMeasure,
    groups: TrialGroups,
    history: np.ndarray,
    n_before: int,
    lengths: Sequence[int] = LENGTHS,
    sizes: Sequence[int] | None = None,
) -> tuple[DetectableEffect, ...]:
    """Return the effect found in 8 of 10 trials, by number of treated units and length.

    The history before the start alone is used. A length that it cannot hold twice over is left out rather than guessed.

    Parameters
    ----------
    history : (T,) bool. n_before : periods of history that the estimate will use. sizes : numbers of treated units;
        default from four to half of the team.
    """  # fmt: skip
    level = measure.over(history)
    units = unit_means(groups, level, level)
    n = len(units.names)
    if n < 2 * FEWEST_UNITS:
        return ()
    mean = float(units.before.mean())
    wanted = sizes or sorted({FEWEST_UNITS, n // 4, n // 3, n // 2, n - FEWEST_UNITS, units.n[0]})
    out = []
    for length in lengths:
        used = min(n_before, int(history.sum()) - length)
        spread = residual_spread(measure, groups, history, used, length) if used >= 1 else np.nan
        if np.isfinite(spread):
            for size in (each for each in wanted if FEWEST_UNITS <= each <= n - FEWEST_UNITS):
                effect = effect_with_power(spread, size, n - size)
                share = effect / abs(mean) if mean else np.nan
                out.append(DetectableEffect(size, n - size, length, effect, share))
    return tuple(out)


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
