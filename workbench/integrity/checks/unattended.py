"""Meetings logged that nobody attended."""

from __future__ import annotations

from workbench.data.events.activity_log import ActivityLog, share_of_rows
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

_NOT_HELD = ("no_show", "cancelled", "unattended")


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    if not share_of_rows(log, rows["disposition"].isin(_NOT_HELD)):
        return "no_code"
    return Suspects(rows["disposition"].notnull(), rows["disposition"].isin(_NOT_HELD))


UNATTENDED = EventCheck("unattended", ("meetings",), ("disposition",), _judge)
