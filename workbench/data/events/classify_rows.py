"""Whose row it is, and the reason why a row is not used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from workbench.data.engine.embedded import FILE
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
    dated_by,
)
from workbench.data.events.lookups import key_columns, match_column
from workbench.data.model.dataset import DataSet, Source
from workbench.data.model.panel import REP
from workbench.data.model.periods import in_use, period_of
from workbench.data.values.missing import SPREADSHEET_ERRORS
from workbench.data.values.rep_names import NO_NAME, TOTALS, merge_spellings, tidy_names

_WHO, _FAULT = "who", "fault"
_FOOTERS = ("total ", "grand total", "applied filters", "filters applied")


def classify_rows(events: Events, dataset: DataSet) -> Events:
    """The parsed rows of a source, each with its ``rep`` and the ``reason`` it is not used for; odd dates are gone."""
    parsed = events.rows
    named = parsed.mutate(**_name(parsed[RAW_NAME], events.source, dataset)) if events.remote else (
        _with_names(events, dataset)
    )  # fmt: skip
    rows = named.mutate(**{date_column(i): _plausible(named[date_column(i)]) for i in range(len(events.dates))})
    undated = ibis.and_(*(rows[date_column(i)].isnull() for i in dated_by(events.source)))
    nobodys = _nobodys(events, rows, undated)
    old = _replaced(events, rows, dataset)
    elsewhen = ~ibis.or_(*(in_use(rows[date_column(i)], dataset).fill_null(False) for i in dated_by(events.source)))
    judged = rows.mutate(**{
        REASON: nobodys.coalesce(
            old.ifelse("replaced", None), _lacking_date(rows, undated), elsewhen.ifelse("outside_periods", None)
        ),
        REP: (nobodys.isnull() & ~old).ifelse(rows[_WHO], ibis.null("string")),
    })  # fmt: skip
    spent = {RAW_NAME, WRITTEN, READ, _WHO, _FAULT, FIRST, FILE, ID} & {*judged.columns}
    return replace(events, rows=judged.drop(*spent))


def _replaced(events: Events, rows: ir.Table, dataset: DataSet) -> ir.BooleanValue:
    """Which rows a later file overrides: those of an id, or of a period, that stands in a later file again."""
    if events.source.replace is None or FILE not in rows.columns:
        return ibis.literal(False)
    if events.source.replace == "id":
        key: ir.Value = rows[ID]
    else:
        key = period_of(rows[date_column(0)], dataset.grain, dataset.week_start)
    newest = rows[FILE].max().over(ibis.window(group_by=key))
    return key.notnull() & (rows[FILE] < newest)


def _with_names(events: Events, dataset: DataSet) -> ir.Table:
    """Each different name is looked at once, however many rows it has."""
    parsed = events.rows
    names = parsed.select(raw=parsed[RAW_NAME]).distinct()
    known = names.select(names.raw, **_name(names.raw, events.source, dataset))
    return parsed.left_join(known, parsed[RAW_NAME] == known.raw).drop("raw")


def _name(raw: ir.StringValue, source: Source, dataset: DataSet) -> dict[str, ir.Value]:
    who = tidy_names(raw)
    fault = ibis.cases(
        (who.lower().isin(TOTALS), "total_row"),
        (who.lower() == source.rep.strip().lower(), "header_row"),
        (who.lower().isin(SPREADSHEET_ERRORS), "rep_error"),
        (who.lower().isin(NO_NAME), "blank_rep"),
        else_=ibis.null("string"),
    )
    return {_WHO: merge_spellings(who, dataset.same_rep), _FAULT: fault, SPACED: (raw != who).fill_null(False)}


def _plausible(day: ir.DateValue) -> ir.DateValue:
    return day.year().between(EARLIEST, LATEST).ifelse(day, ibis.null("date"))


def _nobodys(events: Events, rows: ir.Table, undated: ir.BooleanValue) -> ir.StringValue:
    """Why a row is nobody's, the first reason that holds; null when it is somebody's.

    A row without a name is blamed on its lookup where that is where names come from.
    """
    fault, nameless = rows[_FAULT], rows[_WHO].isnull() | (rows[_FAULT] == "blank_rep").fill_null(False)
    cases = [
        *(() if events.remote else _file_reasons(events, rows, nameless | undated)),
        *((nameless & ~match, "no_match") for match in _matches(events, rows)),
        (nameless, "blank_rep"),
    ]
    return ibis.cases(*cases, else_=fault)


def _lacking_date(rows: ir.Table, undated: ir.BooleanValue) -> ir.StringValue:
    why = ibis.cases((~rows[WRITTEN], "no_date"), (rows[READ], "implausible_date"), else_="unreadable_date")
    return undated.ifelse(why, ibis.null("string"))


def _file_reasons(events: Events, rows: ir.Table, incomplete: ir.BooleanValue) -> Iterator[tuple]:
    if events.source.duplicates == "drop":
        yield rows[REPEAT], "duplicate"
    first = rows[FIRST].cast("string").lower().strip()
    footer = ibis.or_(first.isin(TOTALS), *(first.startswith(word) for word in _FOOTERS))
    yield incomplete.ifelse(footer.fill_null(False), False), "total_row"


def _matches(events: Events, rows: ir.Table) -> Iterator[ir.BooleanValue]:
    """For a rep that is looked up: whether the row's key, if it has one, was found."""
    for i, each in enumerate(events.opened.lookups):
        if events.source.rep in each.lookup.take and events.source.rep not in each.lookup.on:
            yield rows[match_column(i)] | ibis.or_(*(rows[key].isnull() for key in key_columns(i, each.lookup)))
