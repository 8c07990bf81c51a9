"""Compute the team's own goal: what all reps together had to reach in a period, and what they reached."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from workbench.data.model.panel import PERIOD, Panel
from workbench.design.model import Goal, Within
from workbench.formula.formula import parse_formula, quote_name
from workbench.scoring.aggregate import formula_is_additive
from workbench.scoring.days_worked import shares_worked, with_share_worked
from workbench.scoring.values import goal_as_kpi, rep_period_values, target_series


@dataclass(frozen=True)
class TeamGoal:
    """The goal of all reps together in the last whole period.

    Attributes
    ----------
    period : its start. target, reached : sums over the reps there, each target scaled to the rep's days worked, however
        few they were: what they sold is the team's.
    hit, n_periods : whole periods in which the team hit its target, of those with one.
    """

    period: pd.Timestamp
    target: float
    reached: float
    hit: int
    n_periods: int

    @property
    def gap(self) -> float:
        """What was reached less the target."""
        return self.reached - self.target


def team_goal_by_period(panel: Panel, goal: Goal) -> pd.DataFrame | None:
    """Add up the goal and its targets by period; None for a goal that does not add up.

    Returns
    -------
    DataFrame
        ``period``, ``value`` of the whole team, ``target`` (NaN without one), ``met`` (True, False, missing where it
        cannot be said) and ``partial``, whether the data cover the period only in part.
    """
    if isinstance(goal.direction, Within) or goal.measure not in panel.measure_names:
        return None
    if not formula_is_additive(parse_formula(quote_name(goal.measure), panel.measure_names), panel):
        return None
    whole = with_share_worked(panel)
    found = rep_period_values(panel, [goal_as_kpi(goal)])
    rows = found.keys[[PERIOD]].assign(value=found.values[:, 0], target=math.nan)
    if goal.target is not None:
        target = target_series(whole, goal.target) * shares_worked(whole)
        rows = rows.assign(target=target.to_numpy(float)).dropna()
    sums = rows.groupby(PERIOD).sum(min_count=1).reset_index()
    met = sums["value"] <= sums["target"] if goal.direction == "lower" else sums["value"] >= sums["target"]
    known = (sums["target"] > 0) & sums["value"].notna()
    return sums.assign(met=met.astype(object).where(known, None), partial=sums[PERIOD].isin(panel.partial))


def team_goal(panel: Panel, goal: Goal) -> TeamGoal | None:
    """Add up targets and values of the goal by whole period; None for a goal that has no target or does not add up."""
    found = None if goal.target is None else team_goal_by_period(panel, goal)
    if found is None:
        return None
    sums = found[~found["partial"] & (found["target"] > 0)]
    if sums.empty:
        return None
    last = sums.iloc[-1]
    return TeamGoal(
        pd.Timestamp(last[PERIOD]),
        float(last["target"]),
        float(last["value"]),
        int(sums["met"].eq(True).sum()),
        len(sums),
    )
