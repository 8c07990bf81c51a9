"""Rank values: 1 is best, ties share the better rank, nothing is rounded."""

from __future__ import annotations

import numpy as np
from scipy import stats

SAME = 1e-9  # relative; equal sums added in another order differ by about 1e-16


def rank_values(values: np.ndarray, largest_first: bool = True) -> np.ndarray:
    """Return the rank of each value as floats; NaN where the value is missing.

    Values that differ by rounding error alone share a rank: each counts as its neighbour when the gap between them
    is below one part in a billion of the largest value.
    """
    values = np.asarray(values, float)
    order = np.argsort(values)
    ordered = values[order]
    scale = np.nanmax(np.abs(ordered), initial=0)
    level = np.concatenate([[0], np.cumsum(np.diff(ordered) > SAME * scale)])[: len(values)].astype(float)
    steps = np.empty(len(values))
    steps[order] = np.where(np.isnan(ordered), np.nan, level)
    return stats.rankdata(-steps if largest_first else steps, method="min", nan_policy="omit")
