"""Measure how sensitive ranks are to each weight and to the scoring rules."""

from __future__ import annotations

from itertools import product
from typing import get_args

import numpy as np
import pandas as pd
from scipy import stats

from workbench.data.model.panel import Panel
from workbench.design.model import Design, Scoring
from workbench.scoring.history import History, score_history
from workbench.scoring.ranks import rank_values
from workbench.weights.batch_scores import ranks_under, scores_under
from workbench.weights.rank_agreement import rank_agreements

SPREAD = 0.5
DRAWS = 512
SEED = 20170101


def weight_sensitivity(scored: History, spread: float = SPREAD, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Compute Sobol indices of the mean rank shift, each weight varying from 1 − spread to 1 + spread times itself.

    Parameters
    ----------
    draws : base sample, a power of two; the scorecard is scored draws × (KPIs that are on + 2) times.

    Returns
    -------
    DataFrame
        One row per KPI that is on: ``kpi``; ``alone``, the share of the variance of the mean rank shift that its
        weight explains by itself; ``total``, with everything it does together with others. NaN where no rank ever
        moves. By ``scipy.stats.sobol_indices``.
    """
    weights = np.array([kpi.weight for kpi in scored.design.kpis])
    on = np.flatnonzero(weights > 0)
    today = rank_values(scored.reps.score)

    def mean_shift(factors: np.ndarray) -> np.ndarray:
        sets = np.zeros((factors.shape[1], len(weights)))
        sets[:, on] = weights[on] * factors.T
        moved = np.abs(ranks_under(scores_under(scored.reps.points, sets, scored.design.scoring)) - today[:, None])
        return np.nanmean(moved, axis=0)

    names = [scored.design.kpis[k].name for k in on]
    far = mean_shift(stats.qmc.scale(stats.qmc.Sobol(len(on), seed=seed).random(64), 1 - spread, 1 + spread).T)
    if not far.var():
        return pd.DataFrame({"kpi": names, "alone": np.nan, "total": np.nan})
    ranges = [stats.uniform(1 - spread, 2 * spread)] * len(on)
    found = stats.sobol_indices(func=mean_shift, n=draws, dists=ranges, rng=np.random.default_rng(seed))
    return pd.DataFrame({"kpi": names, "alone": found.first_order.ravel(), "total": found.total_order.ravel()})


def compare_scoring_rules(panel: Panel, design: Design) -> pd.DataFrame:
    """Compare every way to make points and to combine them, under the same weights.

    Returns
    -------
    DataFrame
        One row per way: ``points``, ``combine``, ``today`` (the design's own), ``mean_shift`` and ``largest_shift`` of
        the reps' ranks against today's, ``across_reps`` and ``next_period`` agreement. Min–max points are there only
        when every formula has anchors.
    """
    today = rank_values(score_history(panel, design).reps.score)
    return pd.DataFrame([_compare_rules(panel, design, rules, today) for rules in _alternative_rules(design)])


def _alternative_rules(design: Design) -> list[Scoring]:
    anchored = all(leaf.anchors for kpi in design.kpis for leaf in kpi.leaves())
    points = [p for p in _allowed_values("points") if p != "minmax" or anchored]
    return [
        design.scoring.model_copy(update={"points": p, "combine": c})
        for p, c in product(points, _allowed_values("combine"))
    ]


def _allowed_values(field: str) -> tuple[str, ...]:
    return get_args(Scoring.model_fields[field].annotation)


def _compare_rules(panel: Panel, design: Design, rules: Scoring, today: np.ndarray) -> dict[str, object]:
    scored = score_history(panel, design.model_copy(update={"scoring": rules}))
    shift = np.abs(rank_values(scored.reps.score) - today)
    known = shift[np.isfinite(shift)]
    across, later = rank_agreements(scored, np.array([[kpi.weight for kpi in design.kpis]]))
    same = (rules.points, rules.combine) == (design.scoring.points, design.scoring.combine)
    return {
        "points": rules.points, "combine": rules.combine, "today": same,
        "mean_shift": known.mean() if len(known) else np.nan, "largest_shift": known.max(initial=0),
        "across_reps": across[0], "next_period": later[0],
    }  # fmt: skip
