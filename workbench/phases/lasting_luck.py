"""How much longer than a month a rep's luck lasts: good spells look like skill when months are taken one by one."""

from __future__ import annotations

from functools import cache

import numpy as np

FEWEST_MONTHS = 4
CAUTION = 1.5  # standard errors added to the memory found, as far as there is luck that could last
MEMORIES = np.linspace(0, 0.9, 46)
LEAST_LUCK = 0.02  # share of a month's variance that is luck beyond binomial chance, under which nothing can last


def lasting_factor(residuals: np.ndarray, information: np.ndarray, wobble: float) -> float:
    """Return how many times the variance of a rep's mean is that of months without memory; at least 1.

    Parameters
    ----------
    residuals, information : (reps, months) successes less expected ones, given reps and months, and their binomial
        variance; 0 without attempts. wobble : variance of a rep's log-odds between months.

    Notes
    -----
    A month's luck is binomial, and a first-order autoregression of variance ``wobble``. Its memory is that at which
    the autocorrelation of neighbouring months, around each rep's own mean of so many months, is as large as found
    (method of moments; the mean takes part of it away, Kendall 1954).
    """
    variance = information * (1 + wobble * information)
    there = variance > 0
    n_pairs = int((there[:, 1:] & there[:, :-1]).sum())
    luck = float(np.mean((wobble * information / (1 + wobble * information))[there])) if there.any() else 0.0
    months = residuals.shape[1]
    if months < FEWEST_MONTHS or not n_pairs or luck < LEAST_LUCK:
        return 1.0
    scaled = np.divide(residuals, np.sqrt(variance), out=np.zeros_like(residuals), where=there)
    neighbours = np.sum(scaled[:, 1:] * scaled[:, :-1]) / n_pairs
    found = neighbours / (np.sum(scaled**2) / there.sum()) + CAUTION * luck / np.sqrt(n_pairs)
    seen, factors = _by_memory(months, round(luck, 2))
    return max(float(np.interp(found, seen, factors)), 1.0)


@cache
def _by_memory(months: int, luck: float) -> tuple[np.ndarray, np.ndarray]:
    """Return by memory the expected autocorrelation of neighbouring months, and the factor."""
    apart = np.abs(np.subtract.outer(np.arange(months), np.arange(months)))
    center = np.eye(months) - 1 / months
    seen, factors = [], []
    for memory in MEMORIES:
        covariance = (1 - luck) * np.eye(months) + luck * memory**apart
        around = center @ covariance @ center
        neighbours, own = np.sum(around[apart == 1]) / 2 / (months - 1), np.trace(around) / months
        seen.append(neighbours / own)
        factors.append(covariance.sum() / months / (np.trace(around) / (months - 1)))
    return np.array(seen), np.array(factors)
