"""Estimate the hours a week that a scorecard asks of a rep, and the points per hour of each KPI."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.data.model.panel import Panel
from workbench.design.model import Design, Kpi
from workbench.errors import Where
from workbench.formula.formula import Formula, has_ratio, parse_formula
from workbench.formula.tree import Arithmetic, Name
from workbench.scoring.history import History, formula_kpis

WEEKS_A_PERIOD = {"day": 1 / 5, "week": 1.0, "month": 365.25 / 12 / 7, "quarter": 365.25 / 4 / 7}
PER_DAY = ("workdays", "days")


def estimate_effort(panel: Panel, scored: History) -> pd.DataFrame:
    """Estimate the hours of each formula with ``minutes_each``.

    Returns
    -------
    DataFrame
        One row per formula: ``kpi``, ``share`` of the scorecard, ``asked`` and ``done`` (units a week: at the average
        target, and as the average rep did), ``hours_asked``, ``hours_done`` a week, ``points_per_hour`` (points of the
        score that meeting the target earns, per hour a week). NaN where minutes, target, or the number of units
        cannot be known: a ratio has none, unless it is a number per day or workday.
    """
    weeks = WEEKS_A_PERIOD[panel.grain]
    rows = []
    for at, (leaf, share) in enumerate(zip(formula_kpis(scored.design), formula_shares(scored.design), strict=True)):
        times = _units_per_period(leaf, panel)
        level = scored.rep_periods
        asked, done = (times * _mean(v[:, at]) / weeks for v in (level.targets / level.worked, level.rates))
        minutes = np.nan if leaf.minutes_each is None else leaf.minutes_each
        rows.append((leaf.name, share, asked, done, asked * minutes / 60, done * minutes / 60))
    table = pd.DataFrame(rows, columns=["kpi", "share", "asked", "done", "hours_asked", "hours_done"])
    hours = table["hours_asked"].where(table["hours_asked"] > 0)
    return table.assign(points_per_hour=100 * table["share"] / hours)


def formula_shares(design: Design) -> list[float]:
    """Return the share of each formula in the scorecard, composites split by inner weight."""

    def below(kpi: Kpi, share: float) -> list[float]:
        if not kpi.kpis:
            return [share]
        total = sum(part.weight for part in kpi.kpis)
        return [s for part in kpi.kpis for s in below(part, share * part.weight / total if total else 0.0)]

    shares = design.shares()
    return [share for kpi in design.kpis for share in below(kpi, shares[kpi.name])]


def _units_per_period(kpi: Kpi, panel: Panel) -> float:
    """Return the factor from the KPI's value to units a period: 1, or the usual number of days for a rate per day."""
    if kpi.formula is None:
        return np.nan
    formula = parse_formula(kpi.formula, panel.measure_names, Where(kpi=kpi.name))
    if not has_ratio(formula):
        return 1.0
    tree = formula.tree
    if not (isinstance(tree, Arithmetic) and tree.op == "/" and isinstance(tree.right, Name)):
        return np.nan
    per_day = tree.right.name in PER_DAY and not has_ratio(Formula(tree.left, ""))
    return float(panel.frame[tree.right.name].mean()) if per_day else np.nan


def _mean(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else np.nan
