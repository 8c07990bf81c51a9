"""Total of each measure over the whole panel."""

from __future__ import annotations

from workbench.data.model.dataset import ADDITIVE
from workbench.data.model.panel import N_PART, SUM_PART, Panel


def measure_totals(panel: Panel) -> dict[str, float]:
    """Return the total of each measure over all reps, scored or not, by name; built-ins are left out.

    Counts and sums are added up; a distinct count is added up too, so somebody met by two reps or in two periods counts
    twice; a mean is the ratio of its sums; a min or max is the smallest or largest. NaN if all values are missing.
    """
    return {
        info.name: _measure_total(panel, info.name, info.aggregate)
        for info in panel.measures
        if info.aggregate != "built_in"
    }


def _measure_total(panel: Panel, name: str, aggregate: str) -> float:
    frame = panel.everybody
    if aggregate in ADDITIVE:
        return float(frame[name].sum(min_count=1)) if len(frame) else 0.0
    if aggregate == "mean":
        n = frame[name + N_PART].sum()
        return float(frame[name + SUM_PART].sum() / n) if n else float("nan")
    return float(frame[name].min() if aggregate == "min" else frame[name].max())
