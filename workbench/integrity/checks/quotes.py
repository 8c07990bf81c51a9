"""Quotes that never get an answer, and quotes sent again."""

from __future__ import annotations

import ibis

from workbench.data.events.activity_log import AT, DAY, ActivityLog, share_of_rows
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.checks.split_quote import is_part_of_quote
from workbench.integrity.suspect_counts import Why

DAYS_TO_ANSWER = 90
"""A quote younger than this at the end of the data may still get its answer."""
AGAIN_WITHIN = 14
"""Days after a quote within which another one to the same account counts as the same enquiry."""
_ANSWERED = ("won", "lost", "refused", "cancelled")
FEWEST_ACCOUNTS = 30


def _judge_unanswered(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    answered = rows["disposition"].isin(_ANSWERED).fill_null(False)
    if not share_of_rows(log, answered):
        return "no_code"
    if share_of_rows(log, answered) == 1:
        return "same_value"
    last = rows[DAY].max().over(ibis.window())
    return Suspects(rows[DAY] < last - ibis.interval(days=DAYS_TO_ANSWER), ~answered)


def _judge_reissued(log: ActivityLog) -> Suspects | Why:
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


UNANSWERED = EventCheck("unanswered", ("quotes",), ("disposition",), _judge_unanswered)
REISSUED = EventCheck("reissued", ("quotes",), ("contact",), _judge_reissued)
