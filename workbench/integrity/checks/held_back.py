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
_MONTH = " %Y-%m"


def _judge(log: ActivityLog) -> Suspects | Why:
    """Judge the wins around the end of each month that was as good as the rep's middle one; point at those after it."""
    rows, won = log.rows, _won(log)
    days = _wins_by_day(log, won)
    if days["day"].dt.to_period("M").nunique() < _FEWEST_MONTHS:
        return "few_months"
    good, (last, first) = _good_months(days), _days_around(days)
    month = rows[DAY].truncate("M")
    before = rows[DAY].isin(last) & _key(rows, month).isin(good)
    after = rows[DAY].isin(first) & _key(rows, month - ibis.interval(months=1)).isin(good)
    return Suspects(won & (before | after), after)


def _key(rows: ir.Table, month: ir.DateValue) -> ir.StringValue:
    return rows[REP] + month.strftime(_MONTH)


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


def _good_months(days: pd.DataFrame) -> list[str]:
    """List the months, each with its rep, that are worth at least as much as the rep's middle one."""
    value = days.groupby(["rep", days["day"].dt.to_period("M")])["value"].sum()
    good = value[value >= value.groupby("rep").transform("median")]
    return [rep + month.strftime(_MONTH) for rep, month in good.index]


def _days_around(days: pd.DataFrame) -> tuple[list[dt.date], list[dt.date]]:
    """Return the last workdays of all months that are followed by another one, and the first of all others but one.

    A workday is one from Monday to Friday on which anybody won anything.
    """
    workdays = pd.DatetimeIndex(days["day"].unique()).sort_values().to_series()
    workdays = workdays[workdays.dt.day_of_week < 5]
    month = workdays.dt.to_period("M")
    last = workdays[month < month.max()].groupby(month).tail(WORKDAYS_AROUND)
    first = workdays[month > month.min()].groupby(month).head(WORKDAYS_AROUND)
    return list(last.dt.date), list(first.dt.date)


HELD_BACK = EventCheck("held_back", ("orders",), (), _judge)
