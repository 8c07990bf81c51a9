"""Bursts: more calls within minutes than a hand can make."""

from __future__ import annotations

import ibis

from workbench.data.events.activity_log import AT, ActivityLog
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

BURST_ROWS, BURST_MINUTES = 6, 3
"""As many calls as this in so many minutes are a burst: a call by hand takes half a minute at least."""


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    just_before = ibis.range_window(
        preceding=ibis.interval(minutes=BURST_MINUTES), following=0, group_by=rows[REP], order_by=rows[AT]
    )
    return Suspects(rows[AT].notnull(), rows.count().over(just_before) >= BURST_ROWS)


BURST = EventCheck("burst", ("calls",), (), _judge, needs_time=True)
