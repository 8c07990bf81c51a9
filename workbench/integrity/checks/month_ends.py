"""The last workdays of the months of a log, and how many rows each rep has a day."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.events.activity_log import DAY, ActivityLog
from workbench.data.model.panel import REP

FEWEST_ENDS = 3
"""Ends of months from which on they are a habit."""
_TEAM_AT_WORK = 0.5
"""A day is a workday where this share of a usual day's reps did something: no holiday, no bridge day."""


def rep_days(log: ActivityLog) -> pd.DataFrame:
    """Return ``rep``, ``day`` (datetime64) and ``n`` rows, for each day on which a rep has any."""
    rows = log.rows
    counted = rows.group_by(rep=rows[REP], day=rows[DAY]).aggregate(n=rows.count()).to_pyarrow().to_pandas()
    return counted.assign(day=pd.to_datetime(counted["day"]))


def month_ends(days: pd.DataFrame, n_days: int) -> tuple[dt.date, ...]:
    """Return the last ``n_days`` workdays of each month that the log covers to its end.

    Parameters
    ----------
    days : as ``rep_days`` returns them.
    """
    reps = days.groupby("day")["rep"].nunique()
    reps = reps[reps.index.day_of_week < 5]
    workdays = reps.index[reps >= _TEAM_AT_WORK * reps.median()].to_series().sort_values()
    if workdays.empty:
        return ()
    month = workdays.dt.to_period("M")
    closing = workdays + pd.offsets.BMonthEnd(0)  # a day beyond it is a weekend, and none of the workdays
    covered = month[closing <= days["day"].max()]
    return tuple(day.date() for day in covered.groupby(covered).tail(n_days).index)


def value_by_rep(rows: ir.Table, values: pd.Series) -> ir.IntegerValue:
    """Return each row's value by its rep; null for a rep without one."""
    alike = [(rows[REP].isin(list(some.index)), int(value)) for value, some in values.groupby(values)]
    return ibis.cases(*alike, else_=ibis.null("int64"))
