"""Compute the sample size that would be enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from workbench.scoring.correlation import Correlation

POWER = 0.8
SOURCE = "Errors shrink with the root of reps, or of periods; power 80% (Cohen 1988)"


@dataclass(frozen=True)
class SampleSize:
    """Reps with the current periods, or periods with the current reps, that would show the smallest link that matters.

    NaN when today's data give no error to start from.
    """

    reps: float
    periods: float
    power: float = POWER
    source: str = SOURCE


def sample_size_needed(
    link: Correlation, n_reps: int, n_periods: int, smallest: float, confidence: float
) -> SampleSize:
    """Return the sample size needed, extrapolated from the interval so far.

    Parameters
    ----------
    link : a correlation with its interval. n_reps, n_periods : the sample behind it.
    smallest : the smallest link that would matter.
    """
    if not np.isfinite(link.low) or link.n_reps < 2 or not 0 < smallest < 1:
        return SampleSize(np.nan, np.nan)
    reach = (np.arctanh(link.high) - np.arctanh(link.low)) / 2
    error = reach / stats.t.ppf((1 + confidence) / 2, link.n_reps - 1)
    wanted = np.arctanh(smallest) / (stats.norm.ppf((1 + confidence) / 2) + stats.norm.ppf(POWER))
    factor = max(1.0, (error / wanted) ** 2)
    return SampleSize(float(np.ceil(n_reps * factor - 1e-9)), float(np.ceil(n_periods * factor - 1e-9)))


def reps_for_link(smallest: float, confidence: float = 0.95) -> int:
    """Return the reps needed to detect a correlation of ``smallest``: ((z₁₋α⸝₂ + z_power) ÷ atanh ρ)² + 3."""
    wanted = (stats.norm.ppf((1 + confidence) / 2) + stats.norm.ppf(POWER)) / np.arctanh(smallest)
    return int(np.ceil(wanted**2 + 3))
