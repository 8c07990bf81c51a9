"""Classify team periods by KPI and goal hit or missed, and find runs of the same outcome."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, Panel
from workbench.data.model.periods import period_number
from workbench.scoring.history import History, goal_made
from workbench.scoring.hits import compare_with_target

PeriodOutcome = Literal["both_hit", "kpi_only", "goal_only", "both_missed"]
OUTCOMES: tuple[PeriodOutcome, ...] = ("both_hit", "goal_only", "kpi_only", "both_missed")
LEAST_RUN = 3


@dataclass(frozen=True)
class OutcomeRun:
    """Consecutive periods of the same outcome; ``kpi`` is None for the scorecard."""

    kpi: str | None
    outcome: PeriodOutcome
    first: pd.Timestamp
    last: pd.Timestamp
    n_periods: int


def classify_team_outcomes(panel: Panel, scored: History) -> pd.DataFrame:
    """Classify every period by KPI and goal hit or missed.

    Returns
    -------
    DataFrame
        One row per period and KPI, the scorecard first with ``kpi`` missing: ``period``, ``kpi``, ``outcome``
        (missing where KPI or goal cannot be judged), ``partial`` (the data do not cover the whole period).
    """
    level = scored.team
    goal = goal_made(level, scored.design)
    strips = []
    for k in (None, *range(len(scored.design.kpis))):
        hit = compare_with_target(scored, level, k).hit
        known = np.isfinite(hit) & np.isfinite(goal)
        which = np.array(OUTCOMES, dtype=object)[np.where(known, 3 - 2 * (goal == 1) - (hit == 1), 0).astype(int)]
        name = None if k is None else scored.design.kpis[k].name
        strips.append(level.keys.assign(kpi=name, outcome=np.where(known, which, None)))
    return pd.concat(strips, ignore_index=True).assign(partial=lambda f: f[PERIOD].isin(panel.partial))


def count_outcome(outcomes: pd.DataFrame, outcome: PeriodOutcome = "kpi_only") -> tuple[int, int]:
    """Return in how many whole periods the scorecard had this outcome, and in how many it could be judged."""
    judged = outcomes[outcomes["kpi"].isna() & ~outcomes["partial"] & outcomes["outcome"].notna()]
    return int((judged["outcome"] == outcome).sum()), len(judged)


def group_same_periods(runs: Iterable[OutcomeRun]) -> list[tuple[OutcomeRun, ...]]:
    """Return the runs with those over the same periods put together, in the order of the first of each."""
    groups: dict[tuple[pd.Timestamp, pd.Timestamp], list[OutcomeRun]] = {}
    for run in runs:
        groups.setdefault((run.first, run.last), []).append(run)
    return [tuple(group) for group in groups.values()]


def find_runs(
    outcomes: pd.DataFrame, panel: Panel, outcome: PeriodOutcome = "kpi_only", least: int = LEAST_RUN
) -> list[OutcomeRun]:
    """Find runs of one outcome, such as KPI hit and goal missed, the longest first.

    Parameters
    ----------
    outcomes : of ``classify_team_outcomes``. A period that is partial, cannot be judged, or is absent ends a run.
    least : the shortest run worth naming.
    """
    found = []
    for kpi, strip in outcomes[~outcomes["partial"]].groupby("kpi", dropna=False, sort=False):
        same = strip[strip["outcome"] == outcome].sort_values(PERIOD)
        numbers = period_number(same[PERIOD], panel.grain) - np.arange(len(same))
        for _, run in same.groupby(numbers):
            if len(run) >= least:
                name = None if pd.isna(kpi) else kpi
                found.append(OutcomeRun(name, outcome, run[PERIOD].iloc[0], run[PERIOD].iloc[-1], len(run)))
    return sorted(found, key=lambda run: (-run.n_periods, run.first))
