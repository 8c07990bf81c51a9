"""Aggregate events per rep and period in the engine: one scan per date column, for all its measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.aggregate.credited import SHARE, credited_rows
from workbench.data.events.affected_totals import counts_column, value_column
from workbench.data.events.events import REASON, Events, date_column, date_number, used_date_numbers
from workbench.data.model.daily import N_EVENTS
from workbench.data.model.dataset import ADDITIVE, DataSet, Measure
from workbench.data.model.panel import N_PART, PERIOD, REP, SUM_PART
from workbench.data.model.periods import TIME_UNIT, is_used_day, neighbours_of_used, period_start

ROWS, FIRST, LAST = "__rows__", "__first__", "__last__"


@dataclass(frozen=True, eq=False)
class RepPeriodSums:
    """The aggregates of one date column of one source.

    Attributes
    ----------
    frame : one row per rep and period with events: ``rep``, ``period``, ``ROWS``, the days of the first and last event,
        and a column per measure dated by this column (for a mean its sum and its n).
    daily : one row per rep and day with events: ``rep``, ``day``, ``N_EVENTS``, ``active`` (false where a table with
        one row per day says 0), and the additive measures, means as their parts.
    days : every day with events, and their number: ``day``, ``n``.
    dated : the same over all of the source's rows with this date, whether or not a measure counts them.
    measures : the measures dated by this column.
    stamped : the dates stand for whole periods (the table is already aggregated), not for days of events.
    """

    source: str
    column: str
    frame: pd.DataFrame
    daily: pd.DataFrame
    days: pd.DataFrame
    dated: pd.DataFrame
    measures: tuple[Measure, ...]
    stamped: bool = False


def sum_by_rep_and_period(events: Events, dataset: DataSet) -> tuple[RepPeriodSums, ...]:
    """Aggregate a source per rep and period.

    One entry per date column that dates a measure, always including the source's own; and one per measure that is
    credited to other rows' reps."""
    numbers = sorted({0, *used_date_numbers(events.source)})
    credited = [j for j, measure in enumerate(events.measures) if measure.credit]
    return (
        *(_sum_by_date(events, i, dataset) for i in numbers),
        *(_sum_credited(events, j, dataset) for j in credited),
    )


def _sum_by_date(events: Events, i: int, dataset: DataSet) -> RepPeriodSums:
    mine = [
        j for j, each in enumerate(events.measures) if date_number(events.source, each) == i and each.credit is None
    ]
    rows = filter_events(events, i, mine, dataset)
    dated = None if i == 0 else _to_frame(_count_by_day(_filter_dated(events, i, dataset), i))
    return _sum_rows(events, i, rows, dated, mine, dataset)


def _sum_credited(events: Events, j: int, dataset: DataSet) -> RepPeriodSums:
    """Aggregate a measure under the reps who get the credit; they count as active where they are credited."""
    i = date_number(events.source, events.measures[j])
    credited = credited_rows(events, j, events.measures[j])
    rows = credited.filter(credited[REP].notnull() & is_used_day(credited[date_column(i)], dataset))
    return _sum_rows(events, i, rows, _to_frame(_count_by_day(_filter_dated(events, i, dataset), i)), [j], dataset)


def _sum_rows(
    events: Events, i: int, rows: ir.Table, dated: pd.DataFrame | None, mine: list[int], dataset: DataSet
) -> RepPeriodSums:
    period = period_start(rows[date_column(i)], dataset.grain, dataset.week_start)
    grouped = rows.group_by(rep=rows[REP], period=period).aggregate(
        **{ROWS: rows.count(), FIRST: rows[date_column(i)].min(), LAST: rows[date_column(i)].max()},
        **{name: expr for j in mine for name, expr in _aggregates(rows, j, events).items()},
    )
    measures = tuple(events.measures[j] for j in mine)
    frame = _name_measures(_to_frame(grouped), dict(zip(mine, measures, strict=True)))
    daily = _sum_by_day(rows, i, mine, events)
    days = daily.groupby("day", as_index=False)[N_EVENTS].sum().rename(columns={N_EVENTS: "n"})
    return RepPeriodSums(
        events.source.name, events.dates[i], frame, daily, days, days if dated is None else dated, measures
    )


def _sum_by_day(rows: ir.Table, i: int, mine: list[int], events: Events) -> pd.DataFrame:
    """Add up measures per rep and day; a blank amount adds nothing."""
    summed = {j: events.measures[j] for j in mine if events.measures[j].aggregate in ("count", "sum", "mean")}
    aggregates = {name: expr for j in summed for name, expr in _aggregates(rows, j, events).items()}
    found = _to_frame(
        rows.group_by(rep=rows[REP], day=rows[date_column(i)]).aggregate(**{ROWS: rows.count()}, **aggregates)
    )
    columns = {REP: found[REP], "day": found["day"], N_EVENTS: found[ROWS]}
    for j, measure in summed.items():
        if measure.aggregate == "mean":
            columns |= {measure.name + part: found[f"m{j}{part}"].fillna(0.0) for part in (SUM_PART, N_PART)}
        else:
            columns[measure.name] = found[f"m{j}{SUM_PART}" if measure.aggregate == "sum" else f"m{j}"].fillna(0.0)
    daily = pd.DataFrame(columns)
    values = [name for name in columns if name not in (REP, "day", N_EVENTS)]
    said = (daily[values] != 0).any(axis=1) if values and (daily[N_EVENTS] <= 1).all() else True
    return daily.assign(active=said)


def filter_events(events: Events, i: int, mine: Sequence[int], dataset: DataSet) -> ir.Table:
    """Keep the rows that are events: all of them at the source's own date, else those that a measure counts there."""
    dated = _filter_dated(events, i, dataset)
    return dated if i == 0 else dated.filter(ibis.or_(False, *(dated[counts_column(j)] for j in mine)))


def _filter_dated(events: Events, i: int, dataset: DataSet) -> ir.Table:
    """Keep rows with a rep and a date in column ``i`` within the periods that the data set uses."""
    rows = events.rows
    return rows.filter(rows[REP].notnull() & is_used_day(rows[date_column(i)], dataset))


def _count_by_day(rows: ir.Table, i: int) -> ir.Table:
    return rows.group_by(day=rows[date_column(i)]).aggregate(n=rows.count())


@ibis.udf.agg.builtin(name="fsum")
def _exact_sum(values: float) -> float:
    """Built into DuckDB: a sum that hardly depends on the order of the rows."""


def _aggregates(rows: ir.Table, j: int, events: Events) -> dict[str, ir.Scalar]:
    """Return aggregates named by the measure's number, since engines do not distinguish ``Won`` from ``won``."""
    name, holds, measure = f"m{j}", rows[counts_column(j)], events.measures[j]
    share = rows[SHARE] if SHARE in rows.columns else None
    if measure.aggregate == "count":
        present = rows[value_column(j)].notnull() if measure.column else ibis.literal(True)
        return {name: rows.count(where=holds & present) if share is None else share.sum(where=holds & present)}
    values = rows[value_column(j)]
    if measure.aggregate in ("sum", "mean"):
        parts = values if share is None else values * share
        known = holds & values.notnull()
        return {
            name + SUM_PART: parts.sum(where=holds) if events.remote else _exact_sum(parts, where=holds),
            name + N_PART: values.count(where=holds) if share is None else share.sum(where=known).coalesce(0.0),
            name + ROWS: rows.count(where=holds),
        }
    if measure.aggregate == "distinct":
        return {name: values.nunique(where=holds)}
    return {name: values.min(where=holds) if measure.aggregate == "min" else values.max(where=holds)}


def _to_frame(rows: ir.Table) -> pd.DataFrame:
    """Fetch rows as a frame with days as datetime64 and numbers as floats."""
    frame = rows.to_pyarrow().to_pandas()
    for name in frame.columns.intersection([PERIOD, FIRST, LAST, "day"]):
        frame[name] = pd.to_datetime(frame[name]).astype(f"datetime64[{TIME_UNIT}]")
    numbers = frame.columns.difference([REP, PERIOD, FIRST, LAST, "day"])
    return frame.astype(dict.fromkeys(numbers, "float64"))


def _name_measures(frame: pd.DataFrame, measures: dict[int, Measure]) -> pd.DataFrame:
    """Rename columns to the measures' names.

    A table with one row per rep and period keeps blanks as missing; among events a blank amount adds nothing."""
    already_aggregated = bool((frame[ROWS] <= 1).all())
    columns = {name: frame[name] for name in (REP, PERIOD, ROWS, FIRST, LAST)}
    for j, measure in measures.items():
        columns |= _columns(frame, f"m{j}", measure, already_aggregated)
    return pd.DataFrame(columns)


def _columns(frame: pd.DataFrame, name: str, measure: Measure, already_aggregated: bool) -> dict[str, pd.Series]:
    if measure.aggregate not in ("sum", "mean"):
        return {measure.name: frame[name]}
    total, n, rows = (frame[name + part] for part in (SUM_PART, N_PART, ROWS))
    if measure.aggregate == "mean":
        return {measure.name + SUM_PART: total.fillna(0.0), measure.name + N_PART: n}
    unknown = (rows > 0) & (n == 0) & already_aggregated
    return {measure.name: total.fillna(0.0).mask(unknown)}


def sum_undated(events: Events, some: bool = True) -> pd.DataFrame:
    """Add up the measures of each rep over events without a date: one row per ``rep``.

    Reps without any such event are left out; unless ``some``, there are none and nothing is computed.
    """
    if not some:
        return pd.DataFrame({REP: pd.Series(dtype="str")})
    mine = {j: m for j, m in enumerate(events.measures) if m.aggregate in ADDITIVE and m.credit is None}
    rows = events.rows.filter(events.rows[REP].notnull())
    lacking = {j: rows[date_column(date_number(events.source, measure))].isnull() for j, measure in mine.items()}
    rows = rows.mutate(**{counts_column(j): rows[counts_column(j)] & missing for j, missing in lacking.items()})
    aggregates = {name: expr for j in mine for name, expr in _aggregates(rows, j, events).items()}
    frame = _to_frame(rows.group_by(REP).aggregate(n=rows.count(), **aggregates))
    named = {m.name: frame[f"m{j}{SUM_PART}" if m.aggregate == "sum" else f"m{j}"] for j, m in mine.items()}
    counts = pd.DataFrame({REP: frame[REP], **named}).fillna(dict.fromkeys(named, 0.0))
    return counts[(counts[list(named)] != 0).any(axis=1)]


def first_event_days(events: Events) -> pd.Series:
    """Return the day of each rep's first event at any date column that dates a measure, by rep."""
    rows = events.rows.filter(events.rows[REP].notnull())
    days = [rows[date_column(i)].min() for i in sorted({0, *used_date_numbers(events.source)})]
    first = rows.group_by(REP).aggregate(**{f"d{i}": day for i, day in enumerate(days)})
    frame = first.to_pyarrow().to_pandas().set_index(REP)
    return frame.apply(pd.to_datetime).min(axis=1).astype(f"datetime64[{TIME_UNIT}]")


def goes_on_beside(events: Events, dataset: DataSet) -> tuple[bool, bool]:
    """Whether a source has rows in the period before the first one used, and in the one after the last one used.

    A period at such an edge is whole, however few its last days with rows are.
    """
    neighbours = neighbours_of_used(dataset)
    rows = events.rows.filter(events.rows[REP].notnull())
    days = [rows[date_column(i)] for i in sorted({0, *used_date_numbers(events.source)})]
    found = [
        edge is not None and bool(rows.filter(ibis.or_(*(day.cast("date").between(*edge) for day in days)))
                                  .count().to_pyarrow().as_py())
        for edge in neighbours
    ]  # fmt: skip
    return found[0], found[1]


def count_rows_by_rep(events: Events) -> dict[str, int]:
    """Count used rows by rep."""
    used = events.rows.filter(events.rows[REASON].isnull())
    counts = used.group_by(REP).aggregate(n=used.count()).order_by(REP).to_pyarrow()
    return dict(zip(counts[REP].to_pylist(), counts["n"].to_pylist(), strict=True))
