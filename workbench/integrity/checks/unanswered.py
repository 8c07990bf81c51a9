"""Quotes that never get an answer."""

from __future__ import annotations

import ibis

from workbench.data.events.activity_log import DAY, ActivityLog, share_of_rows
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

DAYS_TO_ANSWER = 90
"""A quote younger than this at the end of the data may still get its answer."""
_ANSWERED = ("won", "lost", "refused", "cancelled")


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    answered = rows["disposition"].isin(_ANSWERED).fill_null(False)
    if not share_of_rows(log, answered):
        return "no_code"
    if share_of_rows(log, answered) == 1:
        return "same_value"
    last = rows[DAY].max().over(ibis.window())
    return Suspects(rows[DAY] < last - ibis.interval(days=DAYS_TO_ANSWER), ~answered)


UNANSWERED = EventCheck("unanswered", ("quotes",), ("disposition",), _judge)
