"""Activity in hours in which the team does not work, on the rep's own clock: evenings, nights, weekends."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.events.activity_log import ActivityLog
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

USUAL_SHARE = 0.01
"""An hour is usual where the middle rep has this share of a week's rows in it, on weekdays or at the weekend."""
MOST_USUAL = 14
"""A team with more usual hours a weekday has no evening: its clock is random, or it works in shifts."""


def _judge(log: ActivityLog) -> Suspects | Why:
    at = log.local_time
    usual = _usual_hours(log)
    if sum(1 for weekend, _ in usual if not weekend) > MOST_USUAL:
        return "random_clock"
    if len(usual) < 2:
        return "same_time"
    inside = [(_weekend(at) == weekend) & (at.hour() == hour) for weekend, hour in sorted(usual)]
    return Suspects(at.notnull(), ~ibis.or_(*inside))


def _weekend(at: ir.TimestampValue) -> ir.BooleanValue:
    return at.day_of_week.index() >= 5


def _usual_hours(log: ActivityLog) -> set[tuple[bool, int]]:
    """Return the hours, of weekdays and of weekends, in which the middle rep works."""
    rows, at = log.rows, log.local_time
    counted = rows.group_by(rep=rows[REP], weekend=_weekend(at), hour=at.hour()).aggregate(n=rows.count())
    frame = counted.to_pyarrow().to_pandas()
    if frame.empty:
        return set()
    share = frame["n"] / frame.groupby("rep")["n"].transform("sum")
    wide = pd.pivot_table(frame.assign(share=share), "share", "rep", ["weekend", "hour"], "sum", fill_value=0.0)
    middle = wide.median()
    return {(bool(weekend), int(hour)) for weekend, hour in middle[middle >= USUAL_SHARE].index}


AFTER_HOURS = EventCheck("after_hours", ("calls", "messages"), (), _judge, needs_time=True)
