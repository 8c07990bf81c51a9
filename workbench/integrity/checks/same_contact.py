"""The same number or contact again and again, without anybody having been reached."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from workbench.data.events.activity_log import AT, ActivityLog
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

ATTEMPTS = 8
"""More attempts than this in ``WITHIN_DAYS`` days are many: usual cadences make six to eight."""
WITHIN_DAYS = 28
FEWEST_CONTACTS = 100


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    contacts = rows["contact"].nunique().to_pyarrow().as_py()
    if contacts < FEWEST_CONTACTS:
        return "few_values"
    return Suspects(rows["contact"].notnull(), _attempts(rows) > ATTEMPTS)


def _attempts(rows: ir.Table) -> ir.IntegerValue:
    """Return which attempt of the rep at this contact a row is, within the days before it."""
    before = ibis.range_window(
        preceding=ibis.interval(days=WITHIN_DAYS), following=0, group_by=[rows[REP], rows["contact"]], order_by=rows[AT]
    )
    return rows.count().over(before)


SAME_CONTACT = EventCheck("same_contact", ("calls",), ("contact",), _judge)
