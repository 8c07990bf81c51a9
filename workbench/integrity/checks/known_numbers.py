"""Numbers that the rep knows reach nobody, since the same outcome was found there on an earlier day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from workbench.data.events.activity_log import DAY, ActivityLog, share_of_rows
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import Suspects
from workbench.integrity.suspect_counts import Why


def _known_before(rows: ir.Table, code: str) -> ir.BooleanValue:
    """Whether the same rep found this outcome at this contact on an earlier day.

    The first call to a dead number is bad luck, or a bad list.
    """
    found = (rows["disposition"] == code).ifelse(rows[DAY], ibis.null("date"))
    first = found.min().over(ibis.window(group_by=[rows[REP], rows["contact"]]))
    return first.notnull() & (first < rows[DAY])


def judge_known_numbers(log: ActivityLog, code: str) -> Suspects | Why:
    """Point at calls to numbers where the same rep found that outcome on an earlier day."""
    rows = log.rows
    if not share_of_rows(log, rows["disposition"] == code):
        return "no_code"
    return Suspects(rows["contact"].notnull(), _known_before(rows, code) & (rows["disposition"] == code))
