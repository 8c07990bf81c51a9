"""Convert values of KPIs to points on a fixed scale, alike for a rep-period, a rep and the team.

Attainment depends on the target alone; percentile and z-score on a reference that is frozen before anything is
filtered; min–max on given anchors. So points never depend on which other reps are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.design.model import Direction, Kpi, Scoring, Within

HIT_TOLERANCE = 1e-9  # a weighted mean of all hundreds may come out a rounding error below 100


@dataclass(frozen=True, eq=False)
class Reference:
    """The reference of percentile and z-score points: one KPI's values on the reference rep-periods.

    ``ordered`` holds them sorted, larger better, the missing left out.
    """

    ordered: np.ndarray

    @property
    def mean(self) -> float:
        return float(self.ordered.mean()) if len(self.ordered) else np.nan

    @property
    def sd(self) -> float:
        return float(self.ordered.std(ddof=1)) if len(self.ordered) > 1 else np.nan


def references(values: np.ndarray, kpis: Sequence[Kpi]) -> tuple[Reference, ...]:
    """Return one reference per KPI from (rep-periods, KPIs) values."""
    columns = [orient_larger_better(column, kpi.direction) for column, kpi in zip(values.T, kpis, strict=True)]
    return tuple(Reference(np.sort(column[np.isfinite(column)])) for column in columns)


def points_from_value(
    value: np.ndarray,
    target: np.ndarray,
    kpi: Kpi,
    scoring: Scoring,
    reference: Reference,
    span: np.ndarray | float = 1.0,
) -> np.ndarray:
    """Compute one KPI's points.

    Parameters
    ----------
    value, target : (rows,) in the KPI's unit.
    span : periods that value and target cover; the reference and the anchors are per period.

    Returns
    -------
    ndarray
        (rows,) between floor and cap; NaN where the value, the target or the anchors are missing.
    """
    if scoring.points == "attainment":
        raw = attainment_points(value, target, kpi.direction)
    elif scoring.points == "minmax":
        raw = minmax_points(value / span, kpi.anchors, kpi.direction)
    elif scoring.points == "percentile":
        raw = percentile_points(orient_larger_better(value / span, kpi.direction), reference)
    else:
        raw = z_points(orient_larger_better(value / span, kpi.direction), reference)
    return np.clip(raw, scoring.floor, scoring.cap)


def hit_line(scoring: Scoring) -> float:
    """Return the score from which a scorecard is hit: 100 for attainment, 50 (the middle) on the other scales."""
    return 100.0 if scoring.points == "attainment" else 50.0


def reaches(values: np.ndarray, line: np.ndarray | float) -> np.ndarray:
    """Whether values reach a line, up to rounding error; NaN does not."""
    return values >= line - HIT_TOLERANCE * np.maximum(1, np.abs(line))


def attainment_points(value: np.ndarray, target: np.ndarray, direction: Direction) -> np.ndarray:
    """Return 100 × value ÷ target; lower is better: 100 × target ÷ value, ∞ for 0 (capped later).

    Within a band: 100 inside, outside in proportion to the nearer edge. A target of 0 or less has no attainment.
    """
    if isinstance(direction, Within):
        return _band_attainment(value, *direction.within)
    usable = np.where(target > 0, target, np.nan)
    if direction == "higher":
        return 100 * (value / usable)
    positive = np.where(value > 0, value, 1)
    return np.where(value <= 0, np.where(np.isnan(usable), np.nan, np.inf), 100 * (usable / positive) + 0 * value)


def _band_attainment(value: np.ndarray, low: float, high: float) -> np.ndarray:
    """Return attainment of a range: outside by the ratio to the edge, or to the width if the edge is not above 0."""
    width = high - low
    below = value / low if low > 0 else 1 - (low - value) / width
    above = high / np.where(value > high, value, high) if high > 0 else 1 - (value - high) / width
    return 100 * np.where(value < low, below, np.where(value > high, above, 1 + 0 * value))


def orient_larger_better(value: np.ndarray, direction: Direction) -> np.ndarray:
    """Orient values so that larger is better; within a range: 0 inside, minus the distance to it outside."""
    if isinstance(direction, Within):
        low, high = direction.within
        return -np.maximum(0, np.maximum(low - value, value - high))
    return value if direction == "higher" else -value


def percentile_points(value: np.ndarray, reference: Reference) -> np.ndarray:
    """Return the share of the reference below the value, half of the equal ones counted, × 100."""
    if not len(reference.ordered):
        return np.full(np.shape(value), np.nan)
    below = np.searchsorted(reference.ordered, value, "left") + np.searchsorted(reference.ordered, value, "right")
    return np.where(np.isnan(value), np.nan, 100 * below / (2 * len(reference.ordered)))


def z_points(value: np.ndarray, reference: Reference) -> np.ndarray:
    """Return 50 + 10 × (value − mean) ÷ standard deviation of the reference.

    Where the reference does not vary, its one value is worth 50 and anything better or worse the cap or the floor.
    """
    off = value - reference.mean
    if reference.sd > 0:
        return 50 + 10 * (off / reference.sd)
    return np.select([off < 0, off == 0, off > 0], [-np.inf, 50.0, np.inf], np.nan)


def minmax_points(value: np.ndarray, anchors: tuple[float, float] | None, direction: Direction) -> np.ndarray:
    """Return 0 at the worse anchor, 100 at the better one; within a range: 100 inside, 0 at the anchors."""
    if anchors is None or anchors[0] == anchors[1]:
        return np.full(np.shape(value), np.nan)
    low, high = sorted(anchors)
    if isinstance(direction, Within):
        inner = direction.within
        return 100 * np.interp(value, [low, *inner, high], [0, 1, 1, 0]) + 0 * value
    share = (value - low) / (high - low)
    return 100 * (share if direction == "higher" else 1 - share)
