"""Detect tables that are already aggregated, whose dates stand for whole periods."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from workbench.data.aggregate.rep_period_sums import FIRST, LAST, RepPeriodSums
from workbench.data.model.dataset import DataSet, Grain
from workbench.data.model.periods import WeekStart, period_ends, period_starts


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
