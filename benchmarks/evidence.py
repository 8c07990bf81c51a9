"""The whole evidence report, and its intervals against scipy's bootstrap and a pandas loop that resamples reps.

All three ways give an interval of the same number: the correlation of KPI and goal less rep and period means. scipy's
resamples rows (and so covers about half of what it promises); the loop resamples reps, as one should.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from workbench.evidence.calibration.worlds import KINDS, World, draw_history, record_from_grid
from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.report import run_checks
from workbench.scoring.within_reps import within_rep_links

NAME = "evidence"
HELP = "verdicts for 10 KPIs of 50 reps × 24 months, and 20 of 1,000 × 36; intervals against two bootstraps"
RESAMPLES = 999
LOOP_RESAMPLES = 50  # of the pandas loop; its time is scaled up to RESAMPLES


def run() -> str:
    """Time each, and say how far the intervals agree."""
    small, large = _team(50, 24, 10), _team(1000, 36, 20)
    options = EvidenceOptions()
    ours, found = _timed(lambda: [link.correlation(options) for link in within_rep_links(small.values, small.goal)])
    by_scipy, rows = _timed(lambda: [_scipy(small, k) for k in range(10)])
    by_loop, reps = _timed(lambda: [_pandas_loop(small, k) for k in range(10)])
    by_loop *= RESAMPLES / LOOP_RESAMPLES
    widths = [np.mean([high - low for low, high in ways]) for ways in ([(f.low, f.high) for f in found], rows, reps)]
    report, whole = (_wall_and_processor(lambda team=team: run_checks(team)) for team in (small, large))
    return "\n".join([
        f"report, 10 KPIs, 50 × 24: {report}",
        f"report, 20 KPIs, 1,000 × 36: {whole}",
        f"10 intervals, leave one rep out: {ours * 1000:.1f} ms, mean width {widths[0]:.3f}",
        f"10 intervals, scipy.stats.bootstrap of rows: {by_scipy:.2f} s ({by_scipy / ours:,.0f} ×), "
        f"mean width {widths[1]:.3f}",
        f"10 intervals, pandas loop over resampled reps: {by_loop:.1f} s ({by_loop / ours:,.0f} ×, scaled from "
        f"{LOOP_RESAMPLES} to {RESAMPLES} resamples), mean width {widths[2]:.3f}",
    ])  # fmt: skip


def _team(reps: int, periods: int, kpis: int) -> Record:
    record = draw_history(World(reps, periods), np.random.default_rng(1))
    noisy = record.values + np.random.default_rng(2).normal(size=record.values.shape)
    values = np.concatenate([record.values, noisy])[:kpis]
    names = (*KINDS, *(f"{kind}, noisy" for kind in KINDS))[:kpis]
    return record_from_grid(names, values, record.goal, np.arange(reps) % 2)


def _timed(work: Callable) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _wall_and_processor(work: Callable) -> str:
    """A busy machine stretches the first, hardly the second."""
    processor = time.process_time()
    wall, _ = _timed(work)
    return f"{wall:.2f} s ({time.process_time() - processor:.2f} s of processors)"


def _frame(record: Record, k: int) -> pd.DataFrame:
    rep, period = np.nonzero(np.isfinite(record.values[k]) & np.isfinite(record.goal))
    return pd.DataFrame(
        {"rep": rep, "period": period, "x": record.values[k][rep, period], "y": record.goal[rep, period]}
    )


def _demeaned(frame: pd.DataFrame) -> pd.DataFrame:
    """One round of rep and period means, as analysts do it by hand."""
    left = frame[["x", "y"]] - frame.groupby("rep")[["x", "y"]].transform("mean")
    return left - left.groupby(frame["period"]).transform("mean")


def _scipy(record: Record, k: int) -> tuple[float, float]:
    left = _demeaned(_frame(record, k)).to_numpy().T
    found = stats.bootstrap(tuple(left), lambda x, y: stats.pearsonr(x, y).statistic, paired=True, vectorized=False,
                            n_resamples=RESAMPLES, method="percentile", random_state=1)  # fmt: skip
    return found.confidence_interval.low, found.confidence_interval.high


def _pandas_loop(record: Record, k: int) -> tuple[float, float]:
    by_rep, rng = dict(list(_frame(record, k).groupby("rep"))), np.random.default_rng(1)
    drawn = []
    for _ in range(LOOP_RESAMPLES):
        chosen = rng.choice(list(by_rep), len(by_rep))
        sample = pd.concat([by_rep[rep].assign(rep=place) for place, rep in enumerate(chosen)], ignore_index=True)
        left = _demeaned(sample)
        drawn.append(left["x"].corr(left["y"]))
    return tuple(np.quantile(drawn, [0.025, 0.975]))
