"""Find the days that the data covers: outlier dates, partial first and last periods, sources that stop early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import pandas as pd

from workbench.data.aggregate.rep_period_sums import RepPeriodSums
from workbench.data.model.dataset import DataSet, Grain
from workbench.data.model.panel import PERIOD
from workbench.data.model.periods import (
    TIME_UNIT,
    WeekStart,
    period_ends,
    period_number,
    period_starts,
    starts_from_numbers,
    used_days,
)
from workbench.data.model.source_coverage import SourceCoverage
from workbench.errors import Examples, Issue, Where

_QUIET_QUANTILE = 0.95
_SLIGHT_SHARE, _QUIET_SHARE = 1 / 20, 1 / 3  # of a period: never partial below the one, always above the other
_RARE_SHARE = 0.2  # a weekday with fewer days of events than this share of the busiest one is off
_FAR, _FAR_SHARE = pd.Timedelta(days=366), 0.01
DateLike: TypeAlias = "pd.Timestamp | pd.Series"


def count_events_by_day(tallies: Sequence[RepPeriodSums]) -> pd.DataFrame:
    """Return one row per day with events, in order: ``day`` and their number ``n``.

    Aggregated tables, whose plans may reach into the future, count only if there is nothing else."""
    events = [tally.days for tally in tallies if not tally.stamped and len(tally.days)]
    return pd.concat(events or [tally.days for tally in tallies]).groupby("day", as_index=False)["n"].sum()


def data_span(days: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and last day that the data covers; NaT, NaT without any.

    Outlier dates, mostly typing errors, are left out: they would stretch everybody's time.
    """
    main = days["day"][~is_outlier_date(days)]
    return main.min(), main.max()


def is_outlier_date(days: pd.DataFrame) -> pd.Series:
    """Whether a day lies more than a year before or after all but 1% of the events, by row of ``days``."""
    lonely = days["day"].diff() > _FAR
    if not lonely.any():
        return lonely
    few = _FAR_SHARE * days["n"].sum()
    early = (lonely & (days["n"].cumsum().shift() <= few))[::-1].cummax()[::-1].shift(-1, fill_value=False)
    late = (lonely & (days["n"][::-1].cumsum()[::-1] <= few)).cummax()
    return early | late


def outlier_date_issues(days: pd.DataFrame) -> tuple[Issue, ...]:
    """Return a warning for dates that are far from all others."""
    found = days[is_outlier_date(days)]
    if found.empty:
        return ()
    n_rows = int(found["n"].sum())
    shown = Examples.of(f"{day:%Y-%m-%d}" for day in found["day"])
    return (Issue.of("warning", "far_dates", Where(area="dates"), n_rows, days=shown),)


def partial_periods(
    tallies: Sequence[RepPeriodSums], dataset: DataSet, goes_on: tuple[bool, bool] = (False, False)
) -> tuple[pd.Timestamp, ...]:
    """Return the first and last period with events, where the data covers them only in part.

    Only weekdays that usually have events count. A period is partial when more of them are missing at its edge
    than the usual pause between two days with events (95th percentile), and more than a twentieth of it, so that
    neither a weekend nor New Year's Day makes one. Days that a source is said to cover are no missing ones.

    Parameters
    ----------
    goes_on : whether the sources have rows before the first period used, and after the last one: it is whole then.
    """
    days = count_events_by_day(tallies)
    first, last = _said_span(tallies, data_span(days), dataset)
    if dataset.grain == "day" or pd.isna(first):
        return ()
    ends = period_starts(pd.Series([first, last]), dataset.grain, dataset.week_start)
    whole = {end for end, on in zip(ends, goes_on, strict=True) if on}
    found = partial_edges(days["day"], dataset.grain, dataset.week_start, (first, last))
    return tuple(period for period in found if period not in whole)


def _said_span(
    tallies: Sequence[RepPeriodSums], found: tuple[pd.Timestamp, pd.Timestamp], dataset: DataSet
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Extend the days with events to those that every source of the first or last period is said to cover."""
    said = {source.name: pd.Series(source.covers).astype(f"datetime64[{TIME_UNIT}]")
            for source in dataset.sources if source.covers}  # fmt: skip
    if not said or pd.isna(found[0]):
        return found
    edges = period_starts(pd.Series(found), dataset.grain, dataset.week_start)
    own = [(tally.source, data_span(tally.dated)) for tally in tallies if not tally.stamped and len(tally.dated)]
    at = [[source for source, span in own
           if period_starts(pd.Series(span), dataset.grain, dataset.week_start)[end] == edges[end]]
          for end in (0, 1)]  # fmt: skip
    first, last = found
    if at[0] and all(source in said for source in at[0]):
        first = min(first, max(said[source][0] for source in at[0]))
    if at[1] and all(source in said for source in at[1]):
        last = max(last, min(said[source][1] for source in at[1]))
    low, high = used_days(dataset)
    return (first if low is None else max(first, low)), (last if high is None else min(last, high))


def partial_edges(
    days: pd.Series, grain: Grain, week_start: WeekStart = "monday",
    extent: tuple[pd.Timestamp, pd.Timestamp] | None = None,
) -> tuple[pd.Timestamp, ...]:  # fmt: skip
    """Return the first and last period that the days (ascending) cover only in part.

    Parameters
    ----------
    extent : the first and last day that count, default those of ``days``.
    """
    first, last = extent or (days.iloc[0], days.iloc[-1])
    edges = pd.Series([first, last])
    starts = period_starts(edges, grain, week_start)
    ends = period_ends(edges, grain, week_start)
    mask = working_week(days)
    lacking = np.array(
        [_count_working_days(starts[0], first, mask), _count_working_days(last, ends[1], mask, later=True)]
    )
    whole = _count_working_days(starts, ends, mask, later=True)
    allowed = np.minimum(np.maximum(_usual_gap(days, mask), _SLIGHT_SHARE * whole), _QUIET_SHARE * whole)
    return tuple(dict.fromkeys(starts[lacking > allowed]))


def working_week(days: pd.Series) -> list[bool]:
    """Return which weekdays (Monday first) are working days: those that are not rare among days with events."""
    often = days.dt.day_of_week.value_counts().reindex(range(7), fill_value=0)
    return (often >= _RARE_SHARE * often.max()).tolist()


def _count_working_days(first: DateLike, last: DateLike, mask: list[bool], later: bool = False) -> np.ndarray:
    """Count working days from ``first`` to ``last``, including the first, or with ``later`` the last instead."""
    low, high = (np.asarray(date, "datetime64[D]") for date in (first, last))
    return np.busday_count(low + later, high + later, weekmask=mask)


def _usual_gap(days: pd.Series, mask: list[bool]) -> float:
    """Return the 95th percentile of working days without events between two days with events; 0 without events."""
    pauses = _count_working_days(days[:-1], days[1:], mask) - 1
    return float(np.quantile(pauses.clip(0), _QUIET_QUANTILE)) if len(pauses) else 0.0


def covered_periods(
    tallies: Sequence[RepPeriodSums], dataset: DataSet
) -> dict[tuple[str, str], tuple[pd.Timestamp, pd.Timestamp]]:
    """Return the first and last period that each source covers, by (source, date column).

    A source's ``covers`` decides. Without it, each date column covers the days from its first to its last date without
    outliers, and a date column without any date covers those of the source's own. Future dates, such as an expected
    close, do not extend coverage beyond the data set's last day. Outside, counts are missing rather than 0.
    """
    _, last = data_span(count_events_by_day(tallies))
    said = {source.name: source.covers for source in dataset.sources if source.covers}
    own = {tally.source: data_span(tally.dated) for tally in reversed(tallies)}
    spans = {}
    for tally in tallies:
        low, high = data_span(tally.dated) if len(tally.dated) else own[tally.source]
        span = (low, high if tally.stamped else min(high, max(low, last)))
        days = pd.Series(said.get(tally.source, span)).astype(f"datetime64[{TIME_UNIT}]")
        periods = period_starts(days, dataset.grain, dataset.week_start)
        spans[tally.source, tally.column] = (periods[0], periods[1])
    return spans


def source_coverage(tallies: Sequence[RepPeriodSums], dataset: DataSet) -> tuple[SourceCoverage, ...]:
    """Return what each date column that dates a measure covers, in the order of the sources."""
    covered = {at: _within_limits(span, dataset) for at, span in covered_periods(tallies, dataset).items()}
    said = {source.name: source.covers for source in dataset.sources if source.covers}
    found: dict[tuple[str, str], SourceCoverage] = {}
    for tally in tallies:
        at = tally.source, tally.column
        if not tally.measures or tally.dated.empty:
            continue
        if at in found:  # a measure that is credited to other reps has sums of its own
            found[at] = replace(found[at], measures=(*found[at].measures, *(m.name for m in tally.measures)))
            continue
        rows = tally.dated["n"].groupby(period_starts(tally.dated["day"], dataset.grain, dataset.week_start)).sum()
        known = pd.Series(said[tally.source]).astype(f"datetime64[{TIME_UNIT}]") if tally.source in said else None
        found[at] = SourceCoverage(
            *at, tuple(m.name for m in tally.measures), *covered[at],
            _whole_periods(tally, covered[at], known, dataset),
            tuple((period, int(n)) for period, n in rows.items()), known is not None,
            (known[0], known[1]) if known is not None else data_span(tally.dated),
        )  # fmt: skip
    return tuple(found.values())


def _within_limits(span: tuple[pd.Timestamp, pd.Timestamp], dataset: DataSet) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the part of a span inside the data set's first and last period; all of it if nothing is inside."""
    limits = pd.Series([dataset.first, dataset.last]).astype(f"datetime64[{TIME_UNIT}]")
    first, last = period_starts(limits, dataset.grain, dataset.week_start)
    low = span[0] if pd.isna(first) else max(span[0], first)
    high = span[1] if pd.isna(last) else min(span[1], last)
    return (low, high) if low <= high else span


def _whole_periods(
    tally: RepPeriodSums, covered: tuple[pd.Timestamp, pd.Timestamp], known: pd.Series | None, dataset: DataSet
) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    days = tally.dated["day"].sort_values(ignore_index=True)
    extent = tuple(known) if known is not None else data_span(tally.dated)
    partial = set() if dataset.grain == "day" else {*partial_edges(days, dataset.grain, dataset.week_start, extent)}
    numbers = period_number(pd.Series(covered), dataset.grain, dataset.week_start)
    low, high = numbers[0] + (covered[0] in partial), numbers[1] - (covered[1] in partial)
    if low > high:
        return None
    first, last = starts_from_numbers(np.array([low, high]), dataset.grain, dataset.week_start)
    return first, last


def coverage_issues(tallies: Sequence[RepPeriodSums], frame: pd.DataFrame, dataset: DataSet) -> tuple[Issue, ...]:
    """Return a warning per date column that covers only part of the panel; its counts are missing elsewhere."""
    covered = covered_periods(tallies, dataset)
    periods = frame[PERIOD]
    return tuple(
        _coverage_issue(tally, *covered[tally.source, tally.column], periods.min(), periods.max(), dataset.grain)
        for tally in tallies
        if tally.measures
        and len(periods)
        and (covered[tally.source, tally.column][0] > periods.min())
        | (covered[tally.source, tally.column][1] < periods.max())
    )


def _coverage_issue(
    tally: RepPeriodSums,
    low: pd.Timestamp,
    high: pd.Timestamp,
    first: pd.Timestamp,
    last: pd.Timestamp,
    grain: Grain,
) -> Issue:
    days = {"low": low, "high": high, "first": first, "last": last}
    return Issue.of(
        "warning", "coverage", Where(source=tally.source), None, measures=tuple(m.title for m in tally.measures),
        column=tally.column, grain=grain, **{name: f"{day:%Y-%m-%d}" for name, day in days.items()},
    )  # fmt: skip
