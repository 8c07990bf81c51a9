"""How alike the residuals of different reps are, beyond what reps with nothing in common would show."""

from __future__ import annotations

from functools import cache, cached_property

import numpy as np
from scipy.linalg import toeplitz
from scipy.signal import lfilter

from workbench.scoring.fixed_effects import Residuals

DRAWN = 199
MOST_REPS = 200  # that are compared with each other; of more, evenly spaced ones
MEMORIES = tuple(np.linspace(0, 0.95, 20).tolist())
SHORTEST = 6  # periods a rep must have to be compared with others


class Likeness:
    """Residuals as observed, and drawn anew for each rep: as much memory and as wide tails, nothing in common.

    Each rep's steps from period to period are put in random order and added up again with the memory of all reps
    together; rep and period levels are taken out of what is drawn as out of what was observed.

    Notes
    -----
    Shifted round in time instead, a series loses its memory where its ends meet. Reps who have nothing in common were
    then called alike at p ≤ .05 in .10 (20 × 12), .16 (50 × 12) and, with a memory of .7, in .36 and .86 of teams; now
    in .05 of teams and less (200 each). A lever of .3 that works two months later, .7 of it remembered, was kept in
    .73 of teams (50 × 12), now in .83 (60 each); shocks of unknown regions are seen as often as before.
    """

    def __init__(self, residuals: Residuals, segments: np.ndarray | None, seed: int) -> None:
        some = slice(None, None, -(-len(residuals.present) // MOST_REPS))
        left, present = residuals.values[0][some], residuals.present[some]
        kept = present & (present.sum(axis=1, keepdims=True) >= SHORTEST)
        groups = np.zeros(len(left), int) if segments is None else segments[some]
        memory, rng = _memory(left, kept), np.random.default_rng(seed)
        drawn = np.broadcast_to(left * kept, (1 + DRAWN, *left.shape)).copy()
        lengths = kept.sum(axis=1)
        for length in np.unique(lengths[lengths > 0]):
            same = kept & (lengths == length)[:, None]
            series = left[same].reshape(-1, length)
            drawn[1:, same] = _draw_with_memory(series, memory, rng).reshape(DRAWN, -1)
        drawn[1:] -= kept * (drawn[1:].sum(axis=2) / np.maximum(lengths, 1))[:, :, None]
        drawn = remove_group_period_means(drawn, kept, groups)
        size = np.sqrt((drawn**2).sum(axis=2, keepdims=True))
        self.unit = np.divide(drawn, size, out=np.zeros_like(drawn), where=size > 0)
        self.products = np.swapaxes(self.unit, 1, 2) @ self.unit

    @cached_property
    def likeness(self) -> float:
        """Return p of a mean r² between two reps as large as observed."""
        own = ((self.unit**2).sum(axis=2) ** 2).sum(axis=1)
        return _share_as_large((self.products**2).sum(axis=(1, 2)) - own)

    def likeness_to(self, goal: Likeness) -> float:
        """Return p of a mean r² between one rep's KPI and another rep's goal as large as observed."""
        own = (np.einsum("drt,rt->dr", self.unit, goal.unit[0]) ** 2).sum(axis=1)
        return _share_as_large((self.products * goal.products[0]).sum(axis=(1, 2)) - own)


def _memory(residuals: np.ndarray, present: np.ndarray) -> float:
    """Return the correlation of a rep's periods with the ones before, at least 0.

    Levels taken out of a few periods lower it (Nickell 1981): .7 looks like .5 in a year of months. What is returned is
    the memory with which the correlation is expected to be as it is.
    """
    series = [row[cells] for row, cells in zip(residuals, present, strict=True) if cells.any()]
    before = sum(float(one[:-1] @ one[:-1]) for one in series)
    if not before > 0:
        return 0.0
    lengths, counts = np.unique([len(one) for one in series], return_counts=True)
    sums = np.array([[_expected_products(memory, int(length)) for length in lengths] for memory in MEMORIES])
    expected = (counts @ sums[:, :, 0].T) / (counts @ sums[:, :, 1].T)
    return float(np.interp(sum(float(one[1:] @ one[:-1]) for one in series) / before, expected, MEMORIES))


@cache
def _expected_products(memory: float, length: int) -> tuple[float, float]:
    """Return the expected sums of products with the period before, and of squares of the periods before.

    Of a series of this length with its level taken out.
    """
    no_level = np.eye(length) - 1 / length
    likely = no_level @ toeplitz(memory ** np.arange(length)) @ no_level
    return float(np.trace(likely, offset=1)), float(np.trace(likely[:-1, :-1]))


def _draw_with_memory(series: np.ndarray, memory: float, rng: np.random.Generator) -> np.ndarray:
    """Return (draws, reps, periods) series: of each rep the same steps in other orders."""
    first = np.sqrt(1 - memory**2)
    steps = np.concatenate([series[:, :1] * first, series[:, 1:] - memory * series[:, :-1]], axis=1)
    mixed = rng.permuted(np.broadcast_to(steps, (DRAWN, *steps.shape)), axis=2)
    mixed[:, :, 0] /= first
    return lfilter([1.0], [1.0, -memory], mixed, axis=2)


def _share_as_large(statistic: np.ndarray) -> float:
    """Return p of the first among all; 1 if nothing varies."""
    return float(np.mean(statistic >= statistic[0] - 1e-9 * abs(statistic[0])))


def remove_group_period_means(values: np.ndarray, present: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Subtract from (…, reps, periods) the period means of each group, over those present."""
    member = (groups == np.unique(groups)[:, None]).astype(float)
    means = (member @ values) / np.maximum(member @ present, 1)
    return (values - member.T @ means) * present
