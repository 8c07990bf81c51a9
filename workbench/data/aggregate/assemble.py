"""Assemble the panel's frame: join the sources on (rep, period), with 0 for no events where covered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.data.aggregate.coverage import covered_periods
from workbench.data.aggregate.rep_period_sums import RepPeriodSums
from workbench.data.model.dataset import ADDITIVE, DataSet, Measure
from workbench.data.model.panel import BUILT_IN, DAYS_AT_WORK, N_PART, PERIOD, REP, SUM_PART, MeasureInfo


def assemble_frame(active: pd.DataFrame, tallies: Sequence[RepPeriodSums], dataset: DataSet) -> pd.DataFrame:
    """Return one row per active (rep, period) with every measure, sorted by both.

    Parameters
    ----------
    active : one row per (rep, period) of the panel, with the built-in measures.
    """
    index = pd.MultiIndex.from_frame(active[[REP, PERIOD]])
    covered = covered_periods(tallies, dataset)
    found: dict[str, pd.Series] = {}
    for tally in tallies:
        counted = tally.frame.set_index([REP, PERIOD])
        first, last = covered[tally.source, tally.column]
        silent = ~active[PERIOD].between(first, last).to_numpy() & ~index.isin(counted.index)
        for measure in tally.measures:
            found |= _measure_values(counted, measure, index, silent)
    ordered = [name for source in dataset.sources for m in source.measures for name in measure_columns(m)]
    built_in = {name: active[name].to_numpy() for name in BUILT_IN if name in active}
    return pd.DataFrame({name: found[name].to_numpy() for name in ordered} | built_in, index=index).reset_index()


def measure_columns(measure: Measure) -> tuple[str, ...]:
    """Return the panel's columns of a measure: itself, and for a mean its sum and its n."""
    parts = (measure.name + SUM_PART, measure.name + N_PART) if measure.aggregate == "mean" else ()
    return (measure.name, *parts)


def _measure_values(
    counted: pd.DataFrame, measure: Measure, index: pd.MultiIndex, silent: np.ndarray
) -> dict[str, pd.Series]:
    if measure.aggregate == "mean":
        total, n = (counted[measure.name + part].reindex(index, fill_value=0.0) for part in (SUM_PART, N_PART))
        return {measure.name + SUM_PART: total, measure.name + N_PART: n, measure.name: total / n.where(n > 0)}
    if measure.aggregate in ADDITIVE:
        return {measure.name: counted[measure.name].reindex(index, fill_value=0.0).mask(silent)}
    return {measure.name: counted[measure.name].reindex(index)}


def measure_infos(dataset: DataSet) -> tuple[MeasureInfo, ...]:
    """Describe every measure column, the built-in ones last."""
    described = [
        MeasureInfo(m.name, m.aggregate, m.unit, m.label, source.name)
        for source in dataset.sources
        for m in source.measures
    ]
    units = {"days": "days", "workdays": "days", "tenure": "months", DAYS_AT_WORK: "days"}
    return (*described, *(MeasureInfo(name, "built_in", units[name]) for name in BUILT_IN))


def rep_table(spans: pd.DataFrame, frame: pd.DataFrame, roster: pd.DataFrame | None) -> pd.DataFrame:
    """Return one row per rep: the roster's attributes, ``start``, ``end``, ``n_periods``."""
    n_periods = frame.groupby(REP).size()
    reps = spans[[REP, "start", "end"]].assign(n_periods=spans[REP].map(n_periods).fillna(0).astype(int))
    if roster is None:
        return reps
    attributes = roster.drop(columns=["start", "end"])
    names = [name for name in attributes.columns if name != REP]
    return reps.merge(attributes, on=REP, how="left")[[REP, *names, "start", "end", "n_periods"]]
