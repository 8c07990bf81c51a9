"""What each KPI, and the goal, was worth against which target: per rep-period, per rep, per period of the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Goal, Kpi, Target, TargetStep
from workbench.errors import Where
from workbench.formula.formula import Formula, evaluate, parse_formula, quote_name
from workbench.scoring.aggregate import Basis, formula_by, formula_is_additive, known_rows


@dataclass(frozen=True, eq=False)
class Values:
    """Values and targets of several KPIs on the rows of one level.

    Attributes
    ----------
    keys : one row per row of the level, with ``rep``, ``period`` or both.
    values, targets : (rows, KPIs) floats in the KPI's unit; NaN where missing or not given.
    spans : (KPIs,) how many periods a value and its target cover: more than 1 for totals, so that ``values / spans``
        is per period again, as the reference rep-periods are.
    """

    keys: pd.DataFrame
    values: np.ndarray
    targets: np.ndarray
    spans: np.ndarray


def goal_as_kpi(goal: Goal) -> Kpi:
    """The goal as a KPI over its one measure, so that both are computed alike."""
    return Kpi(
        name=goal.label or goal.measure, formula=quote_name(goal.measure), target=goal.target, direction=goal.direction
    )


def rep_period_values(panel: Panel, kpis: Sequence[Kpi]) -> Values:
    """Every KPI on every row of the panel."""
    frame = panel.frame
    columns = [evaluate(formula, frame) if formula else _nothing(frame.index) for formula in _formulas(panel, kpis)]
    targets = [target_series(panel, kpi.target) for kpi in kpis]
    return Values(frame[[REP, PERIOD]], _matrix(columns, frame), _matrix(targets, frame), np.ones(len(kpis)))


def rep_values(panel: Panel, kpis: Sequence[Kpi], basis: Basis, n_periods: int | None = None) -> Values:
    """Every KPI per rep, reps sorted.

    Basis ``per_period``: the average of the rep's active periods against the average of their targets. ``totals``: a
    KPI that adds up is its total against the target of all ``n_periods`` periods (default: those of the panel),
    whether or not the rep was there; a ratio stays as it is. Periods that a KPI's sources do not cover count neither
    for its value nor for its target.
    """
    n_periods = n_periods or panel.frame[PERIOD].nunique()
    return _grouped(panel, kpis, REP, basis, n_periods)


def team_values(panel: Panel, kpis: Sequence[Kpi]) -> Values:
    """Every KPI per period, as the average of the reps active in it against the average of their targets."""
    return _grouped(panel, kpis, PERIOD, "per_period", 1)


def target_series(panel: Panel, target: Target) -> pd.Series:
    """The target in force on each row of the panel; NaN before the first dated step and where there is none."""
    frame = panel.frame
    if isinstance(target, str):
        return evaluate(parse_formula(target, panel.measure_names, Where(path=("target",))), frame)
    if isinstance(target, tuple):
        return pd.Series(_stepped(frame[PERIOD], target), index=frame.index)
    return pd.Series(np.nan if target is None else float(target), index=frame.index)


def _grouped(panel: Panel, kpis: Sequence[Kpi], by: str, basis: Basis, n_periods: int) -> Values:
    keys = pd.Index(np.unique(panel.frame[by]), name=by)
    values, targets, spans = [], [], []
    for kpi, formula in zip(kpis, _formulas(panel, kpis), strict=True):
        totals = basis == "totals" and formula is not None and formula_is_additive(formula, panel)
        known = panel if formula is None else replace(panel, frame=panel.frame[known_rows(formula, panel)])
        over = n_periods - panel.frame[PERIOD].nunique() + known.frame[PERIOD].nunique()
        values.append(formula_by(formula, panel, by, basis) if formula else _nothing(keys))
        targets.append(_target_by(known, kpi.target, by, over if totals else None))
        spans.append(max(over, 1) if totals else 1)
    level, aims = (_matrix([column.reindex(keys) for column in columns], keys) for columns in (values, targets))
    return Values(keys.to_frame(index=False), level, aims, np.array(spans, dtype=float))


def _target_by(panel: Panel, target: Target, by: str, total_over: int | None) -> pd.Series:
    """The mean target per group; or, for totals, what the periods ``panel`` knows of ask of everybody together."""
    grouped = target_series(panel, target).groupby(panel.frame[by])
    if total_over is None or isinstance(target, str):
        return grouped.mean() if total_over is None else grouped.sum(min_count=1)
    if isinstance(target, tuple):
        periods = panel.frame[PERIOD].drop_duplicates()
        return grouped.mean() * 0 + _stepped(periods, target).sum()
    return grouped.mean() * total_over


def _stepped(periods: pd.Series, steps: tuple[TargetStep, ...]) -> np.ndarray:
    ordered = sorted(steps, key=lambda step: step.date)
    dates = np.array([step.date for step in ordered], dtype="datetime64[D]")
    position = np.searchsorted(dates, periods.to_numpy("datetime64[D]"), side="right") - 1
    return np.where(position < 0, np.nan, np.array([step.value for step in ordered])[position])


def _formulas(panel: Panel, kpis: Sequence[Kpi]) -> list[Formula | None]:
    """The checked formulas; None for a card that has none yet. Raises FormulaError for unknown measures."""
    return [
        parse_formula(kpi.formula, panel.measure_names, Where(kpi=kpi.name)) if kpi.formula else None for kpi in kpis
    ]


def _nothing(index: pd.Index) -> pd.Series:
    return pd.Series(np.nan, index=index)


def _matrix(columns: Sequence[pd.Series], rows: pd.DataFrame | pd.Index) -> np.ndarray:
    return np.column_stack([c.to_numpy(float) for c in columns]) if columns else np.empty((len(rows), 0))
