"""Decompose a score: value → target → points → share → contribution, adding up to the score."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from workbench.design.model import Design, Kpi
from workbench.scoring.history import HistoryLevel
from workbench.scoring.scorecard import compute_contributions, with_mean_combination


def decompose_score(level: HistoryLevel, design: Design, row: int) -> pd.DataFrame:
    """Decompose the score of one row of a level.

    Returns
    -------
    DataFrame
        One row per formula: ``kpi`` (the top KPI), ``part`` (the names below it joined by " → ", empty when the KPI
        has no parts), ``value``, ``target``, ``points``, ``share`` of the score, ``contribution``. The contributions
        add up to the score up to floating-point rounding and the shares to 1; how a geometric mean or a minimum is
        split: see ``scorecard.compute_contributions``. All contributions are NaN when there is no score.
    """
    shares, parts = compute_contributions(level.points[[row]], [kpi.weight for kpi in design.kpis], design.scoring)
    leaf_points, rows, at = level.leaf_points[row], [], 0
    for kpi, share, part in zip(design.kpis, shares[0], parts[0], strict=True):
        paths = list(_formula_paths(kpi))
        inner_shares, inner = _decompose_kpi(kpi, iter(leaf_points[at : at + len(paths)]), design)
        counted = np.nan_to_num(inner)
        split = counted / counted.sum() if counted.sum() else inner_shares
        for path, inner_share, piece in zip(paths, inner_shares, split, strict=True):
            rows.append((kpi.name, " → ".join(path), share * inner_share, part * piece))
        at += len(paths)
    return pd.DataFrame(rows, columns=["kpi", "part", "share", "contribution"]).assign(
        value=level.values[row], target=level.targets[row], points=leaf_points
    )[["kpi", "part", "value", "target", "points", "share", "contribution"]]


def _formula_paths(kpi: Kpi) -> Iterator[tuple[str, ...]]:
    """Yield the names below a KPI down to each of its formulas."""
    if not kpi.kpis:
        yield ()
    for part in kpi.kpis:
        for path in _formula_paths(part):
            yield (part.name, *path)


def _decompose_kpi(kpi: Kpi, leaf_points: Iterator[float], design: Design) -> tuple[np.ndarray, np.ndarray]:
    """Return shares (adding up to 1) and contributions (adding up to its points, or NaN) of a KPI's formulas."""
    if not kpi.kpis:
        return np.ones(1), np.array([next(leaf_points)])
    below = [_decompose_kpi(part, leaf_points, design) for part in kpi.kpis]
    points = np.array([[pieces.sum() for _, pieces in below]])
    shares, parts = compute_contributions(
        points, [part.weight for part in kpi.kpis], with_mean_combination(design.scoring)
    )
    pieces = np.concatenate([s * np.nan_to_num(p) for s, (_, p) in zip(shares[0], below, strict=True)])
    inner = np.concatenate([s * own for s, (own, _) in zip(shares[0], below, strict=True)])
    return inner, np.where(np.isnan(parts).all(), np.nan, pieces)
