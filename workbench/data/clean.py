"""From rows as the file writes them to clean rows (see ``workbench.data.events``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

import ibis
import ibis.expr.types as ir

from workbench.data import columns
from workbench.data.columns import Reading
from workbench.data.conditions import absent_choices, condition
from workbench.data.events import (
    EARLIEST,
    LATEST,
    NUMERIC,
    REASON,
    REPEAT,
    SPACED,
    Events,
    date,
    date_columns,
    dated_by,
    place,
)  # fmt: skip
from workbench.data.formula import parse
from workbench.data.lookups import found, keys
from workbench.data.missing import SPREADSHEET_ERRORS
from workbench.data.opened import OpenedSource
from workbench.data.panel import REP
from workbench.data.rep_names import NO_NAME, TOTALS, one_name, tidy
from workbench.data.spec import DataSet, Measure, Source
from workbench.data.stakes import counted, value
from workbench.data.table import ROW
from workbench.errors import Issue

FIRST = "__first__"
Key = TypeVar("Key")


def clean_rows(opened: OpenedSource, rows: ir.Table, dataset: DataSet, remote: bool = False) -> Events:
    """The clean rows of a source, as an expression, with everything that reading its columns found.

    Parameters
    ----------
    rows : the needed columns, with ``ROW``, ``FIRST``, ``REPEAT`` and the lookups' columns unless ``remote``.
    """
    source, read = opened.source, _Reader(opened.source, rows, dataset.timezone)
    dates = {name: _plausible(read.moment(name)) for name in date_columns(source)}
    who = tidy(read.text(source.rep))
    reason = _reason(opened, rows, read, who, dates, remote)
    shown = {
        REP: one_name(reason.isin(_WITHOUT_DATE).fill_null(True).ifelse(who, ibis.null("string")), dataset.same_rep),
        REASON: reason,
        SPACED: (rows[source.rep].cast("string") != who).fill_null(False),
        **{date(i): dates[name] for i, name in enumerate(dates)},
        **dict(_measured(source, rows, read, dates)),
    }
    extra = [name for i, each in enumerate(opened.lookups) for name in (found(i), *keys(i, each.lookup))]
    kept = [] if remote else [ROW, REPEAT, *extra]
    return Events(opened, rows.select(*kept, **shown), tuple(dates), tuple(dict.fromkeys(read.issues)), remote)


_WITHOUT_DATE = ("no_date", "unreadable_date", "implausible_date")


class _Reader:
    """Reads each column once per type, collecting the issues."""

    def __init__(self, source: Source, rows: ir.Table, timezone: str | None) -> None:
        self.source, self.rows, self.timezone = source, rows, timezone
        self.issues: list[Issue] = []
        self._seen: dict[tuple[str, str], ir.Value] = {}

    def text(self, name: str) -> ir.StringValue:
        return self._once("text", name, lambda: columns.text(self.rows, name))

    def number(self, name: str) -> ir.FloatingValue:
        return self._once("number", name, lambda: columns.number(self.rows, name, self.source.decimal)).cast("float64")

    def moment(self, name: str) -> ir.TimestampValue:
        form = self.source.date_format
        return self._once("moment", name, lambda: columns.moment(self.rows, name, form, self.timezone))

    def _once(self, how: str, name: str, read: Callable[[], Reading]) -> ir.Value:
        if (how, name) not in self._seen:
            reading = read()
            self.issues += [replace(issue, where=f"{place(self.source)}, “{name}”") for issue in reading.issues]
            self._seen[how, name] = reading.expr
        return self._seen[how, name]


def _plausible(moment: ir.TimestampValue) -> ir.DateValue:
    day = moment.cast("date")
    return day.year().between(EARLIEST, LATEST).ifelse(day, ibis.null("date"))


def _reason(
    opened: OpenedSource,
    rows: ir.Table,
    read: _Reader,
    who: ir.StringValue,
    dates: Mapping[str, ir.DateValue],
    remote: bool,
) -> ir.StringValue:
    source = opened.source
    used = [date_columns(source)[i] for i in dated_by(source)]
    undated = ibis.and_(*(dates[name].isnull() for name in used))
    written = ibis.or_(*(read.text(name).notnull() for name in used))
    nobody = who.isnull() | who.lower().isin(NO_NAME)
    cases = [
        *(() if remote else _file_reasons(opened, rows, nobody | undated)),
        (who.lower().isin(TOTALS), "total_row"),
        (who.lower().isin(SPREADSHEET_ERRORS), "rep_error"),
        *((nobody & ~match, "no_match") for match in _matches(opened, rows)),
        (nobody, "blank_rep"),
        (undated & ~written, "no_date"),
        (undated & ibis.or_(*(read.moment(name).notnull() for name in used)), "implausible_date"),
        (undated, "unreadable_date"),
    ]
    return ibis.cases(*((test.fill_null(False), reason) for test, reason in cases), else_=ibis.null("string"))


def _file_reasons(opened: OpenedSource, rows: ir.Table, incomplete: ir.BooleanValue) -> Iterator[tuple]:
    if opened.source.duplicates == "drop":
        yield rows[REPEAT], "duplicate"
    first = columns.text(rows, FIRST).expr.lower()
    yield incomplete & (first.isin(TOTALS) | first.startswith("total ") | first.startswith("grand total")), "total_row"


def _matches(opened: OpenedSource, rows: ir.Table) -> Iterator[ir.BooleanValue]:
    """For a rep that is looked up: whether the row's key, if it has one, was found."""
    for i, each in enumerate(opened.lookups):
        if opened.source.rep in each.lookup.take and opened.source.rep not in each.lookup.on:
            yield rows[found(i)] | ibis.or_(*(rows[key].isnull() for key in keys(i, each.lookup)))


def _measured(source: Source, rows: ir.Table, read: _Reader, dates: Mapping[str, ir.DateValue]) -> Iterator[tuple]:
    for i, measure in enumerate(source.measures):
        yield counted(i), _counts(source, measure, rows, read, dates)
        if measure.column:
            yield value(i), read.number(measure.column) if measure.aggregate in NUMERIC else read.text(measure.column)


def _counts(
    source: Source, measure: Measure, rows: ir.Table, read: _Reader, dates: Mapping[str, ir.DateValue]
) -> ir.BooleanValue:
    if measure.where is None:
        return ibis.literal(True)
    where = f"{place(source)}, measure “{measure.name}”"
    formula = parse(measure.where, where=where)
    holds, issues = condition(formula, rows, dates, source.decimal)
    read.issues += [*issues, *absent_choices(formula, rows, where)]
    return holds
