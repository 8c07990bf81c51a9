"""The E-value: how strong an unmeasured common cause would have to be to explain a link away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.scoring.correlation import Correlation

SOURCE = "E-value (VanderWeele & Ding 2017), from a correlation by d = 2r ÷ √(1 − r²) and RR ≈ exp(0.91·d)"


@dataclass(frozen=True)
class EValues:
    """The E-values of a link: risk ratios of an unmeasured cause with the KPI and with the goal.

    ``times`` explains the whole link, ``times_to_doubt`` the end of the interval nearer to 0: 1 if the interval
    includes 0. NaN without a link.
    """

    times: float
    times_to_doubt: float


def compute_e_values(link: Correlation) -> EValues:
    """Return the E-values of a correlation and of the end of its interval nearer to 0."""
    if not np.isfinite(link.low):
        return EValues(np.nan, np.nan)
    nearer = link.low if link.rho > 0 else link.high
    doubted = e_value(risk_ratio(nearer)) if nearer * link.rho > 0 else 1.0
    return EValues(e_value(risk_ratio(link.rho)), doubted)


def risk_ratio(correlation: float) -> float:
    """Return the risk ratio that corresponds to a correlation; infinite for a perfect one."""
    rest = 1 - correlation**2
    with np.errstate(over="ignore"):
        return float(np.exp(0.91 * 2 * correlation / np.sqrt(rest))) if rest > 0 else float(np.inf * correlation)


def e_value(ratio: float) -> float:
    """Return RR + √(RR·(RR − 1)), with 1 ÷ RR for RR below 1."""
    larger = max(ratio, 1 / ratio) if ratio > 0 else np.inf
    return float(larger + np.sqrt(larger * (larger - 1)))
