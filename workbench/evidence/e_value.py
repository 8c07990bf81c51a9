"""How strong a hidden cause of both KPI and goal would have to be to explain a link away: the E-value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.scoring.correlation import Correlation

SOURCE = "E-value (VanderWeele & Ding 2017), from a correlation by d = 2r ÷ √(1 − r²) and RR ≈ exp(0.91·d)"


@dataclass(frozen=True)
class EValues:
    """By how many times it would have to raise the chances of doing well at the KPI, and of doing well at the goal.

    ``times`` takes the whole link away, ``times_to_doubt`` the end of the interval that is nearer to none: 1 where the
    interval holds 0. NaN without a link to read.
    """

    times: float
    times_to_doubt: float


def compute_e_values(link: Correlation) -> EValues:
    """The E-values of a correlation and of the end of its interval nearer to 0."""
    if not np.isfinite(link.low):
        return EValues(np.nan, np.nan)
    nearer = link.low if link.rho > 0 else link.high
    doubted = e_value(risk_ratio(nearer)) if nearer * link.rho > 0 else 1.0
    return EValues(e_value(risk_ratio(link.rho)), doubted)


def risk_ratio(correlation: float) -> float:
    """The risk ratio that a correlation is about as large as; infinite for a perfect one."""
    rest = 1 - correlation**2
    with np.errstate(over="ignore"):
        return float(np.exp(0.91 * 2 * correlation / np.sqrt(rest))) if rest > 0 else float(np.inf * correlation)


def e_value(ratio: float) -> float:
    """RR + √(RR·(RR − 1)), of 1 ÷ RR below 1."""
    larger = max(ratio, 1 / ratio) if ratio > 0 else np.inf
    return float(larger + np.sqrt(larger * (larger - 1)))
