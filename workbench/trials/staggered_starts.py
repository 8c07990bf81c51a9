"""Units that start one after the other: each cohort against those not yet treated, start dates permuted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import lgamma

import numpy as np

from workbench.trials.permutation import LEVEL, SAMPLED, SEED, sampled_orders
from workbench.trials.trial_finding import TrialEstimate
from workbench.trials.trial_sides import TrialSides
from workbench.trials.window_values import WindowMeasure

NEVER = int(np.iinfo(np.int64).max)
FEWEST_ORDERS = 40
"""Different orders of start dates, below which chance cannot be excluded at 5 %."""
_WIDEST, _STEPS, _EQUAL = 60, 40, 1 - 1e-9


@dataclass(frozen=True, eq=False)
class StaggeredTrial:
    """Units by period. ``values`` (U, T), NaN where missing or where a start lies inside the period. ``starts`` (U,)
    place of the first treated period, ``NEVER`` for units that never start. ``n_before``: periods of their past."""

    values: np.ndarray
    starts: np.ndarray
    n_before: int


def staggered_trial(sides: TrialSides, measure: WindowMeasure | None = None) -> StaggeredTrial:
    """Return the units of a trial with the period in which each starts; of another measure where one is given."""
    by_period = (measure or sides.measure).by_period()
    scale, units = sides.scale, sides.units
    at = np.searchsorted(units.names.astype(str), sides.groups.units.astype(str))
    values = np.full((len(units.names), len(scale.periods)), np.nan)
    for u in range(len(units.names)):
        rows = by_period[sides.used & (at == u)]
        n = np.isfinite(rows).sum(axis=0)
        values[u] = np.where(n > 0, np.nansum(rows, axis=0) / np.maximum(n, 1), np.nan)
    starts = np.full(len(units.names), NEVER, dtype=np.int64)
    for u in np.flatnonzero(units.treated).tolist():
        day = np.datetime64(sides.file.starts.get(str(units.names[u]), sides.file.start))
        later = np.flatnonzero(scale.periods >= day)
        starts[u] = int(later[0]) if len(later) else NEVER
        values[u, (scale.periods < day) & (scale.ends >= day)] = np.nan
    values[:, ~(scale.history | scale.after)] = np.nan
    return StaggeredTrial(values, starts, int(scale.before.sum()))


def staggered_estimates(
    trial: StaggeredTrial, drawn: bool, n_units: tuple[int, int], sampled: int = SAMPLED
) -> tuple[TrialEstimate, ...]:
    """Return the effect given each unit's own past; with an order not drawn at random the differences beside it."""
    shares = (past_slope(trial), 1.0)[: 1 if drawn else 2]
    return tuple(_estimate(trial, share, n_units, sampled) for share in shares)


def past_slope(trial: StaggeredTrial) -> float:
    """Return by how much of its mean before a unit differs from the others later, over all windows before any start.

    1 (plain differences) where the history does not hold two windows.
    """
    first = min(int(trial.starts.min()), trial.values.shape[1])
    up, down = 0.0, 0.0
    for t in range(trial.n_before, first):
        past, now = trial.values[:, t - trial.n_before : t].mean(axis=1), trial.values[:, t]
        known = np.isfinite(past) & np.isfinite(now)
        if known.sum() > 2:
            x, y = past[known] - past[known].mean(), now[known] - now[known].mean()
            up, down = up + float(x @ y), down + float(x @ x)
    return up / down if down > 0 else 1.0


def n_start_orders(starts: np.ndarray) -> float:
    """Return how many different assignments of these start dates there are."""
    _, n = np.unique(starts, return_counts=True)
    return float(np.exp(lgamma(len(starts) + 1) - sum(lgamma(each + 1) for each in n)))


def start_statistics(trial: StaggeredTrial, share: float, sampled: int = SAMPLED) -> np.ndarray | None:
    """Return (2, P) the permuted effect of the values, and that of an effect of 1; None without anybody to compare."""
    orders = sampled_orders(len(trial.starts), SEED, sampled).whole
    started = (np.arange(trial.values.shape[1]) >= trial.starts[:, None]).astype(float)
    return _cohort_effects(trial, np.stack([trial.values, started]), share, trial.starts[orders])


def _estimate(trial: StaggeredTrial, share: float, n_units: tuple[int, int], sampled: int) -> TrialEstimate:
    both = start_statistics(trial, share, sampled)
    if both is None:
        return TrialEstimate("staggered", np.nan, np.nan, np.nan, np.nan, n_units=n_units)
    found, unit = both
    value = float(found[0] / unit[0])
    if n_start_orders(trial.starts) < FEWEST_ORDERS:
        return TrialEstimate("staggered", value, np.nan, np.nan, np.nan, n_units=n_units)

    def p(assumed: float) -> float:
        statistics = np.abs(found - assumed * unit)
        return float(np.mean(statistics >= statistics[0] * _EQUAL))

    scale = float(np.std(found)) or abs(value) or 1.0
    low, high = (_bound(p, value, side * scale) for side in (-1.0, 1.0))
    return TrialEstimate("staggered", value, low, high, p(0.0), len(found), False, n_units)


def _bound(p: Callable[[float], float], value: float, step: float) -> float:
    for _ in range(_WIDEST):
        if p(value + step) <= LEVEL:
            break
        step *= 1.5
    else:
        return np.nan
    inside, outside = value, value + step
    for _ in range(_STEPS):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if p(middle) <= LEVEL else (middle, outside)
    return float(outside)


def _cohort_effects(trial: StaggeredTrial, series: np.ndarray, share: float, starts: np.ndarray) -> np.ndarray | None:
    """Return (2, P): the mean over cohorts and periods of treated less not-yet-treated, for values and for the effect.

    Every cell is a cohort in one period since its start; it weighs by its units. Cells without anybody to compare with
    are left out. None without any cell.

    Parameters
    ----------
    series : (2, U, T). starts : (P, U) of every permutation, the first as it was.
    """
    total, weight = np.zeros((2, len(starts))), np.zeros(len(starts))
    for start in (int(each) for each in np.unique(trial.starts) if each != NEVER):
        early = slice(max(start - trial.n_before, 0), start)
        seen = np.isfinite(trial.values[:, early])
        n_seen = seen.sum(axis=1)
        past = np.where(seen, series[:, :, early], 0.0).sum(axis=2) / np.maximum(n_seen, 1)
        for t in range(start, series.shape[2]):
            known = np.isfinite(trial.values[:, t]) & (n_seen > 0)
            now = np.where(known, series[:, :, t] - share * past, 0.0)
            mine, theirs = (starts == start) & known, (starts > t) & known
            n, m = mine.sum(axis=1), theirs.sum(axis=1)
            both = (n > 0) & (m > 0)
            gap = now @ mine.T / np.maximum(n, 1) - now @ theirs.T / np.maximum(m, 1)
            total += np.where(both, n * gap, 0.0)
            weight += np.where(both, n, 0)
    if weight[0] == 0:
        return None
    return total / np.maximum(weight, 1e-300)
