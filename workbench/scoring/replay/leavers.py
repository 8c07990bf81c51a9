"""Compare leavers with the reps who stayed: their sales and scores in the months before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.data.model.periods import ends_of_periods
from workbench.scoring.classification import classify_rep_periods, rank_reps
from workbench.scoring.history import History

BEFORE = 3


@dataclass(frozen=True, eq=False)
class Leavers:
    """Leavers compared with the reps who stayed.

    Attributes
    ----------
    reps : one row per leaver, in the order of leaving: ``rep``, ``end``, ``goal`` and ``score`` over their time with
        ``goal_rank`` and ``score_rank`` among all reps; ``last_goal``, ``last_score`` over their last periods, and
        ``unsung``, how many of those had the goal made and the scorecard missed; ``n_last``, how many there are.
    stayed : the same for the periods of those who stayed, in the months in which the leavers had their last: ``goal``,
        ``score``, ``unsung_share``; ``n`` rep-periods, ``n_judged`` of them with goal and score made or missed.
    left : the same figures for the leavers' last periods.
    """

    reps: pd.DataFrame
    stayed: dict[str, float]
    left: dict[str, float]


def compare_leavers(panel: Panel, scored: History, before: int = BEFORE) -> Leavers:
    """Compare reps with an end date on the roster, within the data, with the others.

    ``before`` is how many of their last periods are looked at; the period in which they left is the last of them,
    unless too few days of it were worked. The goal is per whole period worked.
    """
    ends = panel.reps.set_index(REP)["end"]
    gone = ends[ends <= ends_of_periods(panel.frame[PERIOD], panel.grain).max()].sort_values()
    judged = classify_rep_periods(scored).assign(goal=scored.rep_periods.goal_rate)[scored.rep_periods.judged]
    last = judged[judged[REP].isin(gone.index)].sort_values(PERIOD).groupby(REP).tail(before)
    same_time = judged[~judged[REP].isin(gone.index) & judged[PERIOD].isin(last[PERIOD])]
    by_rep = last.groupby(REP).agg(
        last_goal=("goal", "mean"), last_score=("score", "mean"),
        unsung=("kind", lambda kind: int((kind == "unsung_seller").sum())), n_last=("kind", "size"),
    )  # fmt: skip
    known = gone[gone.index.isin(by_rep.index)].rename("end").rename_axis(REP).reset_index()
    reps = known.merge(rank_reps(scored), on=REP, how="left").merge(by_rep, on=REP)
    return Leavers(reps, _summarize(same_time), _summarize(last))


def _summarize(rows: pd.DataFrame) -> dict[str, float]:
    known = rows[rows["kind"].notna()]
    return {
        "goal": float(rows["goal"].mean()),
        "score": float(rows["score"].mean()),
        "unsung_share": float((known["kind"] == "unsung_seller").mean()) if len(known) else np.nan,
        "n": len(rows),
        "n_judged": len(known),
    }
