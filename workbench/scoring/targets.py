"""A target held against history: who would have met it, and which value a given share would have met."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Direction, Goal, Kpi
from workbench.scoring.history import target_met
from workbench.scoring.values import goal_as_kpi, rep_period_values, rep_values

PERCENTILES = (50, 67, 75, 90)


@dataclass(frozen=True, eq=False)
class Reach:
    """One KPI's values and target on every rep-period, and whether the target was met.

    Attributes
    ----------
    frame : one row per rep-period with ``rep``, ``period``, ``value``, ``target`` (both per whole period where some
        are cut, missing where too few days were worked) and ``met`` (1, 0, NaN unknown).
    reps_met, n_reps : reps who met it over their whole history, of those with a value and a target.
    too_short : rep-periods left out since too few days were worked.
    """

    frame: pd.DataFrame
    reps_met: int
    n_reps: int
    too_short: int = 0

    @property
    def values(self) -> np.ndarray:
        """The values that are there."""
        return self.frame["value"].dropna().to_numpy()

    @property
    def missing(self) -> int:
        return int(self.frame["value"].isna().sum()) - self.too_short

    @property
    def n(self) -> int:
        """Rep-periods with a value and a target."""
        return int(self.frame["met"].notna().sum())

    @property
    def hit(self) -> int:
        return int((self.frame["met"] == 1).sum())

    @property
    def share(self) -> float:
        """Of the rep-periods with a value and a target, the share that met it; NaN when there are none."""
        return self.hit / self.n if self.n else math.nan


def reach(panel: Panel, kpi: Kpi) -> Reach:
    """How a KPI (with a formula) behaved against its target so far.

    Raises
    ------
    FormulaError
        When its formula or target cannot be read on this panel.
    """
    found = rep_period_values(panel, [kpi])
    value, target = found.rates[:, 0], (found.targets / found.worked)[:, 0]
    frame = found.keys[[REP, PERIOD]].assign(value=value, target=target, met=target_met(value, target, kpi.direction))
    per_rep = rep_values(panel, [kpi], "per_period")
    reps = target_met(per_rep.values[:, 0], per_rep.targets[:, 0], kpi.direction)
    too_short = np.isfinite(found.values[:, 0]) & ~np.isfinite(found.worked[:, 0])
    return Reach(frame, int((reps == 1).sum()), int(np.isfinite(reps).sum()), int(too_short.sum()))


def goal_reach(panel: Panel, goal: Goal) -> Reach:
    """The same for the goal."""
    return reach(panel, goal_as_kpi(goal))


def at_percentile(values: np.ndarray, percentile: float, direction: Direction) -> float:
    """The value that is better than ``percentile`` % of the rep-periods, to three figures; NaN without values."""
    known = values[np.isfinite(values)]
    if not len(known):
        return math.nan
    return three_figures(float(np.quantile(known, (100 - percentile if direction == "lower" else percentile) / 100)))


def three_figures(value: float) -> float:
    """A number as people set targets: 21,437 becomes 21,400."""
    return float(f"{value:.3g}")


def team_average(reach: Reach) -> pd.DataFrame:
    """One row per period: ``value`` the mean over the reps active in it, ``n`` how many had a value."""
    grouped = reach.frame.groupby(PERIOD)["value"]
    return grouped.agg(value="mean", n="count").reset_index()
