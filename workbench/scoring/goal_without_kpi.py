"""Classify reps by whether they met the goal and a KPI's target over their history."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.data.model.panel import REP, Panel
from workbench.design.model import Design, Goal, Kpi, Scoring
from workbench.scoring.history import goal_made, is_target_met, kpi_series, score_history
from workbench.scoring.points import hit_line, reaches

KINDS = ("hit_both", "box_ticker", "unsung_seller", "missed_both")


@dataclass(frozen=True, eq=False)
class GoalWithoutKpi:
    """The classification of reps with a value and a target for both the goal and the KPI.

    Attributes
    ----------
    reps : columns ``rep``, ``kpi`` (value, or points of a composite), ``kpi_target``, ``goal``, ``goal_target`` and
        ``kind``: "hit_both", "box_ticker" (KPI met, goal not), "unsung_seller" (goal met, KPI not), "missed_both".
    """

    reps: pd.DataFrame

    def of(self, kind: str) -> tuple[str, ...]:
        return tuple(self.reps.loc[self.reps["kind"] == kind, REP])

    @property
    def made_goal(self) -> int:
        return len(self.of("hit_both")) + len(self.of("unsung_seller"))


def classify_reps_by_goal_and_kpi(panel: Panel, goal: Goal, kpi: Kpi, scoring: Scoring) -> GoalWithoutKpi:
    """Classify the reps by goal and KPI, over their averages or totals as ``scoring.basis`` says.

    Reps without a value or target for either are left out. Raises InputError as ``score_history`` does.
    """
    design = Design(name="one", goal=goal, kpis=(kpi.model_copy(update={"weight": 1.0}),), scoring=scoring)
    level = score_history(panel, design).reps
    value = kpi_series(level, design, 0)
    by_points = bool(kpi.kpis) or not isinstance(kpi.direction, str)
    target = np.full(len(value), hit_line(scoring)) if by_points else level.targets[:, 0]
    reached = np.where(np.isnan(value), np.nan, reaches(value, target)) if by_points else is_target_met(
        value, target, kpi.direction)  # fmt: skip
    made = goal_made(level, design)
    frame = pd.DataFrame({REP: level.keys[REP], "kpi": value, "kpi_target": target, "goal": level.goal,
                          "goal_target": level.goal_target, "kind": _kind(reached == 1, made == 1)})  # fmt: skip
    return GoalWithoutKpi(frame[np.isfinite(reached) & np.isfinite(made)].reset_index(drop=True))


def _kind(reached: np.ndarray, made: np.ndarray) -> np.ndarray:
    return np.select([reached & made, reached, made], KINDS[:3], KINDS[3])
