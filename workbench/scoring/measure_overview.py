"""Summarize every measure of a panel: its total and its course over time."""

from __future__ import annotations

import math

import pandas as pd

from workbench.data.model.panel import BUILT_IN, PERIOD, Panel
from workbench.scoring.aggregate import aggregate_measures, is_additive


def summarize_measures(panel: Panel) -> pd.DataFrame:
    """Return one row per measure of the data set, in its order; built-in ones are left out.

    Returns
    -------
    DataFrame
        ``name``, ``label``, ``unit``, ``total`` over all rep-periods (the ratio of sums for a mean, NaN for a smallest
        or largest value), ``course`` (list: the team's value per period).
    """
    by_period = aggregate_measures(panel, PERIOD, "totals")
    rows = [
        {
            "name": info.name,
            "label": info.label or info.name,
            "unit": info.unit or "",
            "total": _total(panel, info.name),
            "course": by_period[info.name].tolist(),
        }
        for info in panel.measures
        if info.name not in BUILT_IN
    ]
    return pd.DataFrame(rows, columns=["name", "label", "unit", "total", "course"])


def _total(panel: Panel, measure: str) -> float:
    if panel.info(measure).aggregate == "mean":
        n = panel.frame[f"{measure}·n"].sum()
        return float(panel.frame[f"{measure}·sum"].sum() / n) if n else math.nan
    return float(panel.frame[measure].sum()) if is_additive(panel, measure) else math.nan
