"""A source's rows with every needed column read, and nothing judged yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from workbench.data.columns.column_reader import ColumnReader
from workbench.data.engine.embedded import FILE, ROW
from workbench.data.events.affected_totals import counts_column, value_column
from workbench.data.events.events import (
    FIRST,
    ID,
    MOMENT,
    NUMERIC,
    RAW_NAME,
    READ,
    REPEAT,
    WRITTEN,
    Events,
    case,
    date_column,
    date_columns,
    dated_by,
    earns,
    source_place,
)
from workbench.data.events.lookups import key_columns, match_column
from workbench.data.events.opened_tables import OpenedSource
from workbench.data.events.row_filter import absent_choices, condition
from workbench.data.model.dataset import Source
from workbench.formula.formula import parse_formula


def parse_rows(opened: OpenedSource, rows: ir.Table, timezone: str | None, remote: bool = False) -> Events:
    """The rows with dates, values and conditions read, as an expression, and everything that reading found.

    Parameters
    ----------
    rows : the needed columns, with ``ROW``, ``FIRST``, ``REPEAT`` and the lookups' columns unless ``remote``.
    """
    source, read = opened.source, ColumnReader(opened.source, rows, timezone, remote)
    dates = [read.dates(name).cast("date") for name in date_columns(source)]
    used = dated_by(source)
    seen = ibis.or_(*(dates[i].notnull() for i in used))
    shown = {
        RAW_NAME: rows[source.rep] if rows[source.rep].type().is_string() else read.text(source.rep),
        WRITTEN: seen.ifelse(True, ibis.or_(*(read.has_value(date_columns(source)[i]) for i in used))),
        READ: seen,
        **{date_column(i): day for i, day in enumerate(dates)},
        **dict(_measured(opened, read)),
        **_replacing(source, read, rows),
    }
    extra = [name for i, each in enumerate(opened.lookups) for name in (match_column(i), *key_columns(i, each.lookup))]
    kept = [] if remote else [ROW, REPEAT, FIRST, *extra, *([FILE] if FILE in rows.columns else [])]
    return Events(opened, rows.select(*kept, **shown), date_columns(source), tuple(dict.fromkeys(read.issues)), remote)


def _measured(opened: OpenedSource, read: ColumnReader) -> Iterator[tuple[str, ir.Value]]:
    for i, measure in enumerate(opened.source.measures):
        yield counts_column(i), _condition(opened, measure.name, measure.where, read)
        if measure.column:
            yield value_column(i), _value(measure.aggregate, measure.column, read)
        if measure.credit:
            yield case(i), read.text(measure.credit.case)
            yield earns(i), _condition(opened, measure.name, measure.credit.where, read)
    if any(measure.credit for measure in opened.source.measures):
        yield MOMENT, read.dates(opened.source.date)


def _replacing(source: Source, read: ColumnReader, rows: ir.Table) -> dict[str, ir.Value]:
    """By what a later file replaces earlier rows: the row's id (blank ids replace nothing); its own date."""
    return {ID: read.text(source.id)} if source.replace == "id" and source.id and FILE in rows.columns else {}


def _value(aggregate: str, column: str, read: ColumnReader) -> ir.Value:
    if aggregate in NUMERIC:
        return read.number(column)
    return read.text(column) if aggregate == "distinct" else read.has_value(column).nullif(False)


def _condition(opened: OpenedSource, name: str, text: str | None, read: ColumnReader) -> ir.BooleanValue:
    """The rows for which a condition of the measure ``name`` holds; all of them without one."""
    if text is None:
        return ibis.literal(True)
    where = replace(source_place(opened.source), measure=name)
    formula = parse_formula(text, where=where)
    read.issues += absent_choices(formula, read, where)
    return condition(formula, read, date_columns(opened.source))
