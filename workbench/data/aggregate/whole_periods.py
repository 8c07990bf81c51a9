"""Make periods worked only in part comparable: share of days worked, and measures scaled to whole periods."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.data.model.dataset import ADDITIVE
from workbench.data.model.panel import DAYS_AT_WORK, PERIOD, REP, Panel
from workbench.data.model.periods import ends_of_periods

A_MONTH, LEAST_DAYS = 21, 10
LEAST_SHARE = LEAST_DAYS / A_MONTH
"""Of a period's workdays: with less than ten of a usual month's 21 a rep-period is left out."""
HIGH = 0.9


@dataclass(frozen=True)
class DaysKnown:
    """For how many reps the days at work are known, among those with a row in the panel.

    Attributes
    ----------
    n_unreadable : reps, of ``n_reps``, whose events are too rare to tell a pause from an absence. n_no_days : reps of
        whom there is one row per period, without days. sources : where days at work come from, each kind once, also
        of those two.
    """

    n_reps: int
    n_unreadable: int
    n_no_days: int
    sources: tuple[str, ...]


def days_known(panel: Panel) -> DaysKnown:
    """Count the reps whose days at work are known; the one count that every page shows."""
    reps = panel.frame[REP].unique()
    if panel.exposure is None:
        return DaysKnown(len(reps), 0, 0, ())
    found = panel.exposure.source[np.isin(panel.exposure.reps, reps)].tolist()
    return DaysKnown(len(reps), found.count("unreadable"), found.count("no_days"), tuple(dict.fromkeys(found)))


def share_of_days_worked(panel: Panel) -> np.ndarray:
    """Return (rows,) the share of the period's workdays on which the rep was at work, 0 to 1; 1 where unknown.

    Workdays are those of the team within the data's own days, so that an unfinished period reduces nobody's share.
    """
    frame, found = panel.frame, panel.exposure
    if found is None or DAYS_AT_WORK not in frame or not len(found.days):
        return np.ones(len(frame))
    whole = team_workdays(panel)
    worked = frame[DAYS_AT_WORK].to_numpy(float)
    share = np.divide(worked, whole, out=np.ones(len(frame)), where=whole > 0)
    if own_days(panel):
        share = share / _full_attendance_share(share)
    source = pd.Series(found.source, index=found.reps).reindex(frame[REP]).to_numpy()
    known = np.isfinite(share) & ~np.isin(source, ["unreadable", "no_days"]) & pd.notna(source)
    return np.where(known, np.clip(share, 0, 1), 1.0)


def own_days(panel: Panel) -> bool:
    """Whether ``days_at_work`` is the data set's own measure, in its own unit, which may be hours."""
    return panel.exposure is not None and bool((panel.exposure.source == "measure").any())


def _full_attendance_share(share: np.ndarray) -> float:
    """Return the share of a rep who was always at work; a data set's own measure may count hours or Saturdays."""
    some = share[np.isfinite(share) & (share > 0)]
    return float(np.quantile(some, HIGH)) if len(some) else 1.0


def team_workdays(panel: Panel) -> np.ndarray:
    """Return (rows,) the team's workdays in each row's period, within the data's own days."""
    if panel.team_workdays is not None:
        return panel.frame[PERIOD].map(panel.team_workdays).to_numpy(float)
    return team_workdays_by_period(panel.frame[PERIOD], panel)


def team_workdays_by_period(periods: pd.Series, panel: Panel) -> np.ndarray:
    """Return (periods,) the team's workdays in each period of the panel's grain."""
    if panel.exposure is None:
        return np.full(len(periods), np.nan)
    days = panel.exposure.days
    first = np.searchsorted(days, periods.to_numpy("datetime64[D]"))
    last = np.searchsorted(days, ends_of_periods(periods, panel.grain).to_numpy("datetime64[D]"), side="right")
    return (last - first).astype(float)


def scale_to_whole_periods(panel: Panel) -> tuple[Panel, np.ndarray]:
    """Scale measures to whole periods at the same pace; rep-periods with too few days are left out.

    Counts, sums and distinct counts are divided by the share of workdays worked; ``days``, ``workdays`` and
    ``days_at_work`` become those of the whole period, so that a rate per workday is one per day worked; the data set's
    own ``days_at_work`` in its own unit. Means, min, max
    and tenure stay.

    Returns
    -------
    panel, share : the rows that are left, and the share worked of each.
    """
    share = share_of_days_worked(panel)
    if (share == 1).all():
        return panel, share
    kept = share >= LEAST_SHARE
    frame, left = panel.frame[kept].reset_index(drop=True), share[kept]
    summed = {info.name for info in panel.measures if info.aggregate in ADDITIVE}
    columns = {name: frame[name] / left for name in summed}
    cut = left < 1
    whole = team_workdays(replace(panel, frame=frame))
    if "workdays" in frame:
        columns["workdays"] = frame["workdays"].where(~cut, whole)
    if DAYS_AT_WORK in frame:
        columns[DAYS_AT_WORK] = frame[DAYS_AT_WORK].where(
            ~cut, frame[DAYS_AT_WORK] / left if own_days(panel) else whole
        )
    if "days" in frame:
        columns["days"] = frame["days"].where(~cut, frame["days"].groupby(frame[PERIOD]).transform("max"))
    return replace(panel, frame=frame.assign(**columns), key=f"{panel.key}:per whole period"), left
