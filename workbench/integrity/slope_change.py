"""Whether the slope of the goal on a KPI changed at a date, or at the clearest of all dates, paying for the search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from workbench.scoring.fixed_effects import Residuals, remove_levels
from workbench.scoring.jackknife import jackknife_bounds
from workbench.scoring.within_reps import WithinRepLink, links_of_residuals

SlopeKind = Literal["within", "across"]
"""``within``: less each rep's own level and each period's. ``across``: less each period's level alone."""
SLOPE_KINDS: tuple[SlopeKind, ...] = ("within", "across")
SOURCE = (
    "Slopes less rep and period levels, or period levels alone, each side with levels of its own; delete-one-rep "
    "jackknife-t; the largest over slopes and dates, 15% trimmed at both ends (Andrews 1993), its chance by normal "
    "multipliers of the reps' influences (Kline & Santos 2012)"
)
TRIM = 0.15
DRAWS = 4_000
NO_SPREAD = 1e-9  # share of the KPI's own squares below which it is constant


@dataclass(frozen=True)
class Slope:
    """A slope of the goal on a KPI with its jackknife-t interval, and the KPI's spread (standard deviation) there."""

    value: float
    low: float
    high: float
    spread: float


@dataclass(frozen=True)
class SlopeChange:
    """Slopes on both sides of a date, in goal units per unit of the KPI.

    Attributes
    ----------
    kind : what was taken out. place : index of the first period of the new regime.
    difference : after − before. low, high : its interval, which holds for all slopes and dates at once.
    p : of so clear a change of any of the slopes at any of the dates. n_reps : reps whose history counts.
    """

    kind: SlopeKind
    place: int
    before: Slope
    after: Slope
    difference: float
    low: float
    high: float
    p: float
    n_reps: int


@dataclass(frozen=True, eq=False)
class _Split:
    """``influence`` : (reps,) how much each rep moves the difference of slopes; 0 for a rep that carries nothing."""

    kind: SlopeKind
    place: int
    before: WithinRepLink
    after: WithinRepLink
    influence: np.ndarray
    n_reps: int

    @property
    def difference(self) -> float:
        return self.after.slope - self.before.slope

    @property
    def error(self) -> float:
        return float(np.sqrt(np.sum(self.influence**2) * (self.n_reps - 1) / self.n_reps))

    @property
    def p(self) -> float:
        """Of this difference alone."""
        return float(2 * stdtr(self.n_reps - 1, -abs(self.difference) / self.error))


def dates_to_search(n_periods: int, fewest: int) -> tuple[int, ...]:
    """Return indices of possible first periods of a new regime: 15% trimmed, ``fewest`` periods on each side."""
    first = max(fewest, int(np.ceil(TRIM * n_periods)))
    return tuple(range(first, n_periods - first + 1))


def find_slope_changes(
    x: np.ndarray, y: np.ndarray, places: tuple[int, ...], weights: np.ndarray | None = None,
    confidence: float = 0.95, seed: int = 0,
) -> tuple[SlopeChange, ...]:  # fmt: skip
    """Return the change of each slope at the place where one of them changes most clearly; none where none has both.

    Parameters
    ----------
    x, y : (reps, periods) KPI and goal, NaN where missing.
    places : indices of the first period of the new regime; a single one is a date that was given.
    weights : (reps, periods) of the cells, such as the share of days worked; None where all weigh the same.

    Notes
    -----
    A rep is left out, and weighted in the draws, with the whole history: what slopes and dates have in common through
    the same reps is in the draws too, so the price of the search is not that of independent tests.
    """
    found = [_split(x, y, place, kind, weights) for place in places for kind in SLOPE_KINDS]
    splits = [one for one in found if one is not None]
    if not splits:
        return ()
    largest = _largest_by_chance(splits, seed)
    clearest = min(splits, key=lambda one: one.p)
    alone = float(2 * ndtr(-np.quantile(largest, confidence)))  # level of one test at which all keep theirs together
    return tuple(_change(one, largest, alone, confidence) for one in splits if one.place == clearest.place)


def _split(x: np.ndarray, y: np.ndarray, place: int, kind: SlopeKind, weights: np.ndarray | None) -> _Split | None:
    sides = [
        _link(x[:, side], y[:, side], kind, None if weights is None else weights[:, side])
        for side in (slice(None, place), slice(place, None))
    ]
    total = float(np.nansum((x - np.nanmean(x)) ** 2)) if np.isfinite(x).any() else 0.0
    if not all(link.xx > NO_SPREAD * total for link in sides):
        return None
    before, after = sides
    reps = before.carriers | after.carriers
    without, n = _slope_without(after) - _slope_without(before), int(reps.sum())
    if n < 2 or not np.isfinite(without[reps]).all():
        return None
    influence = np.where(reps, without[reps].mean() - without, 0.0)
    return _Split(kind, place, before, after, influence, n) if np.any(influence) else None


def _link(x: np.ndarray, y: np.ndarray, kind: SlopeKind, weights: np.ndarray | None) -> WithinRepLink:
    pair, present = np.stack([x, y]), np.isfinite(x) & np.isfinite(y)
    levels = (
        remove_levels(pair, present, weights=weights) if kind == "within" else _less_periods(pair, present, weights)
    )
    return links_of_residuals(levels)[0]


def _less_periods(values: np.ndarray, present: np.ndarray, weights: np.ndarray | None) -> Residuals:
    """Return values less the mean of each period; a rep counts from two periods on."""
    mask = present.astype(float) if weights is None else np.where(present, weights, 0.0)
    mask = mask * (present.sum(axis=1) >= 2)[:, None]
    total = mask.sum(axis=0)
    clean = np.where(mask > 0, values, 0.0)
    means = (clean * mask).sum(axis=1) / np.where(total > 0, total, 1)
    others = total - mask
    alone = others <= NO_SPREAD * total
    taken = np.where(alone, 1.0, np.divide(total, others, out=np.ones_like(mask), where=~alone))
    return Residuals((clean - means[:, None, :]) * np.sqrt(mask), mask > 0, taken)


def _slope_without(link: WithinRepLink) -> np.ndarray:
    """(reps,) slope without each rep; the slope itself for a rep that carries nothing."""
    return np.where(link.carriers, link.slope_without, link.slope)


def _largest_by_chance(splits: list[_Split], seed: int) -> np.ndarray:
    """(draws,) the largest standardised difference over all splits if no slope changes."""
    influences = np.array([one.influence / np.sqrt(np.sum(one.influence**2)) for one in splits])
    draws = np.random.default_rng(seed).normal(size=(DRAWS, influences.shape[1]))
    return np.abs(draws @ influences.T).max(axis=1)


def _change(one: _Split, largest: np.ndarray, alone: float, confidence: float) -> SlopeChange:
    as_normal = -ndtri(max(one.p, np.finfo(float).tiny) / 2)
    p = (1 + int(np.count_nonzero(largest >= as_normal))) / (1 + len(largest))
    reach = float(stdtrit(one.n_reps - 1, 1 - alone / 2)) * one.error
    before, after = (_slope(link, confidence) for link in (one.before, one.after))
    value = float(one.difference)
    return SlopeChange(one.kind, one.place, before, after, value, value - reach, value + reach, p, one.n_reps)


def _slope(link: WithinRepLink, confidence: float) -> Slope:
    value = float(link.slope)
    low, high = jackknife_bounds(value, link.slope_without[link.carriers], confidence)
    return Slope(value, float(low), float(high), float(np.sqrt(link.xx / max(link.n_pairs, 1))))
