"""Estimate the goal per hour spent on a KPI, and the hours without any."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.evidence.jackknife import Estimate
from workbench.evidence.record import EvidenceOptions, Record
from workbench.scoring.correlation import JACKKNIFE, no_interval_reason
from workbench.scoring.jackknife import jackknife_bounds
from workbench.scoring.within_reps import WithinRepLink, within_rep_links

NAME = "returns"
SOURCE = (
    "Slope of the goal on the activity within reps (fixed effects of rep and period); an association, not a promise"
)


@dataclass(frozen=True)
class Returns:
    """Hours spent on a KPI and the goal linked to them.

    Attributes
    ----------
    per_unit : goal that goes with one more unit of the activity. per_hour : with one more hour of it.
    hours_per_period : hours the team spends on it in a mean period.
    for_nothing : whether the interval covers zero, so that nothing shows for those hours; None when unknown.
    """

    per_unit: Estimate
    per_hour: Estimate
    hours_per_period: float
    for_nothing: bool | None
    source: str = SOURCE


def check(record: Record, options: EvidenceOptions) -> tuple[Returns | None, ...]:
    """Return one finding per KPI, None without minutes, or if the formula does not say how often."""
    out = options.take_out_periods, record.shock_segments, record.weights
    found = within_rep_links(record.units, record.goal, *out)
    return tuple(
        _returns(
            link,
            record.units[k] if record.worked is None else record.units[k] * record.worked,
            record.minutes[k],
            options,
        )
        if np.isfinite(record.minutes[k]) and record.minutes[k] > 0 and np.isfinite(record.units[k]).any()
        else None
        for k, link in enumerate(found)
    )


def _returns(link: WithinRepLink, units: np.ndarray, minutes: float, options: EvidenceOptions) -> Returns:
    without = link.slope_without[link.carriers]
    low, high = jackknife_bounds(link.slope, without, options.confidence)
    method, reason = f"slope within reps; {JACKKNIFE}", no_interval_reason(len(without), without)
    known = np.isfinite(units)
    hours = float(units[known].sum() * minutes / 60 / known.any(axis=0).sum())
    per_unit, per_hour = (
        Estimate(
            float(link.slope * factor),
            float(low * factor),
            float(high * factor),
            link.n_pairs,
            len(without),
            method,
            reason,
        )
        for factor in (1, 60 / minutes)
    )
    return Returns(per_unit, per_hour, hours, bool(low <= 0 <= high) if np.isfinite(low) else None)
