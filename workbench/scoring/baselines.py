"""Compute the baselines of a scorecard: equal weights, its best KPI alone, last period's goal, and chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import stats

from workbench.scoring.agreement import Agreement, Pairs, agreement_pairs, measure_agreement
from workbench.scoring.better_side import goal_sign
from workbench.scoring.correlation import Correlation, CorrelationMethod, correlate
from workbench.scoring.history import History
from workbench.scoring.rows import Rows

DRAWS = 999
SEED = 20170101


@dataclass(frozen=True)
class Baseline:
    """An agreement to compare with; ``more`` has further facts (which KPI, how many draws)."""

    agreement: Agreement
    more: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"agreement": self.agreement.as_json(), **self.more}


def compute_baselines(history: History, draws: int = DRAWS) -> dict[str, Baseline]:
    """Compute all four baselines, by the names promised for the ``backtest`` command."""
    return {
        "equal_weights": equal_weights_baseline(history),
        "best_single_kpi": best_single_kpi_baseline(history),
        "last_period_goal": last_period_goal_baseline(history),
        "shuffled": shuffled_baseline(history, draws),
    }


def measure_score_agreement(history: History) -> Agreement:
    """Measure the agreement of a history's score with its goal."""
    return measure_agreement(*_score_and_goal(history))


def equal_weights_baseline(history: History) -> Baseline:
    """Score with equal weights of the KPIs that are on."""
    return Baseline(measure_score_agreement(history.weighted([float(kpi.weight > 0) for kpi in history.design.kpis])))


def best_single_kpi_baseline(history: History) -> Baseline:
    """Score with the one KPI that agrees most across reps; chosen with hindsight, so too favourable."""
    kpis = history.design.kpis
    on = [k for k, kpi in enumerate(kpis) if kpi.weight > 0] or range(len(kpis))
    alone = {k: history.weighted([float(other == k) for other in range(len(kpis))]) for k in on}
    way = goal_sign(history.design)
    best = max(alone, key=lambda k: np.nan_to_num(way * _agreement_across_reps(alone[k]), nan=-2.0))
    return Baseline(measure_score_agreement(alone[best]), {"name": kpis[best].name})


def _agreement_across_reps(history: History) -> float:
    return correlate(history.reps.score, history.reps.goal, np.arange(len(history.reps))).rho


def last_period_goal_baseline(history: History) -> Baseline:
    """Score with the goal of the previous period."""
    goal = history.rep_periods.goal_rate
    before = history.rows.previous_values(goal)
    known = np.isfinite(before)
    rows = history.rows.reps
    with_history = np.bincount(rows, weights=known, minlength=len(history.reps))
    total = np.bincount(rows, weights=np.where(known, before, 0), minlength=len(history.reps))
    level = np.divide(total, with_history, out=np.full(len(total), np.nan), where=with_history > 0)
    worked = history.rep_periods.share_worked
    found = measure_agreement(level, history.reps.goal, before, goal, history.rows, worked)
    return Baseline(Agreement(**{**vars(found), "next_period": found.rep_periods}))


def shuffled_baseline(history: History, draws: int = DRAWS, seed: int = SEED) -> Baseline:
    """Score by chance: assign whole score histories to other reps, ``draws`` times.

    Returns
    -------
    Baseline
        ``rho`` the average, ``low`` and ``high`` the 2.5th and 97.5th percentile of the draws; in ``more`` the share
        of draws (the history as it is counted in) that agree at least as much, by reading.
    """
    orders = np.argsort(np.random.default_rng(seed).random((draws, len(history.reps))), axis=1)
    found, as_high = {}, {}
    for name, pairs in agreement_pairs(*_score_and_goal(history)).items():
        actual, *drawn = _shuffled_correlations(pairs, orders)
        known = np.array(drawn)[np.isfinite(drawn)]
        found[name] = _chance_correlation(known, pairs, f"{draws} shuffles of whole rep histories, seed {seed}")
        as_high[name] = float((1 + np.sum(known >= actual - 1e-12)) / (1 + len(known))) if len(known) else np.nan
    return Baseline(Agreement(**found), {"draws": draws, "as_high": as_high})


def _score_and_goal(
    history: History,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, Rows, np.ndarray | None]:
    reps, rows = history.reps, history.rep_periods
    return reps.score, reps.goal, rows.score, rows.goal_rate, history.rows, rows.share_worked


def _shuffled_correlations(pairs: Pairs, orders: np.ndarray) -> np.ndarray:
    """Return (1 + draws,) correlations: observed, then with the scores of rep ``orders[d, i]`` assigned to rep i.

    Every sum a correlation needs is Σ over reps i of a rep × rep matrix at (order of i, i), so a draw costs n look-ups.
    """
    n = orders.shape[1]
    periods, column = np.unique(pairs.rows.periods, return_inverse=True)
    score, goal, there = (np.zeros((n, len(periods))) for _ in range(3))
    score[pairs.rows.reps, column] = _centre(pairs.x, pairs.kind)
    goal[pairs.rows.reps, column] = _centre(pairs.goal, pairs.kind)
    there[pairs.rows.reps, column] = 1
    taken, own = np.vstack([np.arange(n), orders]), np.arange(n)
    count, sx, sy, sxx, syy, sxy = (
        (a @ b.T)[taken, own].sum(axis=1)
        for a, b in ((there, there), (score, there), (there, goal), (score**2, there), (there, goal**2), (score, goal))
    )
    squares = (count * sxx - sx**2) * (count * syy - sy**2)
    varies = squares > 1e-12 * float(len(pairs.x)) ** 4
    return np.divide(
        count * sxy - sx * sy, np.sqrt(np.where(varies, squares, 1)), out=np.full(len(taken), np.nan), where=varies
    )


def _centre(values: np.ndarray, kind: CorrelationMethod) -> np.ndarray:
    """Return ranks less their mean; for Pearson the values less their mean, in units of the spread of ranks."""
    if kind == "spearman":
        return stats.rankdata(values) - (len(values) + 1) / 2
    spread = np.std(values) if len(values) else 0.0
    return (values - values.mean()) / spread * len(values) / np.sqrt(12) if spread > 0 else np.zeros(len(values))


def _chance_correlation(drawn: np.ndarray, pairs: Pairs, method: str) -> Correlation:
    n, n_reps = len(pairs.x), len(np.unique(pairs.rows.reps))
    if not len(drawn):
        return Correlation(np.nan, np.nan, np.nan, n, n_reps, method, "nothing varies, so nothing can be shuffled")
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Correlation(float(drawn.mean()), float(low), float(high), n, n_reps, method)
