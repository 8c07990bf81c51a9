"""Orders of the last workdays of a month that were cancelled later."""

from __future__ import annotations

from workbench.data.events.activity_log import DAY, ActivityLog, share_of_rows
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.checks.month_ends import FEWEST_ENDS, month_ends, rep_days
from workbench.integrity.suspect_counts import Why

CLOSING_WORKDAYS = 3


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    if not share_of_rows(log, rows["disposition"] == "cancelled"):
        return "no_code"
    ends = month_ends(rep_days(log), CLOSING_WORKDAYS)
    if len(ends) < FEWEST_ENDS * CLOSING_WORKDAYS:
        return "few_months"
    return Suspects(rows["disposition"].notnull(), rows[DAY].isin(ends) & (rows["disposition"] == "cancelled"))


PULLED_FORWARD = EventCheck("pulled_forward", ("orders",), ("disposition",), _judge)
