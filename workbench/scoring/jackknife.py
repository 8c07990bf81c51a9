"""Jackknife intervals for many estimates at once, with reps, not rows, as the unit of evidence."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

MIN_REPS = 5


def jackknife_bounds(
    value: np.ndarray | float, without: np.ndarray, confidence: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return jackknife-t bounds.

    value ± t·SE with SE² = (n − 1)/n · Σ(value₍₋ᵢ₎ − mean)², t with n − 1 degrees of freedom.

    Parameters
    ----------
    value : (…). without : (…, reps), the value without each rep.

    Returns
    -------
    low, high : (…), NaN with fewer than ``MIN_REPS`` reps or where a value without a rep does not exist.
    """
    n = without.shape[-1]
    if n < MIN_REPS:
        return np.full(np.shape(value), np.nan), np.full(np.shape(value), np.nan)
    centred = without - without.mean(axis=-1, keepdims=True)
    error = np.sqrt((n - 1) / n * np.sum(centred**2, axis=-1))
    reach = stdtrit(n - 1, (1 + confidence) / 2) * error
    return value - reach, value + reach


def fisher_z(r: np.ndarray | float, n_pairs: np.ndarray | int) -> np.ndarray:
    """Return atanh(r); a correlation of exactly ±1 counts as half a swapped neighbour away from it."""
    n = np.maximum(np.asarray(n_pairs, float), 3)
    nearly_one = 1 - 6 / (n * (n**2 - 1))
    return np.arctanh(np.clip(r, -nearly_one, nearly_one))
