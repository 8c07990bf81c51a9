"""Numbers that the rep knows reach nobody: dead ones, operators and switchboards."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from workbench.data.events.activity_log import DAY, ActivityLog, share_of_rows
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why


def _known_before(rows: ir.Table, code: str) -> ir.BooleanValue:
    """Whether the same rep found this outcome at this contact on an earlier day.

    The first call to a dead number is bad luck, or a bad list.
    """
    found = (rows["disposition"] == code).ifelse(rows[DAY], ibis.null("date"))
    first = found.min().over(ibis.window(group_by=[rows[REP], rows["contact"]]))
    return first.notnull() & (first < rows[DAY])


def _judge(log: ActivityLog, code: str) -> Suspects | Why:
    rows = log.rows
    if not share_of_rows(log, rows["disposition"] == code):
        return "no_code"
    return Suspects(rows["contact"].notnull(), _known_before(rows, code) & (rows["disposition"] == code))


def _judge_dead(log: ActivityLog) -> Suspects | Why:
    return _judge(log, "dead_number")


def _judge_switchboard(log: ActivityLog) -> Suspects | Why:
    return _judge(log, "operator")


DEAD_NUMBER = EventCheck("dead_number", ("calls",), ("contact", "disposition"), _judge_dead)
SWITCHBOARD = EventCheck("switchboard", ("calls",), ("contact", "disposition"), _judge_switchboard)
