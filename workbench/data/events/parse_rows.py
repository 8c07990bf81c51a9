"""A source's rows with every needed column read, and nothing judged yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from workbench.data.columns.column_reader import Reader
from workbench.data.engine.embedded import ROW
from workbench.data.events.affected_totals import counted, value
from workbench.data.events.events import (
    FIRST,
    NUMERIC,
    RAW_NAME,
    READ,
    REPEAT,
    WRITTEN,
    Events,
    date,
    date_columns,
    dated_by,
    place,
)
from workbench.data.events.lookups import found, keys
from workbench.data.events.opened_tables import OpenedSource
from workbench.data.events.row_filter import absent_choices, condition
from workbench.data.model.dataset import Measure
from workbench.formula.formula import parse


def parsed_rows(opened: OpenedSource, rows: ir.Table, timezone: str | None, remote: bool = False) -> Events:
    """The rows with dates, values and conditions read, as an expression, and everything that reading found.

    Parameters
    ----------
    rows : the needed columns, with ``ROW``, ``FIRST``, ``REPEAT`` and the lookups' columns unless ``remote``.
    """
    source, read = opened.source, Reader(opened.source, rows, timezone, remote)
    dates = [read.moment(name).cast("date") for name in date_columns(source)]
    used = dated_by(source)
    seen = ibis.or_(*(dates[i].notnull() for i in used))
    shown = {
        RAW_NAME: rows[source.rep] if rows[source.rep].type().is_string() else read.text(source.rep),
        WRITTEN: seen.ifelse(True, ibis.or_(*(read.written(date_columns(source)[i]) for i in used))),
        READ: seen,
        **{date(i): day for i, day in enumerate(dates)},
        **dict(_measured(opened, read)),
    }
    extra = [name for i, each in enumerate(opened.lookups) for name in (found(i), *keys(i, each.lookup))]
    kept = [] if remote else [ROW, REPEAT, FIRST, *extra]
    return Events(opened, rows.select(*kept, **shown), date_columns(source), tuple(dict.fromkeys(read.issues)), remote)


def _measured(opened: OpenedSource, read: Reader) -> Iterator[tuple[str, ir.Value]]:
    for i, measure in enumerate(opened.source.measures):
        yield counted(i), _counts(opened, measure, read)
        if measure.column:
            yield value(i), _value(measure, read)


def _value(measure: Measure, read: Reader) -> ir.Value:
    if measure.aggregate in NUMERIC:
        return read.number(measure.column)
    return read.text(measure.column) if measure.aggregate == "distinct" else read.written(measure.column).nullif(False)


def _counts(opened: OpenedSource, measure: Measure, read: Reader) -> ir.BooleanValue:
    if measure.where is None:
        return ibis.literal(True)
    where = replace(place(opened.source), measure=measure.name)
    formula = parse(measure.where, where=where)
    read.issues += absent_choices(formula, read, where)
    return condition(formula, read, date_columns(opened.source))
