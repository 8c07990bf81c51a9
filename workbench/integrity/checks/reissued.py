"""Quotes sent again for the same enquiry."""

from __future__ import annotations

import ibis

from workbench.data.events.activity_log import AT, ActivityLog
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.checks.split_quote import is_part_of_quote
from workbench.integrity.suspect_counts import Why

AGAIN_WITHIN = 14
"""Days after a quote within which another one to the same account counts as the same enquiry."""
FEWEST_ACCOUNTS = 30


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    if rows["contact"].nunique().to_pyarrow().as_py() < FEWEST_ACCOUNTS:
        return "few_values"
    recent = ibis.range_window(
        preceding=ibis.interval(days=AGAIN_WITHIN),
        following=0,
        group_by=[rows[REP], rows["contact"]],
        order_by=rows[AT],
    )
    return Suspects(rows["contact"].notnull(), (rows.count().over(recent) > 1) & ~is_part_of_quote(log))


REISSUED = EventCheck("reissued", ("quotes",), ("contact",), _judge)
