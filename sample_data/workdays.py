"""Days on which the sample teams work: Monday to Friday without public holidays, and without each rep's days off."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.dice import Dice

HOLIDAYS = pd.DatetimeIndex([
    "2024-01-01", "2024-01-15", "2024-05-27", "2024-06-19", "2024-07-04", "2024-09-02", "2024-11-28", "2024-11-29",
    "2024-12-24", "2024-12-25", "2025-01-01", "2025-01-20", "2025-05-26", "2025-06-19", "2025-07-04", "2025-09-01",
])  # fmt: skip
WEEKDAY_PACE = np.array([0.95, 1.06, 1.07, 1.02, 0.90])


def workdays(start: str | pd.Timestamp, end: str | pd.Timestamp) -> pd.DatetimeIndex:
    """Working days of the firm from start to end, both included."""
    days = pd.bdate_range(start, end)
    return days[~days.isin(HOLIDAYS)]


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
    holidays = HOLIDAYS.to_numpy("datetime64[D]")
    return np.busday_offset(np.asarray(dates, "datetime64[D]"), steps, roll="forward", holidays=holidays)
