"""Find the latest cases that may still close, since the export ends before they do."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.events.affected_totals import counts_column
from workbench.data.events.events import REASON, Events, date_column, date_number
from workbench.data.model.dataset import DataSet
from workbench.data.model.periods import period_starts
from workbench.errors import Issue

CLOSED_BY = 0.9  # of the cases that closed: later than they took, few are still to close
FEWEST_OPEN = 0.02  # of the cases of the latest periods
SHORTEST_WAIT = 7  # days; below it the export ends as good as no case too early


def still_open_issues(events: Events, dataset: DataSet) -> tuple[Issue, ...]:
    """Warn of the periods whose cases began so late that some of them close after the export ends.

    A case begins at the source's own date, and closes at another one by which a measure of certain rows counts.
    """
    own, rows = events.source.date, events.rows
    ending = [i for i, each in enumerate(events.measures) if each.where and each.date and each.date != own]
    if not ending:
        return ()
    number = date_number(events.source, events.measures[ending[0]])
    same = [i for i in ending if date_number(events.source, events.measures[i]) == number]
    began, closed = rows[date_column(0)].cast("date"), rows[date_column(number)].cast("date")
    dated = rows.mutate(__began=began, __closed=closed, __over=_is_over(events, same, closed))
    counted = dated.filter(dated[REASON].isnull() & dated["__began"].notnull()).group_by(
        "__began", "__closed", "__over"
    )
    days = counted.aggregate(n=ibis._.count()).to_pyarrow().to_pandas()
    for name in ("__began", "__closed"):
        days[name] = pd.to_datetime(days[name])
    over = days[days["__over"]]
    waited = (over["__closed"] - over["__began"]).dt.days
    if over.empty or (wait := _quantile(waited[waited >= 0], over["n"])) < SHORTEST_WAIT:
        return ()
    low, high = over["__closed"].max() - pd.Timedelta(days=wait), days["__began"].max()
    if low > high:
        return ()
    first, last = period_starts(pd.Series([low, high]), dataset.grain, dataset.week_start)
    late = days[days["__began"] >= first]
    n_open = int(late["n"][~late["__over"]].sum())
    if n_open < FEWEST_OPEN * late["n"].sum():
        return ()
    where = replace(events.where, column=events.dates[number])
    days_of = {"first": first.date().isoformat(), "last": last.date().isoformat()}
    return (Issue.of("warning", "still_open", where, n_open, wait=wait, grain=dataset.grain, **days_of),)


def _is_over(events: Events, measures: list[int], closed: ir.DateValue) -> ir.BooleanValue:
    """Whether a case has closed: with one kind of rows counted, others may have closed too, so the date alone says."""
    if len({events.measures[i].where for i in measures}) < 2:
        return closed.notnull()
    counts = [events.rows[counts_column(i)].fill_null(False) for i in measures]
    return ibis.or_(*counts) & closed.notnull()


def _quantile(days: pd.Series, n: pd.Series) -> int:
    """Return the days in which ``CLOSED_BY`` of the rows closed; ``n`` rows each."""
    ordered = days.sort_values()
    share = n.loc[ordered.index].cumsum() / n.loc[ordered.index].sum()
    return int(ordered[share >= CLOSED_BY].iloc[0]) if len(ordered) else 0
