"""Orders of the last workdays of a month, with more discount than usual for the rep, that were cancelled later."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from workbench.data.events.activity_log import DAY, ActivityLog, share_of_rows
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.checks.month_ends import FEWEST_ENDS, month_ends, rep_days
from workbench.integrity.checks.pulled_forward import CLOSING_WORKDAYS
from workbench.integrity.suspect_counts import Why

FEWEST_OTHERS = 10
"""Orders of a rep on other days from which on it is known what discount is usual."""
_MOST_PER_CENT = 100


def _judge(log: ActivityLog) -> Suspects | Why:
    """The usual discount is that of the rep's middle order on other days, cancelled or not."""
    rows = log.rows
    if not share_of_rows(log, rows["disposition"] == "cancelled"):
        return "no_code"
    if rows["discount"].nunique().to_pyarrow().as_py() < 2:
        return "same_value"
    ends = month_ends(rep_days(log), CLOSING_WORKDAYS)
    if len(ends) < FEWEST_ENDS * CLOSING_WORKDAYS:
        return "few_months"
    discount, at_end = _discount(log), rows[DAY].isin(ends)
    other = ~at_end & discount.notnull()
    of_rep = ibis.window(group_by=rows[REP])
    known = other.cast("int64").sum().over(of_rep) >= FEWEST_OTHERS
    usual = other.ifelse(discount, None).median().over(of_rep)
    judged = rows["disposition"].notnull() & discount.notnull() & known
    return Suspects(judged, at_end & (rows["disposition"] == "cancelled") & (discount > usual))


def _discount(log: ActivityLog) -> ir.FloatingValue:
    """Return the discount of each row without its sign; money off as a share of the amount, where that is known."""
    off = log.rows["discount"].abs()
    in_money = share_of_rows(log, off > _MOST_PER_CENT) > 0
    return off / log.rows["amount"].abs().nullif(0) if in_money and "amount" in log.roles else off


DISCOUNT_CANCELLED = EventCheck("discount_cancelled", ("orders",), ("disposition", "discount"), _judge)
