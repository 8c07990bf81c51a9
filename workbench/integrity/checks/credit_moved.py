"""Credit that a rep has for a case which another rep began."""

from __future__ import annotations

from workbench.data.events.activity_log import ActivityLog, share_of_rows
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

_FEWEST_KNOWN = 0.5
"""Share of the first owners that must be written as reps are: otherwise the column holds ids or other people."""


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    first = rows["first_rep"].lower()
    reps = [rep.lower() for rep in rows.select(REP).distinct().to_pyarrow()[REP].to_pylist()]
    if share_of_rows(log, first.isin(reps)) <= _FEWEST_KNOWN * share_of_rows(log, first.notnull()):
        return "other_names"
    return Suspects(first.notnull(), first != rows[REP].lower())


CREDIT_MOVED = EventCheck("credit_moved", ("meetings", "quotes", "orders"), ("first_rep",), _judge)
