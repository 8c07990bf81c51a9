"""Robust funnel: how far each rep's suspect share is from that of colleagues on the same lists.

Method: log-odds against the median rate of the lists worked (indirect standardisation), centred at the median rep;
spread between reps from the lower half only, which fakers do not widen, less binomial noise, drawn towards a usual
spread where reps are few (Spiegelhalter 2005; Efron 2004).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.integrity.count_cube import LEAST_REPS

LEAST_EVENTS = 30
"""A smaller count never takes part."""
USUAL_SPREAD, USUAL_WEIGHT = 0.4, 4
"""Between reps, in log-odds: towards what the spread is drawn (the checks' median, if larger), by how many reps."""
SMALLEST_SPREAD = 0.3


@dataclass(frozen=True, eq=False)
class Standardised:
    """Rates of reps beside what their lists lead one to expect; all (signals, reps).

    Attributes
    ----------
    n, k : events on lists that enough comparable reps worked, and of these suspect. expected : suspect events that the
        lists' median rates would give. judged : whether the count is large enough, and most of what the rep did.
    """

    n: np.ndarray
    k: np.ndarray
    expected: np.ndarray
    judged: np.ndarray

    @property
    def log_ratio(self) -> np.ndarray:
        """Log-odds less expected log-odds."""
        return log_odds(self.k, self.n) - log_odds(self.expected, self.n)

    @property
    def noise(self) -> np.ndarray:
        """Binomial variance of the log-odds at the expected rate."""
        return 1 / (self.expected + 0.5) + 1 / (self.n - self.expected + 0.5)


@dataclass(frozen=True, eq=False)
class Funnel:
    """Distances from the middle of the team.

    Attributes
    ----------
    z, above : (signals, reps) distance on log-odds in units of spread and noise, and in points (0 to 1) over the usual
        rate; NaN where not judged. usual : (signals, reps) the rate of the median rep on the same lists.
    spread : (signals,) between reps, in log-odds, before it is drawn to anything. judged : (signals, reps).
    """

    z: np.ndarray
    above: np.ndarray
    usual: np.ndarray
    spread: np.ndarray
    judged: np.ndarray


def log_odds(k: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Return log-odds of k in n, with half an event added on either side."""
    return np.log((k + 0.5) / (n - k + 0.5))


def masked_median(values: np.ndarray, there: np.ndarray, axis: int = -1) -> np.ndarray:
    """Return medians over an axis of the values that are ``there``; NaN where none is."""
    ordered = np.moveaxis(np.sort(np.where(there, values, np.inf), axis=axis), axis, -1)
    count = there.sum(axis=axis)
    low, high = (
        np.take_along_axis(ordered, np.maximum(place, 0)[..., None], axis=-1)[..., 0]
        for place in ((count - 1) // 2, count // 2)
    )
    return np.where(count > 0, (low + high) / 2, np.nan)


def standardise(n: np.ndarray, k: np.ndarray, elsewhere: np.ndarray | float = 0.0) -> Standardised:
    """Standardise (signals, reps, lists) counts by the median rates of the lists.

    A list takes part if at least ``LEAST_REPS`` reps have ``LEAST_EVENTS`` there; a rep is judged with as many on such
    lists, if that is at least half of what the rep did. ``elsewhere`` : (signals, reps) events on lists not given.
    """
    enough = n >= LEAST_EVENTS
    comparable = enough.sum(axis=1, keepdims=True) >= LEAST_REPS
    rate = masked_median(k / np.maximum(n, 1), enough, axis=1)[:, None]
    n_here = np.where(comparable, n, 0)
    expected = (n_here * np.where(comparable, rate, 0)).sum(axis=2)
    total, used = n.sum(axis=2) + elsewhere, n_here.sum(axis=2)
    judged = (used >= LEAST_EVENTS) & (used >= total / 2)
    judged &= judged.sum(axis=1, keepdims=True) >= LEAST_REPS
    return Standardised(used, np.where(comparable, k, 0).sum(axis=2), expected, judged)


def lower_half_spread(deviations: np.ndarray, noise: np.ndarray, judged: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (signals,) the spread between reps, and the one to judge by: drawn to the usual, never below a floor.

    Root mean square of the deviations below the median (so that a heavy lower tail, which an honest upper one mirrors,
    counts in full), less the mean binomial variance of the same reps.
    """
    below = judged & (deviations < 0)
    count = np.maximum(below.sum(axis=1), 1)
    square = np.where(below, deviations**2, 0).sum(axis=1) / count
    between = np.maximum(square - np.where(below, noise, 0).sum(axis=1) / count, 0)
    usual = max(USUAL_SPREAD**2, float(np.median(between[judged.any(axis=1)]))) if judged.any() else USUAL_SPREAD**2
    drawn = (count * between + USUAL_WEIGHT * usual) / (count + USUAL_WEIGHT)
    return np.sqrt(between), np.maximum(np.sqrt(drawn), SMALLEST_SPREAD)


def robust_z(values: np.ndarray, noise: np.ndarray, judged: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (signals, reps) robust z of log-odds, (signals,) their median, and (signals,) the raw spread."""
    middle = masked_median(values, judged, axis=1)
    deviations = np.where(judged, values - middle[:, None], 0)
    raw, spread = lower_half_spread(deviations, noise, judged)
    z = deviations / np.sqrt(spread[:, None] ** 2 + noise)
    return np.where(judged, z, np.nan), middle, raw


def funnel(counts: Standardised) -> Funnel:
    """Compare each rep with the median rep on the same lists."""
    z, middle, spread = robust_z(counts.log_ratio, counts.noise, counts.judged)
    usual = sigmoid(log_odds(counts.expected, counts.n) + np.nan_to_num(middle)[:, None])
    above = np.where(counts.judged, counts.k / np.maximum(counts.n, 1) - usual, np.nan)
    return Funnel(z, above, usual, spread, counts.judged)


def sigmoid(values: np.ndarray) -> np.ndarray:
    """Return the rate that has these log-odds."""
    return 1 / (1 + np.exp(-values))
