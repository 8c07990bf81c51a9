"""Which days the data covers: already aggregated tables, partial first and last periods, sources that stop early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from workbench.data.panel import PERIOD
from workbench.data.periods import WeekStart, period_ends, period_starts
from workbench.data.spec import DataSet, Grain
from workbench.data.tally import FIRST, LAST, Tally
from workbench.errors import Issue

_QUIET_QUANTILE = 0.95
_SLIGHT_SHARE, _QUIET_SHARE = 1 / 20, 1 / 3  # of a period: never partial below the one, always above the other
_RARE_SHARE = 0.2  # a weekday with fewer days of events than this share of the busiest one is off
DateLike = pd.Timestamp | pd.Series


def stamped_grain(days: pd.Series, grain: Grain, week_start: WeekStart = "monday") -> Grain | None:
    """The span that each date stands for, when all of them are the first (or all the last) days of periods.

    Such a table is already aggregated: a row dated 1 March is about March. ``None`` for dates of events.
    """
    if grain == "day" or days.empty:
        return None
    for wide in (grain, "month") if grain == "quarter" else (grain,):
        if any((edge(days, wide, week_start) == days).all() for edge in (period_starts, period_ends)):
            return wide
    return None


def widened(tally: Tally, dataset: DataSet) -> Tally:
    """An already aggregated table's days spread over what each row is about; any other tally as it is."""
    wide = stamped_grain(tally.days["day"], dataset.grain, dataset.week_start)
    if wide is None:
        return tally
    first = period_starts(tally.frame[FIRST], wide, dataset.week_start)
    last = period_ends(tally.frame[LAST], wide, dataset.week_start)
    days = pd.concat([period_starts(tally.days["day"], wide, dataset.week_start),
                      period_ends(tally.days["day"], wide, dataset.week_start)])  # fmt: skip
    frame = tally.frame.assign(**{FIRST: first, LAST: last})
    return replace(tally, frame=frame, days=pd.DataFrame({"day": days, "n": np.nan}), stamped=True)


def extent(tallies: Sequence[Tally]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and last day that events are known of; aggregated tables (plans reach ahead) only if there is nothing
    else. NaT, NaT without any."""
    events = [tally for tally in tallies if not tally.stamped and len(tally.days)]
    days = pd.concat([tally.days["day"] for tally in events or tallies])
    return days.min(), days.max()


def partial_periods(tallies: Sequence[Tally], dataset: DataSet) -> tuple[pd.Timestamp, ...]:
    """The first and last period with events, where the data starts too late or ends too early to cover them.

    Days are counted on the weekdays that usually have events. A period is partial when more of them are lacking at its
    edge than the usual pause between two days with events (95th percentile), and more than a twentieth of it, so that
    neither a weekend nor New Year's Day makes one.
    """
    first, last = extent(tallies)
    if dataset.grain == "day" or pd.isna(first):
        return ()
    edges = pd.Series([first, last])
    starts = period_starts(edges, dataset.grain, dataset.week_start)
    ends = period_ends(edges, dataset.grain, dataset.week_start)
    mask, days = _working_week(tallies)
    lacking = np.array([_between(starts[0], first, mask), _between(last, ends[1], mask, later=True)])
    whole = _between(starts, ends, mask, later=True)
    allowed = np.minimum(np.maximum(_usual_pause(days, mask), _SLIGHT_SHARE * whole), _QUIET_SHARE * whole)
    return tuple(dict.fromkeys(starts[lacking > allowed]))


def _working_week(tallies: Sequence[Tally]) -> tuple[list[bool], pd.Series]:
    """The weekdays (Monday first) that have a fair share of the days with events, and those days in order."""
    found = [tally.days["day"] for tally in tallies if not tally.stamped and len(tally.days)]
    days = pd.concat(found).drop_duplicates().sort_values() if found else pd.Series(dtype="datetime64[us]")
    often = days.dt.day_of_week.value_counts().reindex(range(7), fill_value=0)
    return (often >= _RARE_SHARE * often.max()).tolist(), days


def _between(first: DateLike, last: DateLike, mask: list[bool], later: bool = False) -> np.ndarray:
    """Days of the working week from ``first`` up to ``last``, the first counted; ``later`` counts the last instead."""
    low, high = (np.asarray(date, "datetime64[D]") for date in (first, last))
    return np.busday_count(low + later, high + later, weekmask=mask)


def _usual_pause(days: pd.Series, mask: list[bool]) -> float:
    """Days of the working week without events between two days with events, 95th percentile; 0 without events."""
    pauses = _between(days[:-1], days[1:], mask) - 1
    return float(np.quantile(pauses.clip(0), _QUIET_QUANTILE)) if len(pauses) else 0.0


def coverage_issues(tallies: Sequence[Tally]) -> tuple[Issue, ...]:
    """Sources whose dates start later or stop earlier than those of the others: what they count is 0 there."""
    counting = [tally for tally in tallies if tally.measures and len(tally.frame)]
    periods = pd.concat([tally.frame[PERIOD] for tally in tallies])
    first, last = periods.min(), periods.max()
    issues = []
    for tally in counting:
        own = tally.frame[PERIOD]
        for edge, whole, side, verb in (
            (own.min(), first, "before", "starts"),
            (own.max(), last, "after", "goes on to"),
        ):
            if edge != whole:
                issues.append(_uncovered(tally, edge, whole, side, verb))
    return tuple(issues)


def _uncovered(tally: Tally, edge: pd.Timestamp, whole: pd.Timestamp, side: str, verb: str) -> Issue:
    names = ", ".join(f"“{measure.name}”" for measure in tally.measures)
    when = f"{side} the period of {edge:%Y-%m-%d}, while the data set {verb} {whole:%Y-%m-%d}"
    message = f"{names}, dated by “{tally.column}”, have no row {when}: counts and sums are 0 there."
    fix = "If that is only where the export begins or ends, load the missing part or leave these periods out."
    return Issue("warning", "coverage", f"source “{tally.source}”", message, fix)
