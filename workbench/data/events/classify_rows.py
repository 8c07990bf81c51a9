"""Find the rep of each row, and the reason why a row is not used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from workbench.data.engine.embedded import FILE, Engine
from workbench.data.engine.temp_tables import materialize
from workbench.data.events.events import (
    EARLIEST,
    FIRST,
    ID,
    LATEST,
    RAW_NAME,
    READ,
    REASON,
    REPEAT,
    SPACED,
    WRITTEN,
    Events,
    date_column,
    used_date_numbers,
)
from workbench.data.events.lookups import key_columns, match_column
from workbench.data.model.dataset import DataSet, Source
from workbench.data.model.panel import REP
from workbench.data.model.periods import is_used_day, period_start
from workbench.data.values.missing import SPREADSHEET_ERRORS
from workbench.data.values.rep_names import NO_NAME, TOTALS, merge_spellings, tidy_names

_WHO, _FAULT = "who", "fault"
_FOOTER = rf"^(?:(?:{'|'.join(map(re.escape, TOTALS))})$|total |grand total|applied filters|filters applied)"
"""A pattern is tried for few rows; the engine would make a list of values a join of all rows, for most of the time."""


def classify_rows(events: Events, dataset: DataSet, engine: Engine) -> Events:
    """Add to each parsed row its ``rep`` and the ``reason`` why it is not used; implausible dates become null."""
    parsed = events.rows
    named = parsed.mutate(**_name_columns(parsed[RAW_NAME], events.source, dataset)) if events.remote else (
        _add_rep_names(events, dataset, engine)
    )  # fmt: skip
    rows = named.mutate(
        **{date_column(i): _plausible_date_or_null(named[date_column(i)]) for i in range(len(events.dates))}
    )
    undated = ibis.and_(*(rows[date_column(i)].isnull() for i in used_date_numbers(events.source)))
    nobodys = _no_rep_reason(events, rows, undated)
    old = _is_replaced(events, rows, dataset)
    elsewhen = ~ibis.or_(
        *(is_used_day(rows[date_column(i)], dataset).fill_null(False) for i in used_date_numbers(events.source))
    )
    judged = rows.mutate(**{
        REASON: nobodys.coalesce(
            old.ifelse("replaced", None), _no_date_reason(rows, undated), elsewhen.ifelse("outside_periods", None)
        ),
        REP: (nobodys.isnull() & ~old).ifelse(rows[_WHO], ibis.null("string")),
    })  # fmt: skip
    spent = {RAW_NAME, WRITTEN, READ, _WHO, _FAULT, FIRST, FILE, ID} & {*judged.columns}
    return replace(events, rows=judged.drop(*spent))


def _is_replaced(events: Events, rows: ir.Table, dataset: DataSet) -> ir.BooleanValue:
    """Whether a later file overrides a row: its id, or its period, occurs in a later file again."""
    if events.source.replace is None or FILE not in rows.columns:
        return ibis.literal(False)
    if events.source.replace == "id":
        key: ir.Value = rows[ID]
    else:
        key = period_start(rows[date_column(0)], dataset.grain, dataset.week_start)
    newest = rows[FILE].max().over(ibis.window(group_by=key))
    return key.notnull() & (rows[FILE] < newest)


def _add_rep_names(events: Events, dataset: DataSet, engine: Engine) -> ir.Table:
    """Add rep names, cleaning each distinct name only once.

    The names are stored apart: as part of the same query they would make the engine keep all rows while they are found.
    """
    parsed = events.rows
    names = parsed.select(raw=parsed[RAW_NAME]).distinct()
    known = materialize(engine, names.select(names.raw, **_name_columns(names.raw, events.source, dataset)))
    return parsed.left_join(known, parsed[RAW_NAME] == known.raw).drop("raw")


def _name_columns(raw: ir.StringValue, source: Source, dataset: DataSet) -> dict[str, ir.Value]:
    who = tidy_names(raw)
    fault = ibis.cases(
        (who.lower().isin(TOTALS), "total_row"),
        (who.lower() == source.rep.strip().lower(), "header_row"),
        (who.lower().isin(SPREADSHEET_ERRORS), "rep_error"),
        (who.lower().isin(NO_NAME), "blank_rep"),
        else_=ibis.null("string"),
    )
    return {_WHO: merge_spellings(who, dataset.same_rep), _FAULT: fault, SPACED: (raw != who).fill_null(False)}


def _plausible_date_or_null(day: ir.DateValue) -> ir.DateValue:
    return day.year().between(EARLIEST, LATEST).ifelse(day, ibis.null("date"))


def _no_rep_reason(events: Events, rows: ir.Table, undated: ir.BooleanValue) -> ir.StringValue:
    """Return why a row has no rep, the first reason that holds; null if it has one.

    A row without a name has the lookup's reason if names come from a lookup.
    """
    fault, nameless = rows[_FAULT], rows[_WHO].isnull() | (rows[_FAULT] == "blank_rep").fill_null(False)
    cases = [
        *(() if events.remote else _file_reasons(events, rows, nameless | undated)),
        *((nameless & ~match, "no_match") for match in _matches(events, rows)),
        (nameless, "blank_rep"),
    ]
    return ibis.cases(*cases, else_=fault)


def _no_date_reason(rows: ir.Table, undated: ir.BooleanValue) -> ir.StringValue:
    why = ibis.cases((~rows[WRITTEN], "no_date"), (rows[READ], "implausible_date"), else_="unreadable_date")
    return undated.ifelse(why, ibis.null("string"))


def _file_reasons(events: Events, rows: ir.Table, incomplete: ir.BooleanValue) -> Iterator[tuple]:
    if events.source.duplicates == "drop":
        yield rows[REPEAT], "duplicate"
    first = rows[FIRST].cast("string").lower().strip()
    yield incomplete.ifelse(first.re_search(_FOOTER).fill_null(False), False), "total_row"


def _matches(events: Events, rows: ir.Table) -> Iterator[ir.BooleanValue]:
    """Yield, if reps come from a lookup, whether the row's key was found or is blank."""
    for i, each in enumerate(events.opened.lookups):
        if events.source.rep in each.lookup.take and events.source.rep not in each.lookup.on:
            yield rows[match_column(i)] | ibis.or_(*(rows[key].isnull() for key in key_columns(i, each.lookup)))
