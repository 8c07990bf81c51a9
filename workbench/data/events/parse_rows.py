"""Parse the needed columns of a source's rows."""

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
    ROW_KEY,
    WRITTEN,
    Events,
    case_column,
    date_column,
    date_columns,
    earns_column,
    source_place,
    used_date_numbers,
)
from workbench.data.events.lookups import key_columns, match_column
from workbench.data.events.opened_tables import OpenedSource
from workbench.data.events.row_filter import absent_choice_issues, row_mask
from workbench.data.model.dataset import Source
from workbench.formula.formula import parse_formula


def parse_rows(
    opened: OpenedSource, rows: ir.Table, timezone: str | None, remote: bool = False, with_time: bool = False
) -> Events:
    """Parse dates, values and conditions of rows to an expression, and collect the issues of reading.

    Parameters
    ----------
    rows : the needed columns, with ``ROW``, ``FIRST``, ``REPEAT`` and the lookups' columns unless ``remote``.
    with_time : keep the ``MOMENT`` of each row, not only its day.
    """
    source, read = opened.source, ColumnReader(opened.source, rows, timezone, remote)
    dates = [read.dates(name).cast("date") for name in date_columns(source)]
    used = used_date_numbers(source)
    seen = ibis.or_(*(dates[i].notnull() for i in used))
    shown = {
        RAW_NAME: rows[source.rep] if rows[source.rep].type().is_string() else read.text(source.rep),
        WRITTEN: seen.ifelse(True, ibis.or_(*(read.has_value(date_columns(source)[i]) for i in used))),
        READ: seen,
        **{date_column(i): day for i, day in enumerate(dates)},
        **dict(_measure_columns(opened, read)),
        **({MOMENT: read.dates(source.date)} if with_time or any(each.credit for each in source.measures) else {}),
        **_replacement_keys(source, read, rows),
        **({ROW_KEY: read.text(source.id).hash()} if source.id and not remote else {}),
    }
    extra = [name for i, each in enumerate(opened.lookups) for name in (match_column(i), *key_columns(i, each.lookup))]
    kept = [] if remote else [ROW, REPEAT, FIRST, *extra, *([FILE] if FILE in rows.columns else [])]
    return Events(opened, rows.select(*kept, **shown), date_columns(source), tuple(dict.fromkeys(read.issues)), remote)


def _measure_columns(opened: OpenedSource, read: ColumnReader) -> Iterator[tuple[str, ir.Value]]:
    for i, measure in enumerate(opened.source.measures):
        yield counts_column(i), _read_condition(opened, measure.name, measure.where, read)
        if measure.column:
            yield value_column(i), _read_value(measure.aggregate, measure.column, read)
        if measure.credit:
            yield case_column(i), read.text(measure.credit.case)
            yield earns_column(i), _read_condition(opened, measure.name, measure.credit.where, read)


def _replacement_keys(source: Source, read: ColumnReader, rows: ir.Table) -> dict[str, ir.Value]:
    """Return the key by which a later file replaces earlier rows: the row's id; a blank one replaces nothing."""
    return {ID: read.text(source.id)} if source.replace == "id" and source.id and FILE in rows.columns else {}


def _read_value(aggregate: str, column: str, read: ColumnReader) -> ir.Value:
    if aggregate in NUMERIC:
        return read.number(column)
    return read.text(column) if aggregate == "distinct" else read.has_value(column).nullif(False)


def _read_condition(opened: OpenedSource, name: str, text: str | None, read: ColumnReader) -> ir.BooleanValue:
    """Return for which rows a condition of the measure ``name`` holds; all of them without one."""
    if text is None:
        return ibis.literal(True)
    where = replace(source_place(opened.source), measure=name)
    formula = parse_formula(text, where=where)
    read.issues += absent_choice_issues(formula, read, where)
    return row_mask(formula, read, date_columns(opened.source))
