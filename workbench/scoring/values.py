"""Compute values and targets of KPIs and the goal, per rep-period, per rep and per period of the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Goal, Kpi, Target, TargetStep
from workbench.errors import Where
from workbench.formula.formula import Formula, evaluate, parse_formula, quote_name
from workbench.scoring.aggregate import Basis, aggregate_formula, formula_is_additive, mean_by, with_complete_rows
from workbench.scoring.days_worked import (
    drop_short_periods,
    formula_frame,
    has_cut_periods,
    scales_with_days,
    shares_worked,
    target_frame,
    with_share_worked,
)


@dataclass(frozen=True, eq=False)
class Values:
    """Values and targets of several KPIs on the rows of one level.

    Attributes
    ----------
    keys : one row per row of the level, with ``rep``, ``period`` or both.
    values, targets : (rows, KPIs) floats in the KPI's unit; NaN where missing or not given.
    spans : (KPIs,) how many periods a value and its target cover: more than 1 for totals, so that ``values / spans``
        is per period again, as the reference rep-periods are.
    worked : (rows, KPIs) the share of the period's workdays behind a value, and in its target: below 1 for counts and
        sums of a rep-period cut by joining, leaving or vacation; NaN for a rep-period too short to be judged, and for a
        rep with no other. 1 for ratios, and wherever days at work are not known.
    """

    keys: pd.DataFrame
    values: np.ndarray
    targets: np.ndarray
    spans: np.ndarray
    worked: np.ndarray

    @property
    def rates(self) -> np.ndarray:
        """(rows, KPIs) values per whole period worked; missing for what is too short to be judged."""
        return self.values / self.worked


def goal_as_kpi(goal: Goal) -> Kpi:
    """Return the goal as a KPI over its one measure, so that both are computed alike."""
    return Kpi(
        name=goal.label or goal.measure, formula=quote_name(goal.measure), target=goal.target, direction=goal.direction
    )


def rep_period_values(panel: Panel, kpis: Sequence[Kpi]) -> Values:
    """Compute every KPI on every row of the panel; targets of counts and sums are scaled to the days worked."""
    panel = with_share_worked(panel)
    frame, formulas = panel.frame, _parse_formulas(panel, kpis)
    columns = [evaluate(formula, formula_frame(formula, panel)) if formula else _missing_series(frame.index)
               for formula in formulas]  # fmt: skip
    targets = _matrix([target_series(panel, kpi.target) for kpi in kpis], frame)
    worked = _worked(panel, formulas)
    return Values(frame[[REP, PERIOD]], _matrix(columns, frame), targets * worked, np.ones(len(kpis)), worked)


def _worked(panel: Panel, formulas: Sequence[Formula | None]) -> np.ndarray:
    """(rows, KPIs) see ``Values``."""
    worked = np.ones((len(panel.frame), len(formulas)))
    if not has_cut_periods(panel):
        return worked
    scales = [formula is not None and scales_with_days(formula, panel) for formula in formulas]
    worked = np.where(scales, shares_worked(panel).to_numpy()[:, None], worked)
    worked[~panel.frame.index.isin(drop_short_periods(panel).frame.index)] = np.nan
    return worked


def rep_values(panel: Panel, kpis: Sequence[Kpi], basis: Basis, n_periods: int | None = None) -> Values:
    """Compute every KPI per rep, reps sorted.

    Basis ``per_period``: the average of the rep's active periods against the average of their targets; where days at
    work are known, per whole period worked, and without rep-periods too short to be judged. ``totals``: a
    KPI that adds up is its total against the target of all ``n_periods`` periods (default: those of the panel),
    whether or not the rep was there; a ratio stays as it is. Periods that a KPI's sources do not cover count neither
    for its value nor for its target.
    """
    n_periods = n_periods or panel.frame[PERIOD].nunique()
    panel = with_share_worked(panel)
    if basis == "totals" or not has_cut_periods(panel):
        return _grouped(panel, kpis, REP, basis, n_periods)
    judged = drop_short_periods(panel)
    found = _grouped(judged, kpis, REP, basis, n_periods, reps := np.unique(panel.frame[REP]))
    none = ~np.isin(reps, judged.frame[REP])
    return replace(found, worked=np.where(none[:, None], np.nan, found.worked))


def team_values(panel: Panel, kpis: Sequence[Kpi]) -> Values:
    """Compute every KPI per period: averages of values and targets of the reps active in it.

    Everybody's work counts here, however few days it was: a cut rep-period adds what was done and its part of the
    target.
    """
    panel = with_share_worked(panel)
    found = _grouped(panel, kpis, PERIOD, "per_period", 1)
    if not has_cut_periods(panel):
        return found
    formulas, worth = _parse_formulas(panel, kpis), shares_worked(panel)
    there = [evaluate(f, panel.frame).notna() if f else worth < 0 for f in formulas]
    part = _matrix([worth.where(known).groupby(panel.frame[PERIOD]).mean() for known in there], found.keys)
    scales = [f is not None and scales_with_days(f, panel) for f in formulas]
    worked = np.where(scales, np.where(part > 0, part, np.nan), 1.0)
    return replace(found, values=found.values * worked, targets=found.targets * worked, worked=worked)


def target_series(panel: Panel, target: Target) -> pd.Series:
    """Return the whole-period target in force on each row of the panel; NaN before the first dated step or without any.

    A target that counts days itself (``20 * workdays``) counts all of the period's.
    """
    frame = panel.frame
    if isinstance(target, str):
        return evaluate(parse_formula(target, panel.measure_names, Where(path=("target",))), target_frame(panel))
    if isinstance(target, tuple):
        return pd.Series(_step_targets(frame[PERIOD], target), index=frame.index)
    return pd.Series(np.nan if target is None else float(target), index=frame.index)


def _grouped(
    panel: Panel, kpis: Sequence[Kpi], by: str, basis: Basis, n_periods: int, groups: np.ndarray | None = None
) -> Values:
    keys = pd.Index(np.unique(panel.frame[by]) if groups is None else groups, name=by)
    values, targets, spans, beside = [], [], [], n_periods - panel.frame[PERIOD].nunique()
    for kpi, formula in zip(kpis, _parse_formulas(panel, kpis), strict=True):
        totals = basis == "totals" and formula is not None and formula_is_additive(formula, panel)
        known = panel if formula is None else with_complete_rows(formula, panel)
        over = beside + known.frame[PERIOD].nunique() if totals else 1
        values.append(aggregate_formula(formula, panel, by, basis) if formula else _missing_series(keys))
        targets.append(_target_by(known, kpi.target, by, over if totals else None))
        spans.append(max(over, 1) if totals else 1)
    level, aims = (_matrix([column.reindex(keys) for column in columns], keys) for columns in (values, targets))
    return Values(keys.to_frame(index=False), level, aims, np.array(spans, dtype=float), np.ones(level.shape))


def _target_by(panel: Panel, target: Target, by: str, total_over: int | None) -> pd.Series:
    """Return the mean target per group; or, for totals, the sum of targets over the known periods of ``panel``."""
    series = target_series(panel, target)
    if total_over is None:
        return mean_by(series, panel, by, scales=False)
    grouped = series.groupby(panel.frame[by])
    if isinstance(target, str):
        return grouped.sum(min_count=1)
    if isinstance(target, tuple):
        periods = panel.frame[PERIOD].drop_duplicates()
        return grouped.mean() * 0 + _step_targets(periods, target).sum()
    return grouped.mean() * total_over


def _step_targets(periods: pd.Series, steps: tuple[TargetStep, ...]) -> np.ndarray:
    ordered = sorted(steps, key=lambda step: step.date)
    dates = np.array([step.date for step in ordered], dtype="datetime64[D]")
    position = np.searchsorted(dates, periods.to_numpy("datetime64[D]"), side="right") - 1
    return np.where(position < 0, np.nan, np.array([step.value for step in ordered])[position])


def _parse_formulas(panel: Panel, kpis: Sequence[Kpi]) -> list[Formula | None]:
    """Parse the formulas; None for a KPI that has none yet. Raises FormulaError for unknown measures."""
    return [
        parse_formula(kpi.formula, panel.measure_names, Where(kpi=kpi.name)) if kpi.formula else None for kpi in kpis
    ]


def _missing_series(index: pd.Index) -> pd.Series:
    return pd.Series(np.nan, index=index)


def _matrix(columns: Sequence[pd.Series], rows: pd.DataFrame | pd.Index) -> np.ndarray:
    return np.column_stack([c.to_numpy(float) for c in columns]) if columns else np.empty((len(rows), 0))
