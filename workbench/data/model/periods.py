"""Assign dates to days, weeks, months and quarters, in the engine and on frames."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from workbench.data.model.dataset import DataSet, Grain

WeekStart = Literal["monday", "sunday"]
TIME_UNIT = "us"
_DAY = pd.Timedelta(days=1)
_TRUNCATE = {"day": "D", "week": "W", "month": "M", "quarter": "Q"}


def period_start(date: ir.DateValue, grain: Grain, week_start: WeekStart = "monday") -> ir.DateValue:
    """Return the first day of a date's period, as an expression for any engine."""
    if grain == "day":
        return date
    if grain == "week" and week_start == "sunday":
        one = ibis.interval(days=1)
        return ((date + one).cast("date").truncate("W") - one).cast("date")
    return date.truncate(_TRUNCATE[grain]).cast("date")


def period_starts(dates: pd.Series, grain: Grain, week_start: WeekStart = "monday") -> pd.Series:
    """Return the first day of each date's period (datetime64); missing stays missing."""
    return dates.dt.to_period(_frequency(grain, week_start)).dt.start_time.astype(f"datetime64[{TIME_UNIT}]")


def period_ends(dates: pd.Series, grain: Grain, week_start: WeekStart = "monday") -> pd.Series:
    """Return the last day of each date's period (midnight of that day, datetime64); missing stays missing."""
    ends = dates.dt.to_period(_frequency(grain, week_start)).dt.end_time
    return ends.dt.normalize().astype(f"datetime64[{TIME_UNIT}]")


def ends_of_periods(starts: pd.Series, grain: Grain) -> pd.Series:
    """Return the last day of periods given by their first days, so that weeks may begin on any day."""
    return starts + pd.Timedelta(days=6) if grain == "week" else period_ends(starts, grain)


def period_number(dates: pd.Series, grain: Grain, week_start: WeekStart = "monday") -> np.ndarray:
    """Number periods so that consecutive ones are one apart."""
    return np.asarray(dates.dt.to_period(_frequency(grain, week_start)).array.asi8)


def starts_from_numbers(numbers: np.ndarray, grain: Grain, week_start: WeekStart = "monday") -> pd.DatetimeIndex:
    """Return the first days of numbered periods, the inverse of ``period_number``."""
    index = pd.PeriodIndex.from_ordinals(numbers, freq=_frequency(grain, week_start))
    return index.start_time.as_unit(TIME_UNIT)


def periods_between(
    first: pd.Timestamp, last: pd.Timestamp, grain: Grain, week_start: WeekStart = "monday"
) -> tuple[pd.Timestamp, ...]:
    """Return the first day of every period from that of ``first`` to that of ``last``."""
    low, high = period_number(pd.Series([first, last]), grain, week_start)
    return tuple(starts_from_numbers(np.arange(low, high + 1), grain, week_start))


def used_days(dataset: DataSet) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    """Return the first and last day of the periods that a data set uses; None for an end that it does not limit."""
    first, last = (None if day is None else pd.Series([pd.Timestamp(day)]) for day in (dataset.first, dataset.last))
    return (
        None if first is None else period_starts(first, dataset.grain, dataset.week_start)[0],
        None if last is None else period_ends(last, dataset.grain, dataset.week_start)[0],
    )


def neighbours_of_used(dataset: DataSet) -> tuple[tuple[dt.date, dt.date] | None, tuple[dt.date, dt.date] | None]:
    """Return the days of the periods before and after those that a data set uses; None where it has no limit."""
    first, last = used_days(dataset)
    found = []
    for beside in (None if first is None else first - _DAY, None if last is None else last + _DAY):
        edge = None if beside is None else pd.Series([beside])
        found.append(None if edge is None else (
            period_starts(edge, dataset.grain, dataset.week_start)[0].date(),
            period_ends(edge, dataset.grain, dataset.week_start)[0].date(),
        ))  # fmt: skip
    return found[0], found[1]


def is_used_day(day: ir.DateValue, dataset: DataSet) -> ir.BooleanValue:
    """Whether a date falls in a period that the data set uses; null without a date."""
    first, last = used_days(dataset)
    held = day.notnull().nullif(False)
    held = held if first is None else held & (day >= first.date())
    return held if last is None else held & (day <= last.date())


def span_days(first: pd.Series, last: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Count days, and days from Monday to Friday, from ``first`` to ``last`` inclusive; 0 if last is before first."""
    low = first.to_numpy("datetime64[D]")
    high = np.maximum(last.to_numpy("datetime64[D]") + 1, low)
    return (high - low).astype(float), np.busday_count(low, high).astype(float)


def months_between(start: pd.Series, later: pd.Series) -> np.ndarray:
    """Count calendar months from one date's month to another's, at least 0; NaN where either is missing."""
    months = (later.dt.year - start.dt.year) * 12 + (later.dt.month - start.dt.month)
    return months.clip(lower=0).to_numpy(float, na_value=np.nan)


def _frequency(grain: Grain, week_start: WeekStart) -> str:
    """Return the pandas frequency of a grain; pandas names weeks by their last day."""
    week = "W-SUN" if week_start == "monday" else "W-SAT"
    return {"day": "D", "week": week, "month": "M", "quarter": "Q"}[grain]
