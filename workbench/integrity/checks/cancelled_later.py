"""Orders that were cancelled later."""

from __future__ import annotations

from workbench.data.events.activity_log import ActivityLog, share_of_rows
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    if not share_of_rows(log, rows["disposition"] == "cancelled"):
        return "no_code"
    return Suspects(rows["disposition"].notnull(), rows["disposition"] == "cancelled")


CANCELLED_LATER = EventCheck("cancelled_later", ("orders",), ("disposition",), _judge)
