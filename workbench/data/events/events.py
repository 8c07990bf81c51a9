"""The clean rows of a source, and the names of their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import ibis.expr.types as ir

from workbench.data.events.opened_tables import OpenedSource
from workbench.data.model.dataset import Measure, Source
from workbench.errors import Issue, Where
from workbench.formula.formula import parse_formula

REASON, SPACED, REPEAT = "reason", "spaced", "repeat"
FIRST, RAW_NAME, WRITTEN, READ = "__first__", "__name__", "__written__", "__read__"  # gone once rows are judged
ID = "__id__"  # by which a later file replaces rows
ROW_KEY = "__key__"  # by which rows of two sources are the same
MOMENT = "__moment__"  # when the row happened, for the order of the rows of a case
EARLIEST, LATEST = 1950, 2100
NUMERIC = ("sum", "mean", "min", "max")
UnusedReason = Literal[
    "duplicate", "total_row", "header_row", "rep_error", "no_match", "blank_rep",
    "no_date", "unreadable_date", "implausible_date", "outside_periods", "replaced",
]  # fmt: skip
REASONS: tuple[UnusedReason, ...] = get_args(UnusedReason)
"""Why a row is not used: ``workbench.words.unused_reasons`` says it."""


@dataclass(frozen=True, eq=False)
class Events:
    """The clean rows of one source.

    Attributes
    ----------
    rows : one row per row of the source: ``rep`` (null without a rep), ``reason`` (of ``REASONS``, why the row is
        not used; null for used rows), ``spaced`` (spaces in the name were removed), ``repeat`` (the row repeats an
        earlier one), a date per entry of ``dates`` (``date0`` …); for measure number i whether the row counts (``w0``
        …) and the value (``v0`` …), and if it is credited by cases, the case (``case0`` …) and whether the row earns
        the credit (``earns0`` …) at its ``MOMENT``; the ``ROW_KEY`` of a file with an id; for lookup number i its key
        and whether it was found; ``ROW``, where the source is a file.
    dates : the source's date columns, its own first.
    remote : the rows are in a database of their own, where everything is computed.
    """

    opened: OpenedSource
    rows: ir.Table
    dates: tuple[str, ...]
    issues: tuple[Issue, ...]
    remote: bool = False

    @property
    def source(self) -> Source:
        return self.opened.source

    @property
    def measures(self) -> tuple[Measure, ...]:
        return self.opened.source.measures

    @property
    def where(self) -> Where:
        return source_place(self.source)


def source_place(source: Source) -> Where:
    """Return the place of a source in issues."""
    return Where(source=source.name)


def date_column(i: int) -> str:
    """Name the column of clean rows with the source's date column number ``i``."""
    return f"date{i}"


def date_columns(source: Source) -> tuple[str, ...]:
    """List the source's own date column, then every other one that a measure names."""
    return tuple(dict.fromkeys((source.date, *(measure.date for measure in source.measures if measure.date))))


def date_number(source: Source, measure: Measure) -> int:
    """Return the number of the date column that dates a measure."""
    return date_columns(source).index(measure.date or source.date)


def used_date_numbers(source: Source) -> tuple[int, ...]:
    """List the numbers of the date columns that date some measure; the source's own without any measure."""
    return tuple(sorted({date_number(source, measure) for measure in source.measures})) or (0,)


def case_column(i: int) -> str:
    """Name the column with the case by which measure number ``i`` is credited."""
    return f"case{i}"


def earns_column(i: int) -> str:
    """Name the column that says whether a row's rep can be credited with measure number ``i``."""
    return f"earns{i}"


def needed_columns(opened: OpenedSource) -> tuple[str, ...]:
    """List the columns that the panel needs: the source's own, in the table's order, then those of its lookups."""
    names = needed_column_names(opened.source)
    taken = [name for each in opened.lookups for name in each.lookup.take]
    return tuple(name for name in dict.fromkeys((*opened.table.columns, *taken)) if name in names)


def needed_column_names(source: Source) -> set[str]:
    """Name the columns that a source reads, its own and those of its lookups."""
    measures = source.measures
    names = {source.rep, *date_columns(source), *(measure.column for measure in measures if measure.column)}
    names |= {source.id} if source.id else set()
    names |= {name for measure in measures if measure.where for name in parse_formula(measure.where).names}
    credits = [measure.credit for measure in measures if measure.credit]
    names |= {credit.case for credit in credits}
    names |= {name for credit in credits if credit.where for name in parse_formula(credit.where).names}
    return names | {name for lookup in source.lookups for name in lookup.on}


def needed_own_columns(opened: OpenedSource) -> tuple[str, ...]:
    """List the ``needed_columns`` of the source's own table."""
    return tuple(name for name in needed_columns(opened) if name in opened.table.columns)
