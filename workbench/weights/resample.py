"""Resample periods: recompute reps' points with each period counted a given number of times."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.design.model import Kpi
from workbench.errors import Where
from workbench.formula.formula import evaluate, parse_formula
from workbench.scoring.aggregate import complete_rows, formula_is_additive, is_additive
from workbench.scoring.days_worked import (
    drop_short_periods,
    formula_frame,
    scales_with_days,
    shares_worked,
    with_share_worked,
)
from workbench.scoring.history import History, formula_kpis, points_from_values
from workbench.scoring.values import target_series


def resample_points(panel: Panel, history: History, counts: np.ndarray) -> np.ndarray:
    """Compute points of the top KPIs per rep with each period counted a given number of times.

    Parameters
    ----------
    panel, history : the history of that panel. counts : (draws, periods) how often.

    Returns
    -------
    ndarray
        (draws, reps, KPIs), NaN where a rep has no value in a draw. Rep values are averages per active period drawn
        (ratios of totals), whatever the basis: totals of reps who were there throughout rank alike. Periods weigh by
        the days worked where these are known.
    """
    cells = _Cells(panel, counts)
    panel = cells.panel
    leaves = formula_kpis(history.design)
    values = np.column_stack([cells.value(panel, leaf) for leaf in leaves])
    targets = np.column_stack([cells.mean(target_series(panel, leaf.target)) for leaf in leaves])
    _, top = points_from_values(values, targets, np.ones(values.shape), history.design, history.references)
    return top.reshape(*cells.shape, -1)


class _Cells:
    """Sums over the drawn periods; each array is (draws · reps,), draws outermost."""

    def __init__(self, panel: Panel, counts: np.ndarray) -> None:
        reps, periods = np.unique(panel.frame[REP]), np.unique(panel.frame[PERIOD])
        self.panel = drop_short_periods(with_share_worked(panel))
        self.rep = np.searchsorted(reps, self.panel.frame[REP].to_numpy(reps.dtype))
        self.period = np.searchsorted(periods, self.panel.frame[PERIOD].to_numpy(periods.dtype))
        self.share = shares_worked(self.panel)
        self.counts, self.shape, self.n_periods = counts, (len(counts), len(reps)), len(periods)

    def value(self, panel: Panel, kpi: Kpi) -> np.ndarray:
        if kpi.formula is None:
            return np.full(self.shape[0] * self.shape[1], np.nan)
        formula = parse_formula(kpi.formula, panel.measure_names, Where(kpi=kpi.name))
        if formula_is_additive(formula, panel):
            return self.mean(evaluate(formula, formula_frame(formula, panel)), scales_with_days(formula, panel))
        known = complete_rows(formula, panel)
        measures = {name: self._measure(panel, name, known) for name in formula.names}
        return evaluate(formula, pd.DataFrame(measures)).to_numpy()

    def mean(self, values: pd.Series, scales: bool = False) -> np.ndarray:
        """Means by days worked; ``scales``: the values grow with them, so their sum is divided by the days' worth."""
        known = values.fillna(0.0)
        return self._ratio(known if scales else known * self.share, self.share.where(values.notna(), 0.0))

    def _measure(self, panel: Panel, name: str, known: pd.Series) -> np.ndarray:
        if panel.info(name).aggregate == "mean":
            return self._ratio(*(panel.frame[f"{name}·{part}"].where(known, 0.0).fillna(0.0) for part in ("sum", "n")))
        return self.mean(panel.frame[name].where(known), is_additive(panel, name))

    def _ratio(self, top: pd.Series, bottom: pd.Series) -> np.ndarray:
        above, below = self._sums(top), self._sums(bottom)
        return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)

    def _sums(self, values: pd.Series) -> np.ndarray:
        wide = np.zeros((self.n_periods, self.shape[1]))
        wide[self.period, self.rep] = values
        return (self.counts @ wide).ravel()
