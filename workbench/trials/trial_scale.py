"""The periods of a trial: before and after its start, by month where its dates allow, else as fine as needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from workbench.data.aggregate.coarsen import coarsen
from workbench.data.aggregate.whole_periods import LEAST_SHARE, team_workdays_by_period
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, Panel
from workbench.data.model.periods import ends_of_periods, period_number
from workbench.trials.trial_file import TrialFile

DAYS_A_MONTH = 365.25 / 12
PER_MONTH: dict[str, float] = {"day": DAYS_A_MONTH, "week": DAYS_A_MONTH / 7, "month": 1.0, "quarter": 1 / 3}
"""Periods in a month."""


@dataclass(frozen=True, eq=False)
class TrialScale:
    """A panel at the grain of a trial, and which of its periods lie before and after the start.

    Attributes
    ----------
    panel : by month where start and end are ends of months, by week where they are not and the data are finer.
    periods : (T,) datetime64, first days, without those that the data cover in part. ends : (T,) their last days.
    before, after : (T,) bool. A period that holds the start or the end inside itself is in neither.
    history : (T,) bool, every period that ends before the start. inside : whether the start lies inside a period.
    """

    panel: Panel
    periods: np.ndarray
    ends: np.ndarray
    before: np.ndarray
    after: np.ndarray
    history: np.ndarray
    inside: bool

    @property
    def grain(self) -> Grain:
        return self.panel.grain


def trial_scale(panel: Panel, file: TrialFile) -> TrialScale:
    """Put a panel on the scale of a trial and split its periods at the start.

    An end on the last day of the data, or after it, cuts nothing: it is judged like a trial without an end.
    """
    end = _end_within(panel, file)
    at = coarsen(panel, _trial_grain(panel, file, end))
    periods = at.frame[PERIOD].drop_duplicates().sort_values()
    periods = periods[~periods.isin(at.partial) & ~_stumps(periods, at)]
    firsts, ends = periods.to_numpy("datetime64[D]"), _ends(periods, at)
    start = np.datetime64(file.start)
    history, after = ends < start, firsts >= start
    if end is not None:
        after &= ends <= np.datetime64(end)
    n_before = max(round(file.before * PER_MONTH[at.grain] / PER_MONTH[panel.grain]), 1)
    before = history & (np.cumsum(history[::-1])[::-1] <= n_before)
    inside = bool(((firsts < start) & (ends >= start)).any())
    return TrialScale(at, firsts, ends, before, after, history, inside)


def calendar_places(scale: TrialScale, shown: np.ndarray) -> np.ndarray:
    """Return the places of the periods shown among all of the calendar from the first of them on.

    Periods without rows, and one that holds the start, leave a gap: a season would slip over it.
    """
    numbers = period_number(pd.Series(scale.periods[shown]), scale.grain)
    return numbers - numbers[0] if len(numbers) else numbers


def whole_periods(first: np.datetime64, end: np.datetime64, grain: Grain) -> int:
    """Return how many periods lie whole between two days.

    Parameters
    ----------
    first : the first day of a period. end : the last day that counts.
    """
    if grain in ("day", "week"):
        days = int((end - first) / np.timedelta64(1, "D")) + 1
        return max(days // (7 if grain == "week" else 1), 0)
    begun, over = (int(day.astype("datetime64[M]").astype(int)) for day in (first, end + 1))
    months = 3 if grain == "quarter" else 1
    return max(over // months - begun // months, 0)


def _stumps(periods: pd.Series, panel: Panel) -> np.ndarray:
    """(periods,) whether the data hold few of a period's workdays, such as a month begun by the last week."""
    known = panel.team_workdays
    days = periods.map(known).to_numpy(float) if known is not None else team_workdays_by_period(periods, panel)
    return days < LEAST_SHARE * np.median(days) if len(days) else np.zeros(0, dtype=bool)


def _ends(periods: pd.Series, panel: Panel) -> np.ndarray:
    return ends_of_periods(periods, panel.grain).to_numpy("datetime64[D]")


def _end_within(panel: Panel, file: TrialFile) -> dt.date | None:
    last = _ends(pd.Series([panel.frame[PERIOD].max()]), panel)[0]
    return None if file.end is None or np.datetime64(file.end) >= last else file.end


def _trial_grain(panel: Panel, file: TrialFile, end: dt.date | None) -> Grain:
    order = get_args(Grain)
    if order.index(panel.grain) >= order.index("month"):
        return panel.grain
    days = [file.start, *file.starts.values(), *([end + dt.timedelta(days=1)] if end else [])]
    return "month" if all(day.day == 1 for day in days) else "week"
