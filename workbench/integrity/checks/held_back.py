"""Wins held back past a cap: after a good month they come just after its end, where usually as many come just before.

Past a cap or a target that is made, a rep gains by signing next month. The check knows no cap: it looks for what a cap
does to dates.
"""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.events.activity_log import DAY, ActivityLog
from workbench.data.model.panel import REP
from workbench.integrity.checks.event_check import EventCheck, Suspects
from workbench.integrity.suspect_counts import Why

WORKDAYS_AROUND = 5
"""Before the end of a month, and after it: as many wins are usual on both sides."""
_FEWEST_MONTHS = 4
_NOT_WON = ("lost", "cancelled", "open")
_Days = dict[str, set[dt.date]]


def _judge(log: ActivityLog) -> Suspects | Why:
    """Judge the wins around the end of each month that was as good as the rep's middle one; point at those after it."""
    won = _won(log)
    days = _wins_by_day(log, won)
    if days["day"].dt.to_period("M").nunique() < _FEWEST_MONTHS:
        return "few_months"
    before, after = _days_around(days)
    return Suspects(won & (_on_days(log, before) | _on_days(log, after)), _on_days(log, after))


def _won(log: ActivityLog) -> ir.BooleanValue:
    """Whether a row is a win: every one, unless its outcome says otherwise."""
    rows = log.rows
    if "disposition" not in log.roles:
        return rows[REP].notnull()
    return ~rows["disposition"].isin(_NOT_WON).fill_null(False)


def _wins_by_day(log: ActivityLog, won: ir.BooleanValue) -> pd.DataFrame:
    """Return ``rep``, ``day`` (datetime64) and the ``value`` of its wins: the amount, or 1 each where unknown."""
    wins = log.rows.filter(won)
    value = wins["amount"].fill_null(0.0) if "amount" in log.roles else ibis.literal(1.0)
    counted = wins.mutate(value=value).group_by(rep=REP, day=DAY).aggregate(value=ibis._.value.sum())
    frame = counted.to_pyarrow().to_pandas()
    return frame.assign(day=pd.to_datetime(frame["day"]))


def _days_around(days: pd.DataFrame) -> tuple[_Days, _Days]:
    """Return by rep the last workdays of good months, and the first of the months after them.

    A workday is one from Monday to Friday on which anybody won anything. A good month is worth at least as much as the
    rep's middle one.
    """
    workdays = pd.DatetimeIndex(days["day"].unique()).sort_values()
    workdays = workdays[workdays.day_of_week < 5]
    of_month = workdays.to_period("M")
    before: _Days = {}
    after: _Days = {}
    for rep, mine in days.groupby("rep"):
        value = mine.groupby(mine["day"].dt.to_period("M"))["value"].sum()
        for month in value.index[value >= value.median()]:
            if (of_month == month + 1).any():
                before.setdefault(str(rep), set()).update(workdays[of_month == month][-WORKDAYS_AROUND:].date)
                after.setdefault(str(rep), set()).update(workdays[of_month == month + 1][:WORKDAYS_AROUND].date)
    return before, after


def _on_days(log: ActivityLog, days: _Days) -> ir.BooleanValue:
    rows = log.rows
    mine = ((rows[REP] == rep) & rows[DAY].isin(sorted(some)) for rep, some in days.items())
    return ibis.or_(ibis.literal(False), *mine)


HELD_BACK = EventCheck("held_back", ("orders",), (), _judge)
