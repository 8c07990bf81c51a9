"""Detect tables that are already aggregated, whose dates stand for whole periods."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from workbench.data.aggregate.rep_period_sums import FIRST, LAST, RepPeriodSums
from workbench.data.model.daily import N_EVENTS
from workbench.data.model.dataset import DataSet, Grain
from workbench.data.model.panel import REP
from workbench.data.model.periods import WeekStart, period_ends, period_starts

A_FEW, NEARLY_ALL = 3, 0.9


def infer_date_grain(days: pd.Series, grain: Grain, week_start: WeekStart = "monday") -> Grain | None:
    """Return the grain of the dates, if all of them are the first (or all the last) days of periods.

    Such a table is already aggregated: a row dated 1 March is about March. ``None`` for dates of events.
    """
    if grain == "day" or days.empty:
        return None
    for wide in (grain, "month") if grain == "quarter" else (grain,):
        if any((edge(days, wide, week_start) == days).all() for edge in (period_starts, period_ends)):
            return wide
    return None


def has_days_of_events(tally: RepPeriodSums) -> bool:
    """Whether the dates are days of events, and not those of a table with one row per rep and week, month or quarter.

    Such a table is often dated by any day of the period, such as the day of the report.
    """
    if tally.stamped or tally.daily.empty:
        return False
    return not any(_has_one_row_per_period(tally.daily, grain) for grain in ("week", "month", "quarter"))


def _has_one_row_per_period(daily: pd.DataFrame, grain: Grain) -> bool:
    """Whether nearly every period between a rep's first and last row has one row, and none has two."""
    start = period_starts(daily["day"], grain)
    number = start.rank(method="dense")
    if (
        number.max() < A_FEW
        or (daily[N_EVENTS] > 1).any()
        or daily[REP].groupby([daily[REP], start]).size().gt(1).any()
    ):
        return False
    spans = number.groupby(daily[REP]).agg(lambda each: each.max() - each.min() + 1)
    return len(daily) >= NEARLY_ALL * spans.sum()


def spread_over_periods(tally: RepPeriodSums, dataset: DataSet) -> RepPeriodSums:
    """Spread the days of an already aggregated table over the period of each row; return any other sums unchanged."""
    wide = infer_date_grain(tally.days["day"], dataset.grain, dataset.week_start)
    if wide is None:
        return tally
    first = period_starts(tally.frame[FIRST], wide, dataset.week_start)
    last = period_ends(tally.frame[LAST], wide, dataset.week_start)
    edges = [edge(tally.days["day"], wide, dataset.week_start) for edge in (period_starts, period_ends)]
    days = pd.concat([tally.days.assign(day=edge) for edge in edges])
    widened_frame = tally.frame.assign(**{FIRST: first, LAST: last})
    return replace(tally, frame=widened_frame, daily=tally.daily[:0], days=days, dated=days, stamped=True)
