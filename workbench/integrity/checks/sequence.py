"""Messages sent in one go: an automated sequence counted as effort."""

from __future__ import annotations

import ibis

from workbench.data.events.activity_log import AT, ActivityLog
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

AT_ONCE = 5
"""Messages of one rep in one minute from which on a sequence sent them."""


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    together = ibis.window(group_by=[rows[REP], rows[AT].truncate("minute")])
    return Suspects(rows[AT].notnull(), rows.count().over(together) >= AT_ONCE)


SEQUENCE = EventCheck("sequence", ("messages",), (), _judge, needs_time=True)
