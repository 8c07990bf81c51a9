"""Check whether the link holds among rep-periods with any activity, or only between some and none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.evidence.record import EvidenceOptions, Record
from workbench.scoring.correlation import Correlation
from workbench.scoring.jackknife import jackknife_bounds
from workbench.scoring.within_reps import WithinRepLink, within_rep_links

NAME = "working"
SOURCE = "The link within reps over the rep-periods with any of the activity, beside the link over all of them"
TELLING = 0.1
"""Between the two links, from which the difference is worth a sentence."""


@dataclass(frozen=True)
class WorkingPeriods:
    """One KPI's link over all rep-periods and over those with any activity.

    Attributes
    ----------
    whole, working : the link within reps (and periods, as the options say). n : rep-periods with the KPI and the goal.
    n_idle : those among them with none of the activity.
    low, high : jackknife bounds of the slope over all less the slope among working ones; NaN where either is not known.
        Slopes, since leaving out the lowest values makes any correlation smaller and no slope.
    """

    whole: Correlation
    working: Correlation
    n: int
    n_idle: int
    low: float
    high: float
    source: str = SOURCE

    @property
    def differs(self) -> bool:
        """Whether there is a link, the slopes differ beyond chance, and the links differ by enough to report."""
        linked = any(link.low > 0 or link.high < 0 for link in (self.whole, self.working))
        return linked and (self.low > 0 or self.high < 0) and abs(self.whole.rho - self.working.rho) >= TELLING


def check(record: Record, options: EvidenceOptions) -> tuple[WorkingPeriods | None, ...]:
    """Return one finding per KPI; None if there is always activity, or the formula does not say how much.

    Counts, sums and numbers per day qualify; a rate is missing without its own activity.
    """
    known = np.isfinite(record.values) & np.isfinite(record.goal)
    tells = ~np.array(record.holds_goal, dtype=bool)[:, None, None] & np.isfinite(record.units)
    idle = known & tells & (record.units <= 0)
    some = np.flatnonzero(idle.any(axis=(1, 2)))
    values, more = record.values[some], (options.take_out_periods, record.shock_segments, record.weights)
    whole = within_rep_links(values, record.goal, *more)
    working = within_rep_links(np.where(idle[some], np.nan, values), record.goal, *more)
    found = {
        k: _working(one, other, int(known[k].sum()), int(idle[k].sum()), options)
        for k, one, other in zip(some.tolist(), whole, working, strict=True)
    }
    return tuple(found.get(k) for k in range(len(record.kpis)))


def _working(
    whole: WithinRepLink, working: WithinRepLink, n: int, n_idle: int, options: EvidenceOptions
) -> WorkingPeriods:
    links = whole.correlation(options), working.correlation(options)
    known = all(np.isfinite(link.low) for link in links)
    low, high = _slope_difference(whole, working, options.confidence) if known else (np.nan, np.nan)
    return WorkingPeriods(*links, n, n_idle, low, high)


def _slope_difference(one: WithinRepLink, other: WithinRepLink, confidence: float) -> tuple[float, float]:
    carriers = one.carriers | other.carriers
    without = [np.where(link.carriers, link.slope_without, link.slope)[carriers] for link in (one, other)]
    low, high = jackknife_bounds(one.slope - other.slope, without[0] - without[1], confidence)
    return float(low), float(high)
