"""Which days the data covers: dates far off, partial first and last periods, sources that stop early."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd

from workbench.data.aggregate.rep_period_sums import RepPeriodSums
from workbench.data.model.dataset import DataSet, Grain
from workbench.data.model.panel import PERIOD
from workbench.data.model.periods import TIME_UNIT, WeekStart, period_ends, period_starts
from workbench.errors import Examples, Issue, Where

_QUIET_QUANTILE = 0.95
_SLIGHT_SHARE, _QUIET_SHARE = 1 / 20, 1 / 3  # of a period: never partial below the one, always above the other
_RARE_SHARE = 0.2  # a weekday with fewer days of events than this share of the busiest one is off
_FAR, _FAR_SHARE = pd.Timedelta(days=366), 0.01
DateLike: TypeAlias = "pd.Timestamp | pd.Series"


def event_days(tallies: Sequence[RepPeriodSums]) -> pd.DataFrame:
    """Every ``day`` with events and their number ``n``, in order; aggregated tables (plans reach ahead) count only if
    there is nothing else."""
    events = [tally.days for tally in tallies if not tally.stamped and len(tally.days)]
    return pd.concat(events or [tally.days for tally in tallies]).groupby("day", as_index=False)["n"].sum()


def extent(days: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and last day that the data covers; NaT, NaT without any.

    A few dates far from all others (slips of the pen, as a rule) do not count: they would stretch everybody's time.
    """
    main = days[~far_off(days)]["day"]
    return main.min(), main.max()


def far_off(days: pd.DataFrame) -> pd.Series:
    """Which days lie more than a year before or after all but a hundredth of the events."""
    few = _FAR_SHARE * days["n"].sum()
    lonely = days["day"].diff() > _FAR
    early = (lonely & (days["n"].cumsum().shift() <= few))[::-1].cummax()[::-1].shift(-1, fill_value=False)
    late = (lonely & (days["n"][::-1].cumsum()[::-1] <= few)).cummax()
    return early | late


def far_off_issue(days: pd.DataFrame) -> tuple[Issue, ...]:
    """A warning for dates that are far from all others."""
    found = days[far_off(days)]
    if found.empty:
        return ()
    n_rows = int(found["n"].sum())
    shown = Examples.of(f"{day:%Y-%m-%d}" for day in found["day"])
    return (Issue.of("warning", "far_dates", Where(area="dates"), n_rows, days=shown),)


def partial_periods(tallies: Sequence[RepPeriodSums], dataset: DataSet) -> tuple[pd.Timestamp, ...]:
    """The first and last period with events, where the data starts too late or ends too early to cover them.

    Days are counted on the weekdays that usually have events. A period is partial when more of them are lacking at its
    edge than the usual pause between two days with events (95th percentile), and more than a twentieth of it, so that
    neither a weekend nor New Year's Day makes one.
    """
    days = event_days(tallies)
    first, last = extent(days)
    if dataset.grain == "day" or pd.isna(first):
        return ()
    return partial_edges(days["day"], dataset.grain, dataset.week_start, (first, last))


def partial_edges(
    days: pd.Series, grain: Grain, week_start: WeekStart = "monday",
    extent: tuple[pd.Timestamp, pd.Timestamp] | None = None,
) -> tuple[pd.Timestamp, ...]:  # fmt: skip
    """The first and last period that the days (ascending) cover only in part.

    Parameters
    ----------
    extent : the first and last day that count, default those of ``days``.
    """
    first, last = extent or (days.iloc[0], days.iloc[-1])
    edges = pd.Series([first, last])
    starts = period_starts(edges, grain, week_start)
    ends = period_ends(edges, grain, week_start)
    mask = working_week(days)
    lacking = np.array([_between(starts[0], first, mask), _between(last, ends[1], mask, later=True)])
    whole = _between(starts, ends, mask, later=True)
    allowed = np.minimum(np.maximum(_usual_pause(days, mask), _SLIGHT_SHARE * whole), _QUIET_SHARE * whole)
    return tuple(dict.fromkeys(starts[lacking > allowed]))


def working_week(days: pd.Series) -> list[bool]:
    """The weekdays (Monday first) that have a fair share of the days with events."""
    often = days.dt.day_of_week.value_counts().reindex(range(7), fill_value=0)
    return (often >= _RARE_SHARE * often.max()).tolist()


def _between(first: DateLike, last: DateLike, mask: list[bool], later: bool = False) -> np.ndarray:
    """Days of the working week from ``first`` up to ``last``, the first counted; ``later`` counts the last instead."""
    low, high = (np.asarray(date, "datetime64[D]") for date in (first, last))
    return np.busday_count(low + later, high + later, weekmask=mask)


def _usual_pause(days: pd.Series, mask: list[bool]) -> float:
    """Days of the working week without events between two days with events, 95th percentile; 0 without events."""
    pauses = _between(days[:-1], days[1:], mask) - 1
    return float(np.quantile(pauses.clip(0), _QUIET_QUANTILE)) if len(pauses) else 0.0


def covered_periods(
    tallies: Sequence[RepPeriodSums], dataset: DataSet
) -> dict[tuple[str, str], tuple[pd.Timestamp, pd.Timestamp]]:
    """The first and last period about which each source says everything, by (source, date column).

    A source covers what it says it covers. Otherwise each of its date columns covers the days from its first to its
    last date, far-off ones left out, and a date column without any date those of the source's own. Dates of events to
    come (a close that is only expected) do not reach beyond what has happened by the data set's last day. Outside,
    that nothing was counted says nothing.
    """
    _, last = extent(event_days(tallies))
    said = {source.name: source.covers for source in dataset.sources if source.covers}
    own = {tally.source: extent(tally.dated) for tally in reversed(tallies)}
    spans = {}
    for tally in tallies:
        low, high = extent(tally.dated) if len(tally.dated) else own[tally.source]
        span = (low, high if tally.stamped else min(high, max(low, last)))
        days = pd.Series(said.get(tally.source, span)).astype(f"datetime64[{TIME_UNIT}]")
        periods = period_starts(days, dataset.grain, dataset.week_start)
        spans[tally.source, tally.column] = (periods[0], periods[1])
    return spans


def coverage_issues(tallies: Sequence[RepPeriodSums], frame: pd.DataFrame, dataset: DataSet) -> tuple[Issue, ...]:
    """Date columns that cover only part of the panel's periods: what they count is missing in the others."""
    covered = covered_periods(tallies, dataset)
    periods = frame[PERIOD]
    return tuple(
        _uncovered(tally, *covered[tally.source, tally.column], periods.min(), periods.max())
        for tally in tallies
        if tally.measures
        and len(periods)
        and (covered[tally.source, tally.column][0] > periods.min())
        | (covered[tally.source, tally.column][1] < periods.max())
    )


def _uncovered(
    tally: RepPeriodSums, low: pd.Timestamp, high: pd.Timestamp, first: pd.Timestamp, last: pd.Timestamp
) -> Issue:
    days = {"low": low, "high": high, "first": first, "last": last}
    return Issue.of(
        "warning", "coverage", Where(source=tally.source), None, measures=tuple(m.name for m in tally.measures),
        column=tally.column, **{name: f"{day:%Y-%m-%d}" for name, day in days.items()},
    )  # fmt: skip
