"""Swing weights: weights from the order in which KPIs should go from worst to best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.scoring.history import History, kpi_series


def rank_order_centroid(order: Sequence[str | Sequence[str]]) -> dict[str, float]:
    """Return weights, adding up to 100, from the order of importance alone.

    Parameters
    ----------
    order : KPI names, the most important first; names that matter alike stand together in one sequence.

    Returns
    -------
    dict
        The centre of all weights that respect the order, w_r = 1/K · Σ_{j ≥ r} 1/j (Barron & Barrett 1996); equals
        share the average of their places.
    """
    groups = [[place] if isinstance(place, str) else list(place) for place in order]
    n = sum(len(group) for group in groups)
    by_place = iter(np.cumsum(1 / np.arange(n, 0, -1))[::-1] / n)
    weights: dict[str, float] = {}
    for group in groups:
        share = float(np.mean([next(by_place) for _ in group]))
        weights |= dict.fromkeys(group, 100 * share)
    return weights


def kpi_swings(history: History) -> pd.DataFrame:
    """Return one row per KPI: ``kpi``, ``worst`` and ``best`` rep value; those of composites are in points."""
    rows = []
    for k, kpi in enumerate(history.design.kpis):
        values, points = kpi_series(history.reps, history.design, k), history.reps.points[:, k]
        known = np.isfinite(values) & np.isfinite(points)
        order = np.flatnonzero(known)[np.argsort(points[known], kind="stable")]
        ends = (values[order[0]], values[order[-1]]) if len(order) else (np.nan, np.nan)
        rows.append((kpi.name, *_raw_extremes(ends, values[known], kpi.direction)))
    return pd.DataFrame(rows, columns=["kpi", "worst", "best"])


def _raw_extremes(ends: tuple[float, float], values: np.ndarray, direction: object) -> tuple[float, float]:
    """Return the extreme values where points reach floor or cap and no longer distinguish them."""
    if not len(values) or direction not in ("higher", "lower"):
        return ends
    return (values.min(), values.max()) if direction == "higher" else (values.max(), values.min())
