"""Entries made, or dates changed, long after the day they stand for."""

from __future__ import annotations

from workbench.data.events.activity_log import AT, ActivityLog
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

LATE_AFTER = 3
"""Days after which an entry is late: a weekend and a day."""
_A_DAY = 86_400


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    late = rows["logged"].epoch_seconds() - rows[AT].epoch_seconds() > (LATE_AFTER + 1) * _A_DAY
    return Suspects(rows["logged"].notnull(), late)


LATE_ENTRY = EventCheck("late_entry", ("calls", "messages", "meetings", "quotes", "orders"), ("logged",), _judge)
