"""Aggregate a panel to months or quarters: sums are added up, means are ratios of sums."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pandas as pd

from workbench.data.aggregate.coverage import partial_edges
from workbench.data.aggregate.whole_periods import team_workdays_by_period
from workbench.data.model.dataset import ADDITIVE, Grain
from workbench.data.model.panel import DAYS_AT_WORK, N_PART, PERIOD, REP, SUM_PART, Panel
from workbench.data.model.periods import ends_of_periods, period_starts

A_WEEK = pd.Timedelta(days=7)
MIDDLE_OF_WEEK = pd.Timedelta(days=3)  # a week belongs to the month in which most of its days lie
SUMMED = ("days", "workdays", DAYS_AT_WORK)


def coarsen(panel: Panel, grain: Grain) -> Panel:
    """Return a panel with one row per rep and longer period; a panel already that coarse unchanged.

    Counts, sums, distinct counts and days add up (somebody met in two periods counts twice), means are ratios of sums,
    min and max stay min and max, tenure is that at the start. A missing value adds nothing; a
    period of missing values alone is missing. ``partial`` holds the first and last period when the data cover them only
    in part.
    """
    order = get_args(Grain)
    if order.index(panel.grain) >= order.index(grain):
        return panel
    frame = panel.frame
    start = coarser_period_starts(frame[PERIOD], panel.grain, grain)
    grouped = frame.drop(columns=PERIOD).assign(**{PERIOD: start}).groupby([REP, PERIOD], sort=True)
    columns = {name: _sum_known(grouped[name]) for name in frame.columns if name.endswith((SUM_PART, N_PART))}
    for info in panel.measures:
        if info.aggregate == "mean":
            n = columns[info.name + N_PART]
            columns[info.name] = columns[info.name + SUM_PART] / n.where(n > 0)
        elif info.aggregate in ADDITIVE or info.name in SUMMED:
            columns[info.name] = _sum_known(grouped[info.name])
        else:
            columns[info.name] = grouped[info.name].agg({"max": "max", "min": "min"}.get(info.aggregate, "first"))
    whole = pd.DataFrame(columns)[[name for name in frame.columns if name not in (REP, PERIOD)]].reset_index()
    reps = panel.reps.assign(n_periods=panel.reps[REP].map(whole.groupby(REP).size()).fillna(0).astype(int))
    return replace(
        panel, grain=grain, frame=whole, reps=reps, partial=_partial_periods(panel, grain),
        team_workdays=_team_workdays(panel, grain), key=f"{panel.key}:{grain}",
    )  # fmt: skip


def coarser_period_starts(periods: pd.Series, grain: Grain, coarser: Grain) -> pd.Series:
    """Return the first day of the coarser period that each period of ``grain`` belongs to."""
    if grain == coarser:
        return periods
    return period_starts(periods + MIDDLE_OF_WEEK if grain == "week" else periods, coarser)


def _sum_known(grouped: pd.api.typing.SeriesGroupBy) -> pd.Series:
    return grouped.sum(min_count=1)


def _team_workdays(panel: Panel, grain: Grain) -> pd.Series | None:
    """Return the team's workdays by coarser period, from those of its weeks; None unless the panel is weekly.

    Weeks in which none of the panel's reps has a row are counted too: they may be a part of the team.
    """
    if panel.exposure is None or panel.frame.empty or (panel.grain != "week" and panel.team_workdays is None):
        return None
    if (known := panel.team_workdays) is None:
        days, one = pd.Series(panel.exposure.days.astype("datetime64[us]")), panel.frame[PERIOD].min()
        weeks = (one + (days - one) // A_WEEK * A_WEEK).drop_duplicates()  # which may begin on any day
        known = pd.Series(team_workdays_by_period(weeks, panel), index=weeks)
    periods = known.index.to_series()
    return known.groupby(coarser_period_starts(periods, panel.grain, grain)).sum()


def _partial_periods(panel: Panel, grain: Grain) -> tuple[pd.Timestamp, ...]:
    """Return the partial first and last period, from the days covered if known, else from the panel's periods."""
    if panel.exposure is not None and len(panel.exposure.days):
        return partial_edges(pd.Series(panel.exposure.days.astype("datetime64[us]")), grain)
    periods = panel.frame[PERIOD].drop_duplicates().sort_values()
    if periods.empty:
        return ()
    last = ends_of_periods(periods.iloc[-1:], panel.grain)
    every = pd.Series(pd.date_range(periods.iloc[0], last.iloc[0]).as_unit("us"))
    if panel.grain == "day":
        every = every[np.isin(every.dt.day_of_week, periods.dt.day_of_week.unique())]
    return partial_edges(every, grain)
