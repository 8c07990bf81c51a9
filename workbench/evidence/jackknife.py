"""Jackknife intervals with reps as the unit of evidence, for many KPIs at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from workbench.scoring.correlation import Correlation
from workbench.scoring.jackknife import MIN_REPS, fisher_z, jackknife_bounds

YesNoUnclear = Literal["yes", "no", "unclear"]
JACKKNIFE = "delete-one-rep jackknife-t"


@dataclass(frozen=True)
class Estimate:
    """An estimate that is not a correlation, with its interval; NaN bounds come with the reason."""

    value: float
    low: float
    high: float
    n: int
    n_reps: int
    method: str
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"value": self.value, "low": self.low, "high": self.high, "n": self.n, "n_reps": self.n_reps,
                "method": self.method, "reason": self.reason}  # fmt: skip


def jackknife_correlation(
    r: float, without: np.ndarray, n_pairs: int, method: str, confidence: float, spent: int = 0
) -> Correlation:
    """Return a correlation with its interval from its values (reps,) without each rep.

    ``spent``: coefficients fitted to the reps beside the correlation. Each makes what a rep takes along larger than its
    part in the error (Hinkley 1977), so the variance is multiplied by (n − 1 − spent) ÷ (n − 1).
    """
    n_reps, method = len(without), f"{method}; {JACKKNIFE} on atanh"
    if not np.isfinite(r):
        return Correlation(np.nan, np.nan, np.nan, n_pairs, n_reps, method, "nothing varies, so nothing can go with it")
    z, each = fisher_z(r, n_pairs), fisher_z(without, n_pairs)
    each = each.mean() + (each - each.mean()) * np.sqrt(max(n_reps - 1 - spent, 0) / max(n_reps - 1, 1))
    low, high = np.tanh(jackknife_bounds(z, each, confidence))
    return Correlation(float(r), float(low), float(high), n_pairs, n_reps, method, no_interval_reason(n_reps, without))


def no_interval_reason(n_reps: int, without: np.ndarray) -> str:
    """Return why there is no interval; empty if there is one."""
    if n_reps < MIN_REPS:
        return f"an interval needs at least {MIN_REPS} reps; there are {n_reps}"
    return "" if np.isfinite(without).all() else "without one of the reps nothing varies any more"


def classify_link(link: Correlation, smallest: float) -> YesNoUnclear:
    """Classify a link: "no", its interval excludes one that would matter; "yes", it does not, but excludes 0."""
    if link.high < smallest:
        return "no"
    return "yes" if link.low > 0 else "unclear"
