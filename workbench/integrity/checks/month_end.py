"""More in the last two workdays of a month than the rep ever does in a day, and than the team does then."""

from __future__ import annotations

import datetime as dt

import ibis
import numpy as np
import pandas as pd

from workbench.data.engine.embedded import ROW
from workbench.data.events.activity_log import AT, DAY, ActivityLog
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.checks.month_ends import FEWEST_ENDS, month_ends, rep_days, value_by_rep
from workbench.integrity.suspect_counts import Why

LAST_WORKDAYS = 2
BUSY_DAY = 0.9
"""A rep's busy day: this share of the other days has no more rows."""
_FEWEST_DAYS = 20
"""Other days of a rep from which on it is known what a busy one is."""


def _judge(log: ActivityLog) -> Suspects | Why:
    """Point at the rows of such a day that come after as many as on a busy day.

    Which row of a full day is the empty one is unknown; how many are too many is not.
    """
    days = rep_days(log)
    ends = month_ends(days, LAST_WORKDAYS)
    if len(ends) < FEWEST_ENDS * LAST_WORKDAYS:
        return "few_months"
    busy = _busy_day(days, ends)
    if busy.empty:
        return "few_rows"
    rows = log.rows
    most = value_by_rep(rows, busy)
    place = ibis.row_number().over(ibis.window(group_by=[rows[REP], rows[DAY]], order_by=[rows[AT], rows[ROW]]))
    return Suspects(rows[DAY].isin(ends) & most.notnull(), place >= most)


def _busy_day(days: pd.DataFrame, ends: tuple[dt.date, ...]) -> pd.Series:
    """Return by rep how many rows a busy day has, raised by what the middle rep does more at the end of a month."""
    at_end = days["day"].isin(pd.to_datetime(list(ends)))
    other = days[~at_end & (days["day"].dt.day_of_week < 5)].groupby("rep")["n"]
    known = other.count() >= _FEWEST_DAYS
    push = (days[at_end].groupby("rep")["n"].mean() / other.mean())[known].median()
    busy = other.quantile(BUSY_DAY)[known] * np.nanmax([1.0, push])
    return np.ceil(busy).astype(int)


MONTH_END = EventCheck("month_end", ("calls", "quotes", "meetings"), (), _judge)
