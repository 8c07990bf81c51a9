"""A formula over reps and periods, added up over any window: per month worked, ratios as ratios of sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.aggregate.whole_periods import LEAST_SHARE, share_of_days_worked, team_workdays
from workbench.data.model.panel import N_PART, PERIOD, REP, SUM_PART, Panel
from workbench.errors import Where
from workbench.formula.formula import Formula, evaluate, has_ratio, parse_formula
from workbench.scoring.aggregate import complete_rows, is_additive
from workbench.scoring.days_worked import formula_frame, scales_with_days, with_share_worked
from workbench.trials.trial_scale import DAYS_A_MONTH, PER_MONTH, TrialScale

_VALUE = "·value"
Adding = Literal["sum", "ratio", "level"]
"""Sums over days worked; ratios of sums; anything else as the mean of its periods, weighing by days worked."""


@dataclass(frozen=True, eq=False)
class WindowMeasure:
    """One formula on every rep-period of a trial.

    Attributes
    ----------
    formula : parsed. adding : how it is added up.
    present : (R, T) bool, rep-periods with a row. known : those with enough days worked and a value.
    worth : (R, T) workdays worked; whole periods where days are unknown. per_month : the same unit, in a month.
    dated : days are known.
    parts : by name (R, T) what is added up.
    """

    formula: Formula
    adding: Adding
    present: np.ndarray
    known: np.ndarray
    worth: np.ndarray
    per_month: float
    dated: bool
    parts: Mapping[str, np.ndarray]
    levels: frozenset[str]

    def over(self, window: np.ndarray) -> np.ndarray:
        """Return (R,) each rep's value over a window of periods, (T,) or (R, T) bool; NaN without any."""
        return self._value(self.known & window, axis=1)

    def pooled(self, reps: np.ndarray, window: np.ndarray) -> float:
        """Return the value over all rep-periods of some reps, (R,) bool, in a window."""
        return float(self._value(self.known & window & reps[:, None], axis=None)[0])

    def by_period(self) -> np.ndarray:
        """Return (R, T) values of single periods, per month worked."""
        n_periods = self.known.shape[1]
        return np.column_stack([self.over(np.arange(n_periods) == t) for t in range(n_periods)])

    def total(self, reps: np.ndarray, window: np.ndarray) -> float:
        """Return what some reps add up to over a window, all work counted; NaN for anything but sums."""
        if self.adding != "sum":
            return np.nan
        part = self.parts[_VALUE]
        return float(np.where(np.isfinite(part) & window & reps[:, None], part, 0.0).sum())

    def _value(self, cells: np.ndarray, axis: int | None) -> np.ndarray:
        worth = np.atleast_1d(np.where(cells, self.worth, 0.0).sum(axis=axis))
        some = worth > 0
        safe = np.where(some, worth, 1.0)
        if self.adding == "sum":
            total = np.atleast_1d(np.where(cells, self.parts[_VALUE], 0.0).sum(axis=axis))
            return np.where(some, total / safe * self.per_month, np.nan)
        weighed = {
            name: np.atleast_1d(np.where(cells, part * self.worth if name in self.levels else part, 0.0).sum(axis=axis))
            for name, part in self.parts.items()
        }
        if self.adding == "level":
            return np.where(some, weighed[_VALUE] / safe, np.nan)
        return np.where(some, evaluate(self.formula, self._columns(weighed, safe)).to_numpy(), np.nan)

    def _columns(self, added: Mapping[str, np.ndarray], worth: np.ndarray) -> pd.DataFrame:
        columns = {}
        for name in self.formula.names:
            if name + N_PART in added:
                n = added[name + N_PART]
                columns[name] = np.where(n > 0, added[name + SUM_PART] / np.where(n > 0, n, 1.0), np.nan)
            elif name in self.levels:
                columns[name] = added[name] / worth
            else:
                columns[name] = added[name] / worth * self.per_month
        return pd.DataFrame(columns, index=range(len(worth)))


def measure_over_windows(text: str, scale: TrialScale, reps: np.ndarray, where: Where | None = None) -> WindowMeasure:
    """Return a formula on the rep-periods of some reps.

    Rep-periods with too few days worked are left out, as in the evidence.

    Raises
    ------
    FormulaError
        For a formula that does not parse or names an unknown measure.
    """
    panel = with_share_worked(scale.panel)
    formula = parse_formula(text, panel.measure_names, where or Where(path=("measure",)))
    frame, share = panel.frame, share_of_days_worked(scale.panel)
    days = team_workdays(scale.panel)
    dated = bool(np.isfinite(days).all()) and bool((days > 0).all())
    grid = _Grid.of(frame, reps, scale.periods)
    worth = grid.spread(share * days if dated else share)
    adding: Adding = "sum" if _adds_up(formula, panel) else "ratio" if _divides(formula, panel) else "level"
    parts, levels = _parts(formula, panel, adding)
    known = grid.spread((share >= LEAST_SHARE).astype(float)) == 1
    if adding == "ratio":
        known &= grid.spread(complete_rows(formula, panel).to_numpy(float)) == 1
    else:
        known &= np.isfinite(grid.spread(parts[_VALUE]))
    spread = {name: grid.spread(part) for name, part in parts.items()}
    spread = {name: part if name == _VALUE else np.nan_to_num(part) for name, part in spread.items()}
    month = workdays_a_month(panel) if dated else PER_MONTH[panel.grain]
    present = np.isfinite(worth)
    return WindowMeasure(formula, adding, present, known, np.nan_to_num(worth), month, dated, spread, levels)


def workdays_a_month(panel: Panel) -> float:
    """Return the team's workdays in an average month of the data's own days; NaN where days are unknown."""
    days = panel.exposure.days if panel.exposure is not None else np.array([], dtype="datetime64[D]")
    if not len(days):
        return np.nan
    return float(len(days) / ((days[-1] - days[0]) / np.timedelta64(1, "D") + 1) * DAYS_A_MONTH)


def _adds_up(formula: Formula, panel: Panel) -> bool:
    return not has_ratio(formula) and scales_with_days(formula, panel)


def _divides(formula: Formula, panel: Panel) -> bool:
    return has_ratio(formula) or any(panel.info(name).aggregate == "mean" for name in formula.names)


def _parts(formula: Formula, panel: Panel, adding: Adding) -> tuple[dict[str, np.ndarray], frozenset[str]]:
    """Return what is added up, by name, (rows,); and which of it are levels, not sums."""
    frame = panel.frame
    if adding == "sum":
        return {_VALUE: evaluate(formula, frame).to_numpy(float)}, frozenset()
    if adding == "level":
        return {_VALUE: evaluate(formula, formula_frame(formula, panel)).to_numpy(float)}, frozenset({_VALUE})
    parts: dict[str, np.ndarray] = {}
    levels = set()
    for name in formula.names:
        if panel.info(name).aggregate == "mean":
            parts |= {name + part: frame[name + part].to_numpy(float) for part in (SUM_PART, N_PART)}
        else:
            parts[name] = frame[name].to_numpy(float)
            if not is_additive(panel, name):
                levels.add(name)
    return parts, frozenset(levels)


@dataclass(frozen=True, eq=False)
class _Grid:
    shape: tuple[int, int]
    rep: np.ndarray
    period: np.ndarray
    used: np.ndarray

    @classmethod
    def of(cls, frame: pd.DataFrame, reps: np.ndarray, periods: np.ndarray) -> _Grid:
        rep = pd.Index(reps).get_indexer(frame[REP])
        period = pd.Index(periods).get_indexer(frame[PERIOD].to_numpy("datetime64[D]"))
        used = (rep >= 0) & (period >= 0)
        return cls((len(reps), len(periods)), rep[used], period[used], used)

    def spread(self, values: np.ndarray) -> np.ndarray:
        """Return (R, T) of a column by row; NaN where there is no row."""
        out = np.full(self.shape, np.nan)
        out[self.rep, self.period] = np.asarray(values, float)[self.used]
        return out


def some_reps(measure: WindowMeasure, reps: np.ndarray) -> WindowMeasure:
    """Return the measure on some of its reps, (R,) bool."""
    return replace(
        measure, present=measure.present[reps], known=measure.known[reps], worth=measure.worth[reps],
        parts={name: part[reps] for name, part in measure.parts.items()},
    )  # fmt: skip
