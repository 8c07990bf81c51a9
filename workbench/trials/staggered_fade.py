"""Whether an effect lasts where units start one after the other: both halves of the time since each start."""

from __future__ import annotations

import numpy as np

from workbench.trials.compare_units import FEWEST_TO_SPLIT
from workbench.trials.permutation import SAMPLED, SEED, sampled_orders
from workbench.trials.staggered_starts import (
    FEWEST_ORDERS,
    NEVER,
    StaggeredTrial,
    bounds_by_orders,
    cohort_gaps,
    n_start_orders,
    p_of_orders,
)
from workbench.trials.trial_finding import TrialEstimate, TrialFade


def fade_of_starts(
    trial: StaggeredTrial, share: float, effect: float, n_units: tuple[int, int], sampled: int = SAMPLED
) -> TrialFade | None:
    """Return the effect in both halves of the time since the starts, and its change.

    Of every cohort the periods in which others still wait are split in two; only cohorts with four of them count, so
    that both halves are of the same units. The average effect is taken out before start dates are permuted, since what
    is tested is that it stays the same. None without such a cohort, or with too few orders.

    Parameters
    ----------
    share : of the past, as in the estimate. effect : the average one. n_units : treated and comparison; of the treated
        those of the cohorts that count are handed on.
    """
    second = _second_halves(trial)
    n_units = int(np.isin(trial.starts, list(second)).sum()), n_units[1]
    if not second or n_start_orders(trial.starts) < FEWEST_ORDERS or not np.isfinite(effect):
        return None
    periods = np.arange(trial.values.shape[1])
    begun = (periods >= trial.starts[:, None]).astype(float)
    late = (periods >= np.array([second.get(int(each), NEVER) for each in trial.starts])[:, None]).astype(float)
    series = np.stack([trial.values - effect * begun, late])
    starts = trial.starts[sampled_orders(len(trial.starts), SEED, sampled).whole]
    totals, weights = np.zeros((2, 2, len(starts))), np.zeros((2, len(starts)))
    for start, t, total, weight in cohort_gaps(trial, series, share, starts):
        if start in second:
            half = int(t >= second[start])
            totals[half] += total
            weights[half] += weight
    if not weights[:, 0].all():
        return None
    first_half, second_half = totals / np.maximum(weights, 1e-300)[:, None]
    found, unit = second_half - first_half
    value = float(found[0] / unit[0])
    low, high = bounds_by_orders(found, unit)
    change = TrialEstimate(
        "staggered", value, low, high, p_of_orders(found, unit, 0.0), len(found), False, n_units
    )  # fmt: skip
    first, later = (
        TrialEstimate("staggered", effect + float(half[0, 0]), np.nan, np.nan, np.nan, n_units=n_units)
        for half in (first_half, second_half)
    )
    return TrialFade(first, later, change)


def _second_halves(trial: StaggeredTrial) -> dict[int, int]:
    """Return for each start the period in which the second half begins of the time in which others still wait."""
    out = {}
    for start in trial.cohorts:
        waiting = [t for t in range(start, trial.values.shape[1])
                   if np.isfinite(trial.values[trial.starts > t, t]).any()
                   and np.isfinite(trial.values[trial.starts == start, t]).any()]  # fmt: skip
        if len(waiting) >= FEWEST_TO_SPLIT:
            out[start] = waiting[len(waiting) // 2]
    return out
