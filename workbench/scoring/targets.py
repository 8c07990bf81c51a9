"""Compare targets with history: who met them, and which value a given share met."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Direction, Goal, Kpi
from workbench.scoring.history import is_target_met
from workbench.scoring.values import goal_as_kpi, rep_period_values, rep_values

PERCENTILES = (50, 67, 75, 90)


@dataclass(frozen=True, eq=False)
class TargetHistory:
    """One KPI's values and target on every rep-period, and whether the target was met.

    Attributes
    ----------
    frame : one row per rep-period with ``rep``, ``period``, ``value``, ``target`` (both per whole period where some
        are cut, missing where too few days were worked) and ``met`` (1, 0, NaN unknown).
    reps_met, n_reps : reps who met it over their whole history, of those with a value and a target.
    too_short : rep-periods left out since too few days were worked.
    rep_averages : each rep's value over the whole history, missing ones left out; ratios are ratios of totals.
    """

    frame: pd.DataFrame
    reps_met: int
    n_reps: int
    too_short: int = 0
    rep_averages: np.ndarray = field(default_factory=lambda: np.array([]))

    @property
    def values(self) -> np.ndarray:
        """The values that are not missing."""
        return self.frame["value"].dropna().to_numpy()

    @property
    def missing(self) -> int:
        return int(self.frame["value"].isna().sum()) - self.too_short

    @property
    def n(self) -> int:
        """Number of rep-periods with a value and a target."""
        return int(self.frame["met"].notna().sum())

    @property
    def hit(self) -> int:
        return int((self.frame["met"] == 1).sum())

    @property
    def share(self) -> float:
        """Share of rep-periods with a value and a target that met it, 0 to 1; NaN if there are none."""
        return self.hit / self.n if self.n else math.nan


def kpi_target_history(panel: Panel, kpi: Kpi) -> TargetHistory:
    """Return the target history of a KPI with a formula.

    Raises
    ------
    FormulaError
        When its formula or target cannot be read on this panel.
    """
    found = rep_period_values(panel, [kpi])
    value, target = found.rates[:, 0], (found.targets / found.worked)[:, 0]
    frame = found.keys[[REP, PERIOD]].assign(
        value=value, target=target, met=is_target_met(value, target, kpi.direction)
    )
    per_rep = rep_values(panel, [kpi], "per_period")
    reps = is_target_met(per_rep.values[:, 0], per_rep.targets[:, 0], kpi.direction)
    too_short = np.isfinite(found.values[:, 0]) & ~np.isfinite(found.worked[:, 0])
    return TargetHistory(frame, int((reps == 1).sum()), int(np.isfinite(reps).sum()), int(too_short.sum()),
                         per_rep.values[np.isfinite(per_rep.values[:, 0]), 0])  # fmt: skip


def goal_target_history(panel: Panel, goal: Goal) -> TargetHistory:
    """Return the target history of the goal."""
    return kpi_target_history(panel, goal_as_kpi(goal))


def value_at_percentile(values: np.ndarray, percentile: float, direction: Direction) -> float:
    """Return the value better than ``percentile``% of the rep-periods, to three figures; NaN without values."""
    known = values[np.isfinite(values)]
    if not len(known):
        return math.nan
    return round_to_three_figures(
        float(np.quantile(known, (100 - percentile if direction == "lower" else percentile) / 100))
    )


def offered_targets(values: np.ndarray, direction: Direction) -> dict[int, float]:
    """Return the target of each percentile worth offering: one that asks for nothing, such as 0 deals, is not."""
    found = {percent: value_at_percentile(values, percent, direction) for percent in PERCENTILES}
    return {percent: value for percent, value in found.items() if direction != "higher" or value > 0}


def round_to_three_figures(value: float) -> float:
    """Round to three significant figures: 21,437 becomes 21,400."""
    return float(f"{value:.3g}")


def team_averages(reach: TargetHistory) -> pd.DataFrame:
    """Return one row per period: ``value`` the mean over the reps active in it, ``n`` how many had a value."""
    grouped = reach.frame.groupby(PERIOD)["value"]
    return grouped.agg(value="mean", n="count").reset_index()


def whole_period_averages(reach: TargetHistory, panel: Panel) -> list[float]:
    """Return the team's averages in order, without periods that the data cover only in part: those look like a fall."""
    averages = team_averages(reach)
    return averages.loc[~averages[PERIOD].isin(panel.partial), "value"].tolist()
