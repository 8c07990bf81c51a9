"""One quote split into several small ones: the same rep, the same account, the same day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from workbench.data.engine.embedded import ROW
from workbench.data.events.activity_log import AT, DAY, ActivityLog
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

PARTS = 3
"""Quotes of one day from which on they are parts; two may be a choice that the customer asked for."""
SMALL = 0.5
"""Of the middle quote of the log: each part is smaller."""
_FEWEST_ACCOUNTS = 30


def _judge(log: ActivityLog) -> Suspects | Why:
    rows = log.rows
    if rows["contact"].nunique().to_pyarrow().as_py() < _FEWEST_ACCOUNTS:
        return "few_values"
    if rows["amount"].nunique().to_pyarrow().as_py() < 2:
        return "same_value"
    return Suspects(rows["contact"].notnull() & (rows["amount"] > 0), is_part_of_quote(log))


def is_part_of_quote(log: ActivityLog) -> ir.BooleanValue:
    """Whether a row is the second or a later part of a split quote; a quote without an amount is no part."""
    rows = log.rows
    if not {"contact", "amount"} <= log.roles:
        return ibis.literal(False)
    priced = (rows["amount"] > 0).fill_null(False)
    middle = rows["amount"].median(where=priced).to_pyarrow().as_py()
    if middle is None:
        return ibis.literal(False)
    keys = [rows[REP], rows["contact"], rows[DAY]]
    that_day = ibis.window(group_by=keys)
    n, largest = priced.sum().over(that_day), rows["amount"].max().over(that_day)
    so_far = ibis.window(group_by=keys, order_by=[rows[AT], rows[ROW]], preceding=None, following=0)
    is_split = (n >= PARTS) & (largest < SMALL * middle) & (priced.sum().over(so_far) > 1)
    return (rows["contact"].notnull() & priced & is_split).fill_null(False)


SPLIT_QUOTE = EventCheck("split_quote", ("quotes",), ("contact", "amount"), _judge)
