"""Find when each rep was active: the rows of the panel, and the days in each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.data.aggregate.rep_period_sums import FIRST, LAST, ROWS, RepPeriodSums
from workbench.data.aggregate.roster import Team
from workbench.data.model.dataset import DataSet, Grain
from workbench.data.model.panel import PERIOD, REP
from workbench.data.model.periods import (
    TIME_UNIT,
    WeekStart,
    months_between,
    period_ends,
    period_number,
    span_days,
    starts_from_numbers,
)
from workbench.errors import Examples, InputError, Issue, Where

MOST_ROWS = 5_000_000


def first_and_last_events(tallies: Sequence[RepPeriodSums]) -> pd.DataFrame:
    """Return the days of each rep's first and last event per period over all sources: ``rep period FIRST LAST``."""
    rows = pd.concat([tally.frame[[REP, PERIOD, FIRST, LAST]] for tally in tallies], ignore_index=True)
    return rows.groupby([REP, PERIOD], as_index=False).agg({FIRST: "min", LAST: "max"})


def active_spans(
    seen: pd.DataFrame,
    team: Team | None,
    extent: tuple[pd.Timestamp, pd.Timestamp],
    began: pd.Series | None = None,
) -> pd.DataFrame:
    """Return the first and last day on which each rep was active.

    The roster's dates where it has them, else the first and last event; a rep without an end in a roster with an end
    column is still employed. Only time within the data's own days (``extent``) counts.

    Parameters
    ----------
    began : day of each rep's first event, also before the periods in use: the start of tenure without a roster date.

    Returns
    -------
    DataFrame
        One row per rep: ``rep``; ``start`` and ``end`` by the roster (NaT unknown); ``begin``, start of tenure;
        ``first`` and ``last`` active day in the data (NaT for a rep with neither events nor dates).
    """
    reps = seen.groupby(REP).agg(seen_first=(FIRST, "min"), seen_last=(LAST, "max"))
    if team is not None:
        reps = reps.join(team.frame.set_index(REP)[["start", "end"]].assign(listed=True), how="outer")
    dates = ("seen_first", "seen_last", "start", "end")
    reps = reps.reindex(columns=[*dates, "listed"]).astype(dict.fromkeys(dates, f"datetime64[{TIME_UNIT}]"))
    known = reps[list(dates)].notna().any(axis=1)
    staying = reps["seen_last"].isna() | (reps["listed"].eq(True) & (team is not None and team.knows_end))
    earliest = reps["start"].fillna(reps["seen_first"]).fillna(extent[0]).where(known)
    latest = reps["end"].fillna(reps["seen_last"].mask(staying, extent[1])).where(known)
    begin = reps["start"].fillna(began.reindex(reps.index)).fillna(earliest) if began is not None else earliest
    first, last = earliest.clip(lower=extent[0]), latest.clip(upper=extent[1])
    kept = first <= last
    spans = reps.assign(begin=begin, first=first.where(kept), last=last.where(kept))
    return spans[["start", "end", "begin", "first", "last"]].rename_axis(REP).sort_index().reset_index()


def active_periods(
    seen: pd.DataFrame, reps: pd.DataFrame, grain: Grain, week_start: WeekStart = "monday"
) -> pd.DataFrame:
    """Return one row per rep and period with activity or events: ``rep period days workdays tenure``.

    Parameters
    ----------
    reps : the result of ``active_spans``.

    Raises
    ------
    InputError
        When there would be more than ``MOST_ROWS`` rows, most likely because of an outlier date.
    """
    there = reps[reps["first"].notna()]
    low = period_number(there["first"], grain, week_start)
    many = period_number(there["last"], grain, week_start) - low + 1
    if many.sum() > MOST_ROWS:
        raise InputError(_too_many_periods_issue(int(many.sum())))
    numbers = np.repeat(low - many.cumsum() + many, many) + np.arange(many.sum())
    spanned = pd.DataFrame(
        {REP: np.repeat(there[REP].to_numpy(), many), PERIOD: starts_from_numbers(numbers, grain, week_start)}
    )
    rows = pd.concat([spanned, seen[[REP, PERIOD]]]).drop_duplicates().sort_values([REP, PERIOD], ignore_index=True)
    return _add_days_and_tenure(
        rows.merge(reps[[REP, "begin", "first", "last"]], on=REP, how="left"), grain, week_start
    )


def _add_days_and_tenure(rows: pd.DataFrame, grain: Grain, week_start: WeekStart) -> pd.DataFrame:
    outside = rows[PERIOD].gt(rows["last"]) | rows["last"].isna()
    since = rows[["first", PERIOD]].max(axis=1).mask(outside, rows[PERIOD] + pd.Timedelta(days=1))
    until = pd.concat([rows["last"], period_ends(rows[PERIOD], grain, week_start)], axis=1).min(axis=1)
    days, workdays = span_days(since, until.mask(outside, rows[PERIOD]))
    tenure = months_between(rows["begin"], rows[PERIOD])
    return rows[[REP, PERIOD]].assign(days=days, workdays=workdays, tenure=tenure)


def employment_issues(tallies: Sequence[RepPeriodSums], reps: pd.DataFrame, dataset: DataSet) -> tuple[Issue, ...]:
    """Return a warning for events in periods outside a rep's employment by the roster; they still count."""
    events = pd.concat([tally.frame[[REP, PERIOD, ROWS]] for tally in tallies]).merge(reps, on=REP)
    ends = period_ends(events[PERIOD], dataset.grain, dataset.week_start)
    outside = events[(events[PERIOD] > events["end"]) | (ends < events["start"])]
    if outside.empty:
        return ()
    n_rows = int(outside[ROWS].sum())
    who = Examples.of(sorted(outside[REP].unique()))
    return (Issue.of("warning", "outside_employment", Where(area="roster"), n_rows, reps=who),)


def _too_many_periods_issue(n: int) -> Issue:
    return Issue.of("error", "too_many_periods", Where(area="data_set"), n_expected=n)
