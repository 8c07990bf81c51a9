"""Units that start one after the other: each cohort against those not yet treated, start dates permuted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import lgamma

import numpy as np

from workbench.trials.estimate_effect import FEWEST_UNITS
from workbench.trials.permutation import LEVEL, SAMPLED, SEED, sampled_orders
from workbench.trials.trial_finding import TrialEstimate
from workbench.trials.trial_sides import TrialSides
from workbench.trials.watching import PathsOf
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

    @property
    def cohorts(self) -> tuple[int, ...]:
        """Places of the periods in which units start, the first first."""
        return tuple(int(each) for each in np.unique(self.starts) if each != NEVER)

    def early(self, start: int) -> slice:
        """Return the periods of a past that ends at a start."""
        return slice(max(start - self.n_before, 0), start)


@dataclass(frozen=True, eq=False)
class StartCells:
    """Treated less not-yet-treated by period under permuted start dates, the first order as it was.

    ``totals`` (T, 2, P): gaps times units, of the values and of an effect of 1. ``weights`` (T, P): units.
    """

    totals: np.ndarray
    weights: np.ndarray

    def over(self, end: int, first: int = 0) -> np.ndarray:
        """Return (2, P) the mean effect over some periods; 0 where there was nobody to compare with."""
        weight = self.weights[first:end].sum(axis=0)
        mean: np.ndarray = self.totals[first:end].sum(axis=0) / np.maximum(weight, 1e-300)
        return mean


def staggered_trial(sides: TrialSides, measure: WindowMeasure | None = None) -> StaggeredTrial:
    """Return the units of a trial with the period in which each starts; of another measure where one is given."""
    by_period = (measure or sides.measure).by_period()
    units = sides.units
    at = np.searchsorted(units.names.astype(str), sides.groups.units.astype(str))
    values = np.full((len(units.names), len(sides.scale.periods)), np.nan)
    for u in range(len(units.names)):
        rows = by_period[sides.used & (at == u)]
        n = np.isfinite(rows).sum(axis=0)
        values[u] = np.where(n > 0, np.nansum(rows, axis=0) / np.maximum(n, 1), np.nan)
    return _with_starts(sides, values, units.names, units.treated)


def staggered_reps(sides: TrialSides) -> StaggeredTrial:
    """Return the reps of the estimate, each with the period in which its unit starts."""
    used, groups = sides.used, sides.groups
    return _with_starts(sides, sides.measure.by_period()[used], groups.units[used], groups.treated[used])


def _with_starts(sides: TrialSides, values: np.ndarray, units: np.ndarray, treated: np.ndarray) -> StaggeredTrial:
    scale = sides.scale
    starts = np.full(len(units), NEVER, dtype=np.int64)
    for row in np.flatnonzero(treated).tolist():
        day = np.datetime64(sides.file.starts.get(str(units[row]), sides.file.start))
        later = np.flatnonzero(scale.periods >= day)
        starts[row] = int(later[0]) if len(later) else NEVER
        values[row, (scale.periods < day) & (scale.ends >= day)] = np.nan
    values[:, ~(scale.history | scale.after)] = np.nan
    return StaggeredTrial(values, starts, int(scale.before.sum()))


def staggered_estimates(
    trial: StaggeredTrial, drawn: bool, n_units: tuple[int, int], sampled: int = SAMPLED
) -> tuple[TrialEstimate, ...]:
    """Return the effect given each unit's own past; with an order not drawn at random the differences beside it."""
    return tuple(_estimate(trial, share, n_units, sampled) for share in past_shares(trial, drawn))


def past_shares(trial: StaggeredTrial, drawn: bool) -> tuple[float, ...]:
    """Return by how much of its past each estimate adjusts a unit; the first is the one that is shown."""
    return (past_slope(trial), 1.0)[: 1 if drawn else 2]


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


def n_start_orders(starts: np.ndarray, until: int = NEVER - 1) -> float:
    """Return how many different assignments of the start dates until a period there are."""
    starts = np.where(starts > until, NEVER, starts)
    _, n = np.unique(starts, return_counts=True)
    return float(np.exp(lgamma(len(starts) + 1) - sum(lgamma(each + 1) for each in n)))


def start_statistics(trial: StaggeredTrial, share: float, sampled: int = SAMPLED) -> np.ndarray | None:
    """Return (2, P) the permuted effect of the values, and that of an effect of 1; None without anybody to compare."""
    cells = start_cells(trial, share, sampled)
    return cells.over(trial.values.shape[1]) if cells.weights[:, 0].any() else None


def start_cells(trial: StaggeredTrial, share: float, sampled: int = SAMPLED) -> StartCells:
    """Return the permuted effect period by period, of the values and of an effect of 1."""
    orders = sampled_orders(len(trial.starts), SEED, sampled).whole
    started = (np.arange(trial.values.shape[1]) >= trial.starts[:, None]).astype(float)
    return _cells(trial, np.stack([trial.values, started]), share, trial.starts[orders])


def _estimate(trial: StaggeredTrial, share: float, n_units: tuple[int, int], sampled: int) -> TrialEstimate:
    both = start_statistics(trial, share, sampled)
    if both is None:
        return TrialEstimate("staggered", np.nan, np.nan, np.nan, np.nan, n_units=n_units)
    found, unit = both
    value = float(found[0] / unit[0])
    if n_start_orders(trial.starts) < FEWEST_ORDERS:
        return TrialEstimate("staggered", value, np.nan, np.nan, np.nan, n_units=n_units)

    low, high = bounds_by_orders(found, unit)
    p = p_of_orders(found, unit, 0.0)
    return TrialEstimate("staggered", value, low, high, p, len(found), False, n_units)


def bounds_by_orders(found: np.ndarray, unit: np.ndarray) -> tuple[float, float]:
    """Return the assumed effects between which chance is not excluded; NaN where no effect is ever excluded.

    Parameters
    ----------
    found, unit : (P,) by order, the first as it was: the effect of the values, and that of an effect of 1.
    """
    value = float(found[0] / unit[0])
    scale = float(np.std(found)) or abs(value) or 1.0
    low, high = (_bound(lambda assumed: p_of_orders(found, unit, assumed), value, side * scale) for side in (-1.0, 1.0))
    return low, high


def p_of_orders(found: np.ndarray, unit: np.ndarray, assumed: float) -> float:
    """Return the share of orders in which what remains of an assumed effect is at least as large as it was."""
    statistics = np.abs(found - assumed * unit)
    return float(np.mean(statistics >= statistics[0] * _EQUAL))


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


def own_past(series: np.ndarray, known: np.ndarray, early: slice) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean of each row over the periods before a start, and over how many known periods, (U,).

    Parameters
    ----------
    series : (…, U, T). known : (U, T) bool. early : the periods.
    """
    seen = known[:, early]
    n = seen.sum(axis=1)
    return np.where(seen, series[..., early], 0.0).sum(axis=-1) / np.maximum(n, 1), n


def _cells(trial: StaggeredTrial, series: np.ndarray, share: float, starts: np.ndarray) -> StartCells:
    """Return the gap between a cohort and those not yet treated, in every period since its start.

    Every cell is a cohort in one period; it weighs by its units. Cells without anybody to compare with are left out.

    Parameters
    ----------
    series : (2, U, T), the values first. starts : (P, U) of every permutation, the first as it was.
    """
    n_periods = series.shape[2]
    totals, weights = np.zeros((n_periods, 2, len(starts))), np.zeros((n_periods, len(starts)))
    for _, t, total, weight in cohort_gaps(trial, series, share, starts):
        totals[t] += total
        weights[t] += weight
    return StartCells(totals, weights)


def cohort_gaps(
    trial: StaggeredTrial, series: np.ndarray, share: float, starts: np.ndarray
) -> Iterator[tuple[int, int, np.ndarray, np.ndarray]]:
    """Yield start, period, gap times units (series, P) and units (P,) of every cohort and period; see ``_cells``."""
    every = np.isfinite(trial.values)
    for start in trial.cohorts:
        past, n_seen = own_past(series, every, trial.early(start))
        for t in range(start, series.shape[2]):
            known = every[:, t] & (n_seen > 0)
            now = np.where(known, series[:, :, t] - share * past, 0.0)
            mine, theirs = (starts == start) & known, (starts > t) & known
            n, m = mine.sum(axis=1), theirs.sum(axis=1)
            both = (n > 0) & (m > 0)
            gap = now @ mine.T / np.maximum(n, 1) - now @ theirs.T / np.maximum(m, 1)
            yield start, t, np.where(both, n * gap, 0.0), np.where(both, n, 0)


def start_paths(trial: StaggeredTrial, after: np.ndarray, drawn: bool, sampled: int = SAMPLED) -> PathsOf:
    """Return the paths of units that start one after the other: whole orders of start dates are permuted.

    A look is judged once four units have started while others waited.

    Parameters
    ----------
    after : (T,) bool, periods of the trial. drawn : whether the order was; else differences stand beside it.
    """

    def paths(ends: tuple[int, ...]) -> list[np.ndarray]:
        places = np.flatnonzero(after)
        until = [int(places[end - 1]) + 1 for end in ends]
        every = [start_cells(trial, share, sampled) for share in past_shares(trial, drawn)] if ends else []
        return [_path(trial, cells, until) for cells in every] or [np.zeros((0, 1))]

    return paths


def _path(trial: StaggeredTrial, cells: StartCells, until: list[int]) -> np.ndarray:
    out = np.full((len(until), cells.weights.shape[1]), -np.inf)
    for k, end in enumerate(until, start=1):
        compared = [start for start in trial.cohorts if start < end and cells.weights[start, 0]]
        begun = int(np.isin(trial.starts, compared).sum())
        found = cells.over(end)[0]
        if begun >= FEWEST_UNITS and n_start_orders(trial.starts, end - 1) >= FEWEST_ORDERS and found.std() > 0:
            out[k - 1] = np.abs(found) / found.std() * np.sqrt(k)
    return out
