"""Derive defaults from the history: likely goals, targets, directions and weights."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from workbench.data.model.panel import BUILT_IN, MeasureInfo, Panel
from workbench.design.edits import set_weights
from workbench.design.measure_meaning import (
    is_duration,
    is_failure,
    is_mostly_blank,
    is_success,
    is_target,
    is_value,
)
from workbench.design.model import Design, Direction, Goal, Kpi, Within
from workbench.formula.ratio import is_ratio
from workbench.scoring.history import is_target_met
from workbench.scoring.targets import PERCENTILES, value_at_percentile

FIRST_PERCENTILE = PERCENTILES[1]
FIRST_WEIGHT = 10.0


def likely_goals(panel: Panel) -> list[str]:
    """List measures, the likeliest goal first.

    Money and other sums with a unit, then successes, other sums, the rest, each by total; durations, columns that are
    mostly blank and failures last. Targets that the company sets are no goal; they are listed only if there is nothing
    else.
    """
    own = [info for info in panel.measures if info.name not in BUILT_IN]
    totals = {info.name: float(panel.frame[info.name].fillna(0).sum()) for info in own}
    ranked = sorted(own, key=lambda info: (_unlikeliness(info, panel), not info.unit, -totals[info.name]))
    return [info.name for info in ranked if not is_target(info)] or [info.name for info in ranked]


def _unlikeliness(info: MeasureInfo, panel: Panel) -> int:
    if is_failure(info):
        return 5
    if is_duration(info) or is_mostly_blank(info, panel):
        return 4
    likely = (is_value(info), is_success(info), info.aggregate == "sum")
    return next((place for place, found in enumerate(likely) if found), 3)


def goal_from_measure(panel: Panel, measure: str) -> Goal:
    """Make a goal of a measure, with a target that a third of the rep-periods met.

    A rarer share where the whole history would meet that target, as nothing sold meets a target of 0; no target where
    no such share is left, or without values.
    """
    info, values = panel.info(measure), panel.frame[measure].to_numpy(float)
    worst = np.nanmin(values) if np.isfinite(values).any() else math.nan
    targets = {percent: value_at_percentile(values, percent, "higher") for percent in PERCENTILES[1:]}
    percentile = next((percent for percent, target in targets.items() if target > worst), None)
    return Goal(measure=measure, label=info.label, unit=info.unit, percentile=percentile,
                target=None if percentile is None else targets[percentile])  # fmt: skip


def target_from_history(
    values: np.ndarray | None, kpi: Kpi, percentile: float, rep_averages: np.ndarray | None = None
) -> dict[str, float]:
    """Return the fields ``target`` and ``percentile`` of a KPI from its past values.

    A ratio, and a KPI whose best periods no rep keeps up, takes its target from the reps' own averages: few cases make
    a single period's ratio swing up to levels at which nobody stays. Empty without values, and where the target would
    not be above 0, since attainment divides by it.
    """
    value = 0.0 if values is None else value_at_percentile(values, percentile, kpi.direction)
    if rep_averages is not None and len(rep_averages):
        met = is_target_met(rep_averages, np.full(len(rep_averages), value), kpi.direction)
        if is_ratio(kpi.formula) or not (met == 1).any():
            value = value_at_percentile(rep_averages, percentile, kpi.direction)
    return {"target": value, "percentile": percentile} if value > 0 else {}


def default_weight(design: Design) -> float:
    """Return the mean weight of the KPIs that are on, rounded; ``FIRST_WEIGHT`` if none is."""
    weights = [kpi.weight for kpi in design.kpis if kpi.weight > 0]
    return float(round(sum(weights) / len(weights))) if weights else FIRST_WEIGHT


def default_direction(form: str, values: np.ndarray) -> Direction:
    """Return a direction of the given kind (``higher``, ``lower``, ``range``); a range is the middle half of values."""
    if form != "range":
        return "lower" if form == "lower" else "higher"
    low, high = (value_at_percentile(values, percent, "higher") for percent in (25, 75)) if len(values) else (0.0, 1.0)
    return Within(within=(low, high if high > low else low + 1))


def replace_weights(design: Design, weights: Sequence[float]) -> Design | None:
    """Replace the weights in the order of the KPIs; None unless there is one per KPI, finite and at least 0."""
    if len(weights) != len(design.kpis) or not all(math.isfinite(weight) and weight >= 0 for weight in weights):
        return None
    return set_weights(design, {kpi.name: float(w) for kpi, w in zip(design.kpis, weights, strict=True)})
