"""Days on which the sample teams work: Monday to Friday without public holidays, and without each rep's days off."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.dice import Dice, is_thrown

YEARS = range(2022, 2028)
FIRST_KNOWN = "2024-01-01"
"""The samples were made without earlier holidays."""
WEEKDAY_PACE = np.array([0.95, 1.06, 1.07, 1.02, 0.90])


def holidays() -> pd.DatetimeIndex:
    """Public holidays; before 2024 under a throw alone."""
    days = pd.DatetimeIndex([day for year in YEARS for day in _holidays_of(year)])
    return days if is_thrown() else days[days >= FIRST_KNOWN]


def _holidays_of(year: int) -> list[pd.Timestamp]:
    """New Year, Martin Luther King, Memorial Day, Juneteenth, Independence, Labor Day, Thanksgiving, Christmas."""
    fixed = [pd.Timestamp(year, month, day) for month, day in ((1, 1), (6, 19), (7, 4), (12, 24), (12, 25))]
    thanksgiving = _nth(year, 11, 3, 4)
    last_of_may = _nth(year, 6, 0, 1) - pd.Timedelta(weeks=1)
    return [*fixed, _nth(year, 1, 0, 3), last_of_may, _nth(year, 9, 0, 1), thanksgiving,
            thanksgiving + pd.Timedelta(days=1)]  # fmt: skip


def _nth(year: int, month: int, weekday: int, n: int) -> pd.Timestamp:
    """The ``n``-th of a weekday in a month; Monday is 0."""
    first = pd.Timestamp(year, month, 1)
    return first + pd.Timedelta(days=(weekday - first.day_of_week) % 7 + 7 * (n - 1))


def workdays(start: str | pd.Timestamp, end: str | pd.Timestamp) -> pd.DatetimeIndex:
    """Working days of the firm from start to end, both included."""
    days = pd.bdate_range(start, end)
    return days[~days.isin(holidays())]


def days_at_work(dice: Dice, start: str | pd.Timestamp, end: str | pd.Timestamp) -> pd.DatetimeIndex:
    """Working days less one week's leave every half year or so and a few sick days."""
    days = workdays(start, end)
    off = np.zeros(len(days), dtype=bool)
    for first in range(0, len(days) - 5, 125):
        leave = first + int(dice.whole(1, 20, 115)[0])
        off[leave : leave + 5] = True
    return days[~(off | dice.chance(np.full(len(days), 0.015)))]


def pace(days: pd.DatetimeIndex) -> np.ndarray:
    """How busy each weekday is, around 1."""
    return WEEKDAY_PACE[days.day_of_week]


def months(start: str, end: str) -> pd.DatetimeIndex:
    """First days of the months from start to end."""
    return pd.date_range(start, end, freq="MS")


def add_workdays(dates: pd.Series | pd.DatetimeIndex, steps: np.ndarray) -> np.ndarray:
    """Each date moved on by so many weekdays, onto a day the firm works."""
    off = holidays().to_numpy("datetime64[D]")
    return np.busday_offset(np.asarray(dates, "datetime64[D]"), steps, roll="forward", holidays=off)
