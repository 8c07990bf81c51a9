"""Aggregate measures and formulas over rep-periods, per rep or per period. Ratios are ratios of sums."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from workbench.data.model.dataset import ADDITIVE
from workbench.data.model.panel import REP, Panel
from workbench.formula.formula import Formula, evaluate, has_ratio
from workbench.scoring.days_worked import formula_frame, has_cut_periods, scales_with_days, shares_worked

Basis = Literal["per_period", "totals"]
ADDS_UP = (*ADDITIVE, "built_in")  # days and workdays; tenure is the exception below
LEVELS = ("tenure",)


def is_additive(panel: Panel, measure: str) -> bool:
    """Whether a measure adds up over rep-periods (a mean price or a tenure does not)."""
    return measure not in LEVELS and panel.info(measure).aggregate in ADDS_UP


def aggregate_measures(panel: Panel, by: str, basis: Basis, names: Collection[str] | None = None) -> pd.DataFrame:
    """Aggregate measures per group.

    Parameters
    ----------
    by : column of the panel's frame, ``"rep"`` or ``"period"``.
    basis : ``"per_period"`` the mean over the group's rows (per whole period worked where some are cut, see
        ``days_worked``), ``"totals"`` the sum (of measures that add up), the smallest of a min, the largest of a max. A
        mean measure is the ratio of its sums either way. A rep's totals include the events without a date, which belong
        to no period.
    names : the measures wanted; default all.

    Returns
    -------
    DataFrame
        One column per measure, indexed by group; NaN where no row of the group has a value.
    """
    grouped = panel.frame.groupby(by)
    columns = {}
    for info in panel.measures if names is None else map(panel.info, names):
        if info.aggregate == "mean":
            columns[info.name] = _sum(grouped[f"{info.name}·sum"]) / _sum(grouped[f"{info.name}·n"])
        elif basis == "totals" and info.aggregate in ("min", "max"):
            columns[info.name] = grouped[info.name].agg(info.aggregate)
        elif basis == "totals" and is_additive(panel, info.name):
            columns[info.name] = _sum(grouped[info.name]).add(_undated_totals(panel, info.name, by), fill_value=0)
        else:
            columns[info.name] = mean_by(panel.frame[info.name], panel, by, is_additive(panel, info.name))
    return pd.DataFrame(columns).reindex(list(grouped.groups))


def aggregate_formula(formula: Formula, panel: Panel, by: str, basis: Basis) -> pd.Series:
    """Aggregate a formula per group, as floats indexed by group.

    A formula with a ratio, or over a measure that does not add up, is evaluated on the group's measures: the ratio of
    totals. Any other is the mean (``per_period``) or sum (``totals``) of its values per rep-period; the mean of a count
    or sum is per whole period worked where some are cut.
    """
    if not formula_is_additive(formula, panel):
        known = with_complete_rows(formula, panel)
        groups = panel.frame[by].drop_duplicates().sort_values().to_numpy()
        return evaluate(formula, aggregate_measures(known, by, basis, formula.names)).astype(float).reindex(groups)
    if basis == "per_period":
        values = evaluate(formula, formula_frame(formula, panel)).astype(float)
        return mean_by(values, panel, by, scales_with_days(formula, panel))
    grouped = evaluate(formula, panel.frame).astype(float).groupby(panel.frame[by])
    return _sum(grouped).add(_undated_formula_total(formula, panel, by), fill_value=0)


def mean_by(values: pd.Series, panel: Panel, by: str, scales: bool) -> pd.Series:
    """The mean of a series over each group's rows, every row weighing by the days worked in it.

    Parameters
    ----------
    values : (rows,) on the panel's rows, missing ones left out. scales : they grow with the days worked, so their sum
        is divided by the periods' worth of days instead of the number of rows.
    """
    if not has_cut_periods(panel):
        return values.groupby(panel.frame[by]).mean()
    weight = shares_worked(panel).where(values.notna())
    total = _sum((values if scales else values * weight).groupby(panel.frame[by]))
    worth = _sum(weight.groupby(panel.frame[by]))
    return total / worth.where(worth > 0)


def complete_rows(formula: Formula, panel: Panel) -> pd.Series:
    """Whether every additive measure of a formula is known, by row of the panel.

    A ratio over several periods uses these rows alone: sales of a year must not be divided by calls of a spring.
    """
    known = [panel.frame[name].notna().to_numpy() for name in formula.names if is_additive(panel, name)]
    return pd.Series(np.logical_and.reduce(known, axis=0) if known else True, index=panel.frame.index)


def with_complete_rows(formula: Formula, panel: Panel) -> Panel:
    """Keep the rows of ``complete_rows``; where those are all, the panel as it stands, since selecting copies it."""
    complete = complete_rows(formula, panel)
    return panel if complete.all() else replace(panel, frame=panel.frame[complete])


def formula_is_additive(formula: Formula, panel: Panel) -> bool:
    """Whether a formula adds up over rep-periods: no ratio, and every measure in it adds up."""
    return not has_ratio(formula) and all(is_additive(panel, name) for name in formula.names)


def _undated_totals(panel: Panel, measure: str, by: str) -> pd.Series:
    """Return a measure's total over each rep's events without a date; 0 for other groupings or measures."""
    if by != REP or measure not in panel.undated.columns:
        return pd.Series(dtype=float)
    return panel.undated.set_index(REP)[measure].astype(float)


def _undated_formula_total(formula: Formula, panel: Panel, by: str) -> pd.Series:
    """Return what events without a date add to a formula's total: its value on them, less its value on zeros."""
    counted = pd.DataFrame({name: _undated_totals(panel, name, by) for name in formula.names}).fillna(0.0)
    return evaluate(formula, counted) - evaluate(formula, counted * 0)


def _sum(grouped: pd.api.typing.SeriesGroupBy) -> pd.Series:
    return grouped.sum(min_count=1)
