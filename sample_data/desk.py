"""Who was at work on which day, and events scattered over those days."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sample_data.dice import Dice, is_thrown
from sample_data.workdays import days_at_work, pace, workdays

WORKDAYS_A_MONTH = 21.0


def desk(dice: Dice, roster: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """One row per rep and day at work: ``rep day month tenure`` (months since the rep's start), ``pace``."""
    parts = []
    for person in roster.itertuples():
        last = pd.Timestamp(end) if pd.isna(person.end) else person.end
        days = days_at_work(dice, max(pd.Timestamp(start), person.start), min(pd.Timestamp(end), last))
        tenure = (days - person.start).days / 30.4
        parts.append(pd.DataFrame({"rep": person.rep, "day": days, "tenure": tenure, "pace": pace(days)}))
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(month=frame["day"].dt.to_period("M").dt.to_timestamp())


def monthly_mood(dice: Dice, desk: pd.DataFrame, keep: float = 0.5, sd: float = 0.25) -> np.ndarray:
    """A slow swing around 0 for each rep, the same all month: the rep's effort that month.

    Under a throw it evens out over each rep's days, and over the team's each month.
    """
    moods: dict[tuple[str, pd.Timestamp], float] = {}
    every = pd.Index(sorted(desk["month"].unique()))
    for rep in desk["rep"].unique():
        moods |= dict(zip([(rep, month) for month in every], dice.drift(len(every), keep, sd), strict=True))
    mood = pd.Series([moods[key] for key in zip(desk["rep"], desk["month"], strict=True)], index=desk.index)
    for by in ("month", "rep") if is_thrown() else ():
        mood = mood - mood.groupby(desk[by]).transform("mean")
    return mood.to_numpy()


def ramp(tenure: pd.Series, months: float = 5.0, floor: float = 0.35) -> np.ndarray:
    """New people reach full strength after some months."""
    return np.clip(floor + (1 - floor) * tenure / months, floor, 1.0).to_numpy()


def season(month: pd.Series, by_month: Mapping[int, float], months_on: int = 0) -> np.ndarray:
    """The factor of each month; that of a story that is moved moves with it."""
    return ((month.dt.month - 1 - months_on) % 12 + 1).map(by_month).fillna(1.0).to_numpy()


def by_rep(desk: pd.DataFrame, values: Mapping[str, float]) -> np.ndarray:
    return desk["rep"].map(values).to_numpy(dtype=float)


def happen(dice: Dice, desk: pd.DataFrame, per_month: np.ndarray) -> pd.DataFrame:
    """Events (``rep day month``), Poisson on each day at work so that a full month has ``per_month`` on average.

    Under a throw, which chooses the months, long and short ones have as many.
    """
    a_month = (
        desk["month"].map({month: _workdays_in(month) for month in desk["month"].unique()}).to_numpy()
        if is_thrown()
        else WORKDAYS_A_MONTH
    )
    counts = dice.poisson(np.maximum(per_month, 1e-9) * desk["pace"].to_numpy() / a_month)
    return repeat(desk, counts)


def _workdays_in(month: pd.Timestamp) -> int:
    return len(workdays(month, month + pd.offsets.MonthEnd(0)))


def weekdays_per_workday(month: pd.Series) -> np.ndarray:
    """More than 1 in a month with holidays."""
    each = {first: len(pd.bdate_range(first, first + pd.offsets.MonthEnd(0))) for first in month.unique()}
    return month.map({first: n / _workdays_in(first) for first, n in each.items()}).to_numpy()


def repeat(desk: pd.DataFrame, counts: np.ndarray) -> pd.DataFrame:
    return desk.loc[np.repeat(desk.index.to_numpy(), counts), ["rep", "day", "month"]].reset_index(drop=True)
