"""Measure how ranks and agreement change if one KPI is dropped and the others keep their proportions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from workbench.scoring.history import History
from workbench.weights.batch_scores import ranks_under, scores_under
from workbench.weights.rank_agreement import rank_agreements


def drop_one(history: History, top: int) -> pd.DataFrame:
    """Drop every KPI in turn.

    Returns
    -------
    DataFrame
        One row per KPI: ``kpi``; ``mean_shift`` and ``largest_shift`` of the reps' ranks; ``top_kept``, how many of
        today's top N stay in it; ``across_reps`` and ``next_period``, the Spearman agreement without it, and
        ``across_change`` and ``next_change``, those less today's. A KPI that is off changes nothing; without the only
        one that is on there is no score: NaN.
    """
    weights = np.array([kpi.weight for kpi in history.design.kpis])
    sets = np.vstack([weights, np.tile(weights, (len(weights), 1)) * (1 - np.eye(len(weights)))])
    ranked = ranks_under(scores_under(history.reps.points, sets, history.design.scoring))
    shift = np.abs(ranked[:, 1:] - ranked[:, :1])
    across, later = rank_agreements(history, sets)
    scored = np.isfinite(shift).any(axis=0)
    kept = ((ranked[:, 1:] <= top) & (ranked[:, :1] <= top)).sum(axis=0).astype(float)
    return pd.DataFrame(
        {"kpi": [kpi.name for kpi in history.design.kpis],
         "mean_shift": _where(scored, lambda columns: np.nanmean(shift[:, columns], axis=0)),
         "largest_shift": _where(scored, lambda columns: np.nanmax(shift[:, columns], axis=0)),
         "top_kept": np.where(scored, kept, np.nan),
         "across_reps": across[1:], "next_period": later[1:],
         "across_change": across[1:] - across[0], "next_change": later[1:] - later[0]}
    )  # fmt: skip


def _where(scored: np.ndarray, of: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    found = np.full(len(scored), np.nan)
    found[scored] = of(scored)
    return found
