"""Build the goal and the KPIs by rep and workday, for the check of event order."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from workbench.data.model.panel import BUILT_IN, Panel
from workbench.data.model.row_overlap import find_overlap
from workbench.design.model import Design, Kpi, Within
from workbench.errors import Where
from workbench.evidence.record import DailyHistory
from workbench.formula.formula import Formula, evaluate, parse_formula
from workbench.formula.tree import Arithmetic, Name
from workbench.scoring.aggregate import formula_is_additive
from workbench.scoring.points import orient_larger_better

ALL_ROWS = 0.99  # share of the goal's rows that a count must hold to tell how often the goal came
Grid = Callable[[str], np.ndarray]


def daily_history(panel: Panel, design: Design, reps: tuple[str, ...]) -> DailyHistory | None:
    """Return goal and KPIs by rep and workday; None if the goal has no days.

    KPIs that add up, and those divided by days, have days; rates, composites and ranges have none.
    """
    goal, daily, worked = design.goal, panel.daily, panel.exposure
    if goal is None or daily is None or worked is None or goal.measure not in daily.columns:
        return None
    names, place = np.array(reps, dtype=object), pd.Index(worked.reps).get_indexer(list(reps))
    at_work = np.where(place[:, None] >= 0, worked.at_work[place], False)

    def grid(measure: str) -> np.ndarray:
        return np.where(at_work, daily.grid(measure, names, worked.days), np.nan)

    amounts = grid(goal.measure)
    often = next((grid(name) for name in daily.columns if _counts_goal(panel, goal.measure, name)), None)
    counts = np.where(at_work, (amounts != 0) * 1.0, np.nan) if often is None else often
    values = tuple(_daily_values(panel, daily.columns, kpi, grid) for kpi in design.kpis)
    return DailyHistory(orient_larger_better(amounts, goal.direction), (counts,), values)


def _counts_goal(panel: Panel, goal: str, measure: str) -> bool:
    overlap = find_overlap(panel.overlaps, goal, measure)
    if overlap is None or panel.info(measure).aggregate != "count":
        return False
    return min(overlap.share_of_measure, overlap.share_of_other) >= ALL_ROWS


def _daily_values(panel: Panel, known: tuple[str, ...], kpi: Kpi, grid: Grid) -> np.ndarray | None:
    """Return (reps, days) values of one KPI, oriented so that higher is better."""
    if not kpi.formula or kpi.kpis or isinstance(kpi.direction, Within):
        return None
    formula = _numerator_of_daily_rate(parse_formula(kpi.formula, panel.measure_names, Where(kpi=kpi.name)))
    if not formula.names or not set(formula.names) <= set(known) or not formula_is_additive(formula, panel):
        return None
    grids = {name: grid(name) for name in formula.names}
    values = evaluate(formula, pd.DataFrame({name: days.ravel() for name, days in grids.items()}))
    shape = next(iter(grids.values())).shape
    return (-1 if kpi.direction == "lower" else 1) * values.to_numpy(float).reshape(shape)


def _numerator_of_daily_rate(formula: Formula) -> Formula:
    """Return the numerator of a rate per day: ``dials / workdays`` is, on a workday, ``dials``."""
    match formula.tree:
        case Arithmetic("/", Name(done), Name(days)) if days in BUILT_IN:
            return parse_formula(f"`{done}`", (done,))
    return formula
