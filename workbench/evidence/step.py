"""Express the link in the goal's unit: the change of the goal for a round step of the KPI."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.evidence.jackknife import Estimate
from workbench.evidence.record import EvidenceOptions, Record
from workbench.scoring.correlation import JACKKNIFE, no_interval_reason
from workbench.scoring.jackknife import jackknife_bounds
from workbench.scoring.within_reps import WithinRepLink, within_rep_links

NAME = "step"
SOURCE = "Slope of the goal on the KPI within reps (fixed effects of rep and period), for a round step of the KPI"
ROUND = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Step:
    """The slope within reps, for a step that reps take from one period to the next.

    Attributes
    ----------
    size : the step in the KPI's unit: the round number (1, 2 or 5 times a power of ten) nearest to the standard
        deviation within reps. NaN where nothing varies.
    goal : what goes with a step up, in the goal's unit; better is larger, whatever the directions.
    smallest : the same for the smallest link that matters: its twin in the goal's unit.
    """

    size: float
    goal: Estimate
    smallest: float
    source: str = SOURCE


def check(record: Record, options: EvidenceOptions) -> tuple[Step, ...]:
    """Return one finding per KPI, in the order of the record."""
    return tuple(
        _step(link, options)
        for link in within_rep_links(record.values, record.goal, options.take_out_periods, weights=record.weights)
    )


def _step(link: WithinRepLink, options: EvidenceOptions) -> Step:
    size = round_step(np.sqrt(link.xx / max(link.n_pairs, 1)))
    without = link.slope_without[link.carriers]
    low, high = jackknife_bounds(link.slope, without, options.confidence)
    method, reason = f"slope within reps; {JACKKNIFE}", no_interval_reason(len(without), without)
    goal = Estimate(float(link.slope * size), float(low * size), float(high * size), link.n_pairs, len(without),
                    method, reason)  # fmt: skip
    per_deviation = np.sqrt(link.yy / link.xx) if link.xx > 0 else np.nan
    return Step(size, goal, float(options.smallest * per_deviation * size))


def smallest_link_of(step: Step, amount: float, smallest: float) -> float:
    """Return the smallest link that matters if a round step of the KPI must go with at least ``amount`` of the goal.

    ``smallest`` is the link that ``step.smallest`` belongs to.
    """
    return smallest * amount / step.smallest


def round_step(spread: float) -> float:
    """Return the round number nearest, on a log scale, to a spread: ``0.37`` → 0.5, ``8`` → 10; NaN for 0."""
    if not np.isfinite(spread) or spread <= 0:
        return np.nan
    power = 10.0 ** np.floor(np.log10(spread))
    return float(min((power * part for part in ROUND), key=lambda size: abs(np.log(size / spread))))
