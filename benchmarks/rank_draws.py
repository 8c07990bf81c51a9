"""Plausible ranks under 5,000 drawn weights: all at once, against one draw after the other.

The loop is what COINr and a sample–evaluate–analyse run of SALib do: the whole scorecard is scored anew for every draw
of weights, here with pandas. Both use the same weights and have to find the same ranks; the loop is timed on a part of
the draws and scaled up.
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from workbench.data.model.panel import MeasureInfo, Panel
from workbench.design.model import Design, Goal, Kpi
from workbench.scoring.history import History, score_history
from workbench.weights.batch_scores import ranks_under, scores_under
from workbench.weights.rank_ranges import DRAWS, KAPPA, SEED, draw_weights, rank_ranges_by_both, rank_ranges_by_weights

NAME = "rank-draws"
HELP = "5,000 draws of weights for 30, 60 and 200 reps, against scoring one draw after the other"
SIZES = ((30, 5), (60, 8), (200, 12))
LOOPED = 200
LIMIT = 2.0  # seconds for all draws at once, at any of the sizes: the page waits for them


def run() -> str:
    """A line per size."""
    lines = ["reps  KPIs   all at once   one by one   times   weights and periods (1,000 draws)"]
    for n_reps, n_kpis in SIZES:
        panel = _panel(n_reps, n_kpis)
        scored = score_history(panel, _design(n_kpis))
        weights = draw_weights(scored, DRAWS, KAPPA, SEED)
        at_once, _ = _timed(lambda scored=scored: rank_ranges_by_weights(scored))
        looped, by_loop = _timed(lambda scored=scored, weights=weights: _one_by_one(scored, weights[:LOOPED]))
        same = ranks_under(scores_under(scored.reps.points, weights[:LOOPED], scored.design.scoring))
        if not np.array_equal(same, by_loop):
            raise AssertionError("the two ways rank differently")
        if at_once > LIMIT:
            raise AssertionError(f"all draws for {n_reps} reps took {at_once:.1f} s, more than {LIMIT} s")
        both, _ = _timed(lambda panel=panel, scored=scored: rank_ranges_by_both(panel, scored))
        loop = looped * DRAWS / LOOPED
        lines.append(f"{n_reps:4}  {n_kpis:4}  {at_once:9.3f} s  {loop:9.2f} s  {loop / at_once:6.0f}  {both:9.3f} s")
    return "\n".join(lines)


def _one_by_one(scored: History, weights: np.ndarray) -> np.ndarray:
    points = pd.DataFrame(scored.reps.points)
    return np.column_stack(
        [(points * w).sum(axis=1).div(w.sum()).round(9).rank(ascending=False, method="min") for w in weights]
    )


def _timed(work):
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


def _panel(n_reps: int, n_kpis: int, n_periods: int = 18) -> Panel:
    rng = np.random.default_rng(SEED)
    months = pd.date_range("2023-01-01", periods=n_periods, freq="MS")
    frame = pd.MultiIndex.from_product([[f"rep {i:03}" for i in range(n_reps)], months], names=["rep", "period"])
    frame = frame.to_frame(index=False)
    names = [f"k{k}" for k in range(n_kpis)]
    for name in names:
        frame[name] = rng.gamma(9, 10 / 9, n_reps).repeat(n_periods) + rng.normal(0, 3, len(frame))
    frame["sales"] = frame[names].sum(axis=1)
    measures = tuple(MeasureInfo(name, "sum") for name in (*names, "sales"))
    return Panel("drawn", "month", frame, measures, frame[["rep"]].drop_duplicates(ignore_index=True))


def _design(n_kpis: int) -> Design:
    kpis = tuple(Kpi(name=f"k{k}", formula=f"k{k}", target=10, weight=10 + k) for k in range(n_kpis))
    return Design(name="drawn", goal=Goal(measure="sales"), kpis=kpis)
