"""Compute season values of ratios from the season's totals, and each period's influence on them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.data.model.panel import N_PART, PERIOD, REP, SUM_PART, Panel
from workbench.evidence.record import Record, Seasons
from workbench.evidence.seasons import sampling_variance, season_codes
from workbench.formula.formula import Formula, evaluate
from workbench.scoring.aggregate import with_complete_rows


def ratio_seasons(formula: Formula, panel: Panel, record: Record, sign: int, years: bool) -> Seasons:
    """Return the seasons of one KPI (1, reps, seasons): the formula on the season's mean measures (ratio of totals).

    Parameters
    ----------
    panel : the rep-periods of the record; those in which a part of the formula is unknown are left out, as they are of
        the score. sign : −1 where lower is better.
    """
    panel = with_complete_rows(formula, panel)
    codes, names = season_codes(record.periods, years)
    reps = pd.Index(record.reps).get_indexer(panel.frame[REP])
    columns = pd.Index(record.periods.astype("datetime64[ns]")).get_indexer(
        panel.frame[PERIOD].astype("datetime64[ns]")
    )
    group = reps * len(names) + codes[columns]
    whole, without, m = _with_and_without(panel, formula, group)
    values, left = (sign * evaluate(formula, frame).to_numpy(float) for frame in (whole, without))
    pull, season = np.full(record.goal.shape, np.nan), np.full((len(record.reps), len(names)), np.nan)
    enough = m >= 2
    pull[reps[enough], columns[enough]] = ((m - 1) * (values - left))[enough]
    season.ravel()[group[enough]] = values[enough]
    return Seasons(season[None], sampling_variance(pull[None], codes), names)


def _with_and_without(
    panel: Panel, formula: Formula, group: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Return, on every row: mean measures of its group, the same without the row, and the rows of its group."""
    whole, without = {}, {}
    for name in formula.names:
        top, bottom = _parts(panel, name)
        sums = [np.bincount(group, weights=part)[group] for part in (top, bottom)]
        whole[name] = _ratio(*sums)
        without[name] = _ratio(sums[0] - top, sums[1] - bottom)
    return pd.DataFrame(whole), pd.DataFrame(without), np.bincount(group)[group]


def _parts(panel: Panel, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return numerator and denominator of a measure's mean over rep-periods; 0 and 0 where it is missing."""
    if panel.info(name).aggregate == "mean":
        top, bottom = panel.frame[f"{name}{SUM_PART}"], panel.frame[f"{name}{N_PART}"]
        return top.fillna(0).to_numpy(float), bottom.fillna(0).to_numpy(float)
    column = panel.frame[name]
    return column.fillna(0).to_numpy(float), column.notna().to_numpy(float)


def _ratio(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    return np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0)
