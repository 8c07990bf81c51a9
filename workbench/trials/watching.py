"""Look at a trial while it runs: the whole path is permuted, and each declared look spends its part of the 5 %."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from workbench.trials.estimate_effect import FEWEST_UNITS, scaled_past
from workbench.trials.permutation import LEVEL, SAMPLED, SEED, permute_coefficient, sampled_orders
from workbench.trials.trial_finding import TrialLook
from workbench.trials.trial_sides import TrialSides

PathsOf = Callable[[tuple[int, ...]], list[np.ndarray]]
"""From the periods after which each look is due to (looks, P) of |t_k|·√k under permutation, -inf where a look cannot
be judged; one for each estimate that must agree."""
_GRID = 801


@dataclass(frozen=True)
class WatchedTrial:
    """The looks so far. ``p`` : of the whole path so far, NaN where no look can be judged. ``level`` : spent until the
    last look; ``stopped`` : the look at which the bound was crossed first, 0 for none. ``due`` : declared looks whose
    periods are over, of ``n_looks`` on the whole path."""

    looks: tuple[TrialLook, ...]
    p: float
    level: float
    stopped: int
    due: int
    n_looks: int


def watch(sides: TrialSides, planned: int, n_looks: int, paths_of: PathsOf, level: float = LEVEL) -> WatchedTrial:
    """Judge the declared looks at a trial so far.

    At look k the largest |t_j|·√(j/K) of the looks until then is compared with the same units permuted along the whole
    path, at the level that O'Brien & Fleming's bound for K looks has spent by then. Of several paths the larger p
    counts.

    Parameters
    ----------
    planned : periods that the trial was to last. n_looks : declared, K, evenly over these periods; no more than these.
    level : of all looks together.
    """
    n = int(sides.scale.after.sum())
    ends = look_ends(planned, n_looks)
    return _judged(sides, ends, paths_of(ends[: sum(end <= n for end in ends)]), level)


def watch_without_end(
    sides: TrialSides, year: int, n_looks: int, paths_of: PathsOf, level: float = LEVEL
) -> WatchedTrial:
    """Judge a trial that nobody has planned to end, at every look of every year that it has run.

    All years until the first, the second, … are one path each, and each has half of the level that those before have
    left, so that all of them together claim an effect that is not there at most as often as one look.

    Parameters
    ----------
    year : periods in a year. n_looks : in a year. level : of all years together.

    Returns
    -------
    WatchedTrial
        The path until the end of the current year; ``p`` is the smallest of all paths, each divided by its share of
        the level, and ``stopped`` the first look at which any was crossed.
    """
    n = int(sides.scale.after.sum())
    years = max(-(-n // year), 1)
    ends = look_ends(years * year, years * n_looks)
    paths = paths_of(ends[: sum(end <= n for end in ends)])
    a_year, found = len(ends) // years, []
    for y in range(1, years + 1):
        until = ends[: a_year * y]
        found.append(_judged(sides, until, [path[: len(until)] for path in paths], level / 2**y))
    ps = [min(each.p * 2**y, 1.0) for y, each in enumerate(found, start=1) if np.isfinite(each.p)]
    stopped = min((each.stopped for each in found if each.stopped), default=0)
    return replace(found[-1], p=min(ps, default=np.nan), stopped=stopped)


def unit_paths(sides: TrialSides, drawn: bool, sampled: int = SAMPLED) -> PathsOf:
    """Return the paths of a comparison of units: given their past; with units not drawn at random, also differences."""

    def paths(ends: tuple[int, ...]) -> list[np.ndarray]:
        places = np.flatnonzero(sides.scale.after)
        return [_paths(sides, places, ends, sampled, own_past) for own_past in ((True,) if drawn else (True, False))]

    return paths


def _judged(sides: TrialSides, ends: tuple[int, ...], paths: list[np.ndarray], level: float) -> WatchedTrial:
    places, due, n_looks = np.flatnonzero(sides.scale.after), len(paths[0]), len(ends)
    if not due:
        return WatchedTrial((), np.nan, 0.0, 0, 0, n_looks)
    spent = spent_levels(n_looks, level)
    looks, stopped, p = [], 0, np.nan
    for k in range(1, due + 1):
        highest = [path[:k].max(axis=0) / np.sqrt(n_looks) for path in paths]
        value, bound, p = min(float(each[0]) for each in highest), np.nan, np.nan
        if np.isfinite(value):
            p = max(float(np.mean(each >= each[0] * (1 - 1e-9))) for each in highest)
            bound = max(float(np.quantile(each, 1 - spent[k - 1], method="higher")) for each in highest)
        crossed = bool(p <= spent[k - 1])
        stopped = stopped or (k if crossed else 0)
        date = sides.scale.ends[places[ends[k - 1] - 1]].astype(object)
        looks.append(TrialLook(k, date, value if np.isfinite(value) else np.nan, bound, crossed))
    return WatchedTrial(tuple(looks), p, float(spent[due - 1]), stopped, due, n_looks)


def _paths(sides: TrialSides, places: np.ndarray, ends: tuple[int, ...], sampled: int, own_past: bool) -> np.ndarray:
    """Return (looks, P) of |t_k|·√k, units permuted alike at every look; -inf where a look cannot be judged."""
    names = sides.units.names
    keys = sampled_orders(len(names), SEED, sampled)
    out = np.full((len(ends), len(keys.keys)), -np.inf)
    for k, end in enumerate(ends, start=1):
        window = np.isin(np.arange(len(sides.scale.periods)), places[:end])
        units = sides.units_of(sides.measure, sides.scale.before, window)
        ones = np.ones((len(units.names), 1))
        values, nuisance = (
            (units.after, np.column_stack([ones, scaled_past(units.before)]))
            if own_past
            else (units.after - units.before, ones)
        )
        there = np.isin(names, units.names)
        found = permute_coefficient(values, units.treated.astype(float), nuisance, keys.of(there))
        if found is not None and min(units.n) >= FEWEST_UNITS:
            sizes = np.abs(found.statistics()) * np.sqrt(k)
            out[k - 1] = np.where(np.isnan(sizes), -np.inf, sizes)
    return out


@cache
def spent_levels(n_looks: int, level: float = LEVEL) -> tuple[float, ...]:
    """Return the probability that a path without effect has crossed O'Brien & Fleming's bound by each look."""
    bound = obrien_fleming_bound(n_looks, level)
    return tuple(min(each, level) for each in _crossed(bound, n_looks))


@cache
def obrien_fleming_bound(n_looks: int, level: float = LEVEL) -> float:
    """Return c such that max_k |z_k|·√(k/K) reaches c with probability ``level`` without effect (two-sided, 1979)."""
    return float(brentq(lambda bound: _crossed(bound, n_looks)[-1] - level, 1.5, 8.0, xtol=1e-6))


def _crossed(bound: float, n_looks: int) -> list[float]:
    """Return the cumulated probabilities of crossing, by recursive integration (Armitage et al. 1969).

    The score |z_k|·√(k/K) is |S_k| ÷ √K of a random walk S with steps of variance 1.
    """
    limit = bound * np.sqrt(n_looks)
    grid = np.linspace(-limit, limit, _GRID)
    weights = np.full(_GRID, grid[1] - grid[0])
    weights[[0, -1]] /= 2
    density = stats.norm.pdf(grid)
    out = [float(2 * stats.norm.sf(limit))]
    step = stats.norm.pdf(grid[:, None] - grid[None, :])
    for _ in range(n_looks - 1):
        leaves = stats.norm.sf(limit - grid) + stats.norm.cdf(-limit - grid)
        out.append(out[-1] + float((density * weights) @ leaves))
        density = step @ (density * weights)
    return out


def look_ends(planned: int, n_looks: int) -> tuple[int, ...]:
    """Return after how many periods each declared look is due; more looks than periods are one look a period."""
    several = min(n_looks, planned)
    return tuple(round(k * planned / several) for k in range(1, several + 1))
