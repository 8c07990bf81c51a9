"""Relate rep-periods by rep and period: the next period of a rep, and removal of group means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ROUNDING_DIGITS = 10
MOST_SWEEPS = 500


@dataclass(frozen=True, eq=False)
class Rows:
    """Rep and period of each rep-period, as (rows,) integers; consecutive periods are one apart."""

    reps: np.ndarray
    periods: np.ndarray

    def where(self, mask: np.ndarray) -> Rows:
        return Rows(self.reps[mask], self.periods[mask])

    def next(self) -> np.ndarray:
        """Return (rows,) the row of the same rep one period later, or −1."""
        span = self.periods.max() - self.periods.min() + 2 if len(self.periods) else 1
        keys = self.reps * span + self.periods - self.periods.min(initial=0)
        order = np.argsort(keys)
        at = np.searchsorted(keys[order], keys + 1)
        found = order[np.minimum(at, len(order) - 1)]
        return np.where((at < len(order)) & (keys[found] == keys + 1), found, -1)

    def previous_values(self, values: np.ndarray) -> np.ndarray:
        """Return (rows,) each row's value one period earlier, NaN where the rep has none."""
        later, earlier = self.next(), np.full(len(values), np.nan)
        earlier[later[later >= 0]] = values[later >= 0]
        return earlier


def remove_group_means(values: np.ndarray, *groups: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Remove the mean of each group from values: residuals of least squares on the groups' indicators.

    ``weights`` are those of the squares, 1 unless given.

    With several groupings by sweeping out one after the other until nothing changes, exact after one round when every
    rep has every period. Rounding errors are removed, so that equal residuals stay tied.
    """
    values = np.asarray(values, float)
    scale = np.abs(values).max(initial=0)
    if scale == 0:
        return values
    w = np.ones(len(values)) if weights is None else weights
    codes, rest = [np.unique(group, return_inverse=True)[1] for group in groups], values / scale
    for _ in range(MOST_SWEEPS if len(codes) > 1 else 1):
        before = rest
        for code in codes:
            rest = rest - (np.bincount(code, weights=w * rest) / np.bincount(code, weights=w))[code]
        if np.abs(rest - before).max() < 10.0 ** -(ROUNDING_DIGITS + 2):
            break
    return np.round(rest, ROUNDING_DIGITS) * scale
