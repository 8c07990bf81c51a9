"""The stop rule: detect month by month whether a KPI's link with the goal was shown and is now gone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST_LINK = 0.2
LEAST_BEFORE, LEAST_AFTER, RECENT = 6, 3, 6
SHOWN = 2.5
LEAST_REPS = 5
FALL = {18: 3.2, 24: 3.4, 36: 3.6}
"""How large a fall has to be, by the months at whose ends somebody looks; see ``python -m benchmarks stop-rule``."""


@dataclass(frozen=True, eq=False)
class StopReadings:
    """One entry per month, as known at its end; NaN or False while there is too little data.

    Attributes
    ----------
    fall : (months,) largest drop of the monthly links at any split, in standard errors.
    shown : (months,) whether the link was proven before the last six months.
    gone : (months,) whether the last six months' mean link is below the smallest that matters.
    stop : (months,) all three.
    link : (months,) mean link of the last six months.
    """

    fall: np.ndarray
    shown: np.ndarray
    gone: np.ndarray
    stop: np.ndarray
    link: np.ndarray


def stop_threshold(months: int, horizon: int) -> float:
    """Return the fall required within a declared horizon of months; beyond the longest, that of the longest."""
    within = [asked for length, asked in FALL.items() if max(horizon, months) <= length]
    return within[0] if within else max(FALL.values())


def apply_stop_rule(x: np.ndarray, y: np.ndarray, horizon: int, least_link: float = LEAST_LINK) -> StopReadings:
    """Apply the stop rule to a KPI ``x`` and the goal ``y``, both (reps, months) with NaN where missing.

    Notes
    -----
    Each month's link is z = atanh of the correlation across reps of the KPI and of the goal ÷ the team's mean of the
    month, each less its rep's mean so far. The fall is the largest over splits with at least 6 months before and 3
    after of (before − after) ÷ (max(s, 1 ÷ √(reps − 3)) · √(1/a + 1/b)), s the spread of z within both parts. A stop
    needs a link once shown, a fall beyond the threshold of the declared horizon and a recent link below what matters;
    so neither a season nor a KPI without a link leads to a stop.
    """
    months = x.shape[1]
    level = np.nanmean(np.where(np.isfinite(y).any(axis=0), y, 0.0), axis=0) if months else np.empty(0)
    y = y / np.where(level != 0, np.abs(level), 1.0)
    empty = np.full(months, np.nan)
    fall, link = empty.copy(), empty.copy()
    shown, gone, stop = (np.zeros(months, dtype=bool) for _ in range(3))
    for end in range(LEAST_BEFORE, months + 1):
        z, noise = _monthly_links(x[:, :end], y[:, :end])
        at = end - 1
        if np.isfinite(recent := z[-RECENT:]).sum() >= LEAST_AFTER:
            link[at] = np.tanh(np.nanmean(recent))
            gone[at] = link[at] < least_link
        before = z[:-RECENT][np.isfinite(z[:-RECENT])]
        if len(before) >= LEAST_AFTER:
            spread = max(float(before.std(ddof=1)), noise)
            shown[at] = before.mean() >= SHOWN * spread / np.sqrt(len(before))
        known = z[np.isfinite(z)]
        if len(known) >= LEAST_BEFORE + LEAST_AFTER:
            fall[at] = _largest_fall(known, noise)
            stop[at] = shown[at] and gone[at] and fall[at] > stop_threshold(end, horizon)
    return StopReadings(fall, shown, gone, stop, link)


def _monthly_links(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """Return (months,) atanh of each month's correlation across reps, NaN with too few, and its sampling error."""
    known = np.isfinite(x) & np.isfinite(y)
    known &= known.sum(axis=1, keepdims=True) >= 2
    a, b = (_centred(_centred(np.where(known, v, 0.0), known, 1), known, 0) for v in (x, y))
    n = known.sum(axis=0)
    product, size = (a * b).sum(axis=0), np.sqrt((a**2).sum(axis=0) * (b**2).sum(axis=0))
    r = np.divide(product, size, out=np.full(len(n), np.nan), where=(size > 1e-12) & (n >= LEAST_REPS))
    typical = float(np.median(n[n >= LEAST_REPS])) if (n >= LEAST_REPS).any() else 4.0
    return np.arctanh(np.clip(r, -0.999, 0.999)), 1 / np.sqrt(typical - 3)


def _centred(values: np.ndarray, known: np.ndarray, axis: int) -> np.ndarray:
    mean = (values * known).sum(axis=axis, keepdims=True) / np.maximum(known.sum(axis=axis, keepdims=True), 1)
    return (values - mean) * known


def _largest_fall(z: np.ndarray, noise: float) -> float:
    n = len(z)
    a = np.arange(LEAST_BEFORE, n - LEAST_AFTER + 1)
    b, sums, squares = n - a, np.cumsum(z)[a - 1], np.cumsum(z**2)[a - 1]
    rest, rest_squares = z.sum() - sums, (z**2).sum() - squares
    within = (squares - sums**2 / a + rest_squares - rest**2 / b) / (n - 2)
    spread = np.maximum(np.sqrt(np.maximum(within, 0)), noise)
    return float(np.max((sums / a - rest / b) / (spread * np.sqrt(1 / a + 1 / b))))
