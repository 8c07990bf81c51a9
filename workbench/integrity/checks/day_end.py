"""More in the last half hour of the rep's own day than in any half hour before it."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from workbench.data.events.activity_log import AT, DAY, ActivityLog
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.checks.month_ends import value_by_rep
from workbench.integrity.suspect_counts import Why

LAST_MINUTES = 30
BUSY_HALF_HOUR = 0.99
"""A rep's busiest half hour: this share of the calls before the last half hour of a day end one with no more calls."""
_FEWEST_BEFORE = 100
_MOST_AT_END = 0.5


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    last = rows[AT].max().over(ibis.window(group_by=[rows[REP], rows[DAY]]))
    at_end = rows[AT] > last - ibis.interval(minutes=LAST_MINUTES)
    half_hour = ibis.range_window(
        preceding=ibis.interval(minutes=LAST_MINUTES), following=0, group_by=[rows[REP], rows[DAY]], order_by=rows[AT]
    )
    n = rows.count().over(half_hour)
    busy = _busiest_half_hour(log, n, at_end)
    if busy.empty:
        return "same_time"
    most = value_by_rep(rows, busy)
    return Suspects(most.notnull(), at_end & (n > most))


def _busiest_half_hour(log: ActivityLog, n: ibis.Value, at_end: ibis.Value) -> pd.Series:
    """Return by rep how many calls a full half hour has; without reps who enter most of a day at its end."""
    timed = log.rows.select(REP, n=n, at_end=at_end)
    before = ~timed.at_end
    by_rep = timed.group_by(REP).aggregate(
        n_all=timed.count(), n_before=timed.count(where=before), busy=timed.n.quantile(BUSY_HALF_HOUR, where=before)
    )
    frame = by_rep.to_pyarrow().to_pandas().set_index(REP)
    known = (frame["n_before"] >= _FEWEST_BEFORE) & (frame["n_before"] >= _MOST_AT_END * frame["n_all"])
    return np.ceil(frame.loc[known, "busy"]).astype(int)


DAY_END = EventCheck("day_end", ("calls",), (), _judge, needs_time=True)
