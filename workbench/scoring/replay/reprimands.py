"""List reps who would have been reprimanded for missing a KPI or the scorecard, and whether they made the goal."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.data.model.panel import REP
from workbench.scoring.history import History, goal_made
from workbench.scoring.hits import compare_with_target

LEAST_PERIODS = 3


def list_reprimands(scored: History, k: int | None = None) -> pd.DataFrame:
    """Return one row per rep-period that misses the k-th KPI (``None``: the scorecard).

    Targets are those for the days worked; nobody is called in for a rep-period of too few days.

    Returns
    -------
    DataFrame
        ``rep``, ``period``, ``value`` and ``target`` of what was missed (points and the hit line for a composite or
        the scorecard), ``goal``, ``goal_target``, ``made_goal``: True for whoever would have been called in with the
        goal made, False with it missed, missing where that is not known.
    """
    level = scored.rep_periods
    against = compare_with_target(scored, level, k)
    made = goal_made(level, scored.design)
    found = level.keys.assign(
        value=against.value, target=against.target, goal=level.goal, goal_target=level.goal_target,
        made_goal=pd.array(np.where(np.isnan(made), None, made == 1), dtype="boolean"),
    )  # fmt: skip
    return found[against.hit == 0].reset_index(drop=True)


def mostly_unjust_reps(called_in: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``reprimands_by_rep`` with the goal made in more than half of the periods, worst first.

    Reps with fewer than ``LEAST_PERIODS`` such periods are left out.
    """
    called_in = called_in[called_in["periods"] >= LEAST_PERIODS]
    share = (called_in["unjust"] / called_in["periods"]).rename("share")
    return called_in[share > 1 / 2].loc[share[share > 1 / 2].sort_values(ascending=False, kind="stable").index]


def reprimands_by_rep(scored: History, k: int | None = None) -> pd.DataFrame:
    """Return one row per rep, most unjust first; a rep-period of too few days is not counted.

    Returns
    -------
    DataFrame
        ``rep``, ``periods`` active, ``called_in``, ``unjust`` (those with the goal made), ``judged`` (those of which
        it is known whether the goal was made).
    """
    found = list_reprimands(scored, k)
    reps = scored.reps.keys[[REP]].set_index(REP)
    counted = found.groupby(REP)["made_goal"].agg(called_in="size", unjust="sum", judged="count")
    periods = scored.rep_periods.keys[scored.rep_periods.judged].groupby(REP).size()
    table = reps.assign(periods=periods).join(counted).fillna(0).astype(int).reset_index()
    return table.sort_values(["unjust", "called_in", REP], ascending=[False, False, True], ignore_index=True)
