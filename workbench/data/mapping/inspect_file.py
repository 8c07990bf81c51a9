"""Inspect a file: its format, and the type of each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import ibis.expr.types as ir

from workbench.data.columns.column_reading import LONGEST_VALUE
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.files.file_options import AS_FOUND, FileOptions
from workbench.data.files.open_file import open_file
from workbench.data.files.opening import damage_refused
from workbench.data.files.table import Table, finish_table
from workbench.data.values.date_formats import plan_dates
from workbench.data.values.missing import ALL_MISSING
from workbench.data.values.numbers import NumberPlan, plan_numbers
from workbench.errors import Issue, Where

Type = Literal["number", "money", "percent", "date", "datetime", "text", "id", "empty"]
SAMPLED = 20_000  # rows, spread over the whole file, by which types are told
READABLE = 0.9  # of the values: a column of numbers may have a few that are none
ID_DIGITS = 12
N_EXAMPLES = 3


@dataclass(frozen=True)
class InspectedColumn:
    """One column: its type, its number of blank cells, and its first distinct values.

    ``type`` is number, money (with a currency), percent, date, datetime (with a time of day), id (digits that are
    no amount: with leading zeros, or too many of them), text, or empty.
    """

    name: str
    type: Type
    n_blank: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class FileInspection:
    """The format and columns of a file; ``None`` for what a file of its kind does not have.

    ``decimal`` is the sign that most columns of numbers prove; ``header_row`` the 1-based number of the record with
    the names; ``head`` its first records, each as one text.
    """

    encoding: str | None
    delimiter: str | None
    quote: str | None
    decimal: str | None
    header_row: int | None
    n_rows: int
    n_columns: int
    columns: tuple[InspectedColumn, ...]
    issues: tuple[Issue, ...]
    head: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the keys promised for the ``look`` command, without its issues, whose sentences come from words."""
        return {key: value for key, value in asdict(replace(self, issues=())).items() if key not in ("issues", "head")}


def inspect_file(path: Path, options: FileOptions = AS_FOUND) -> FileInspection:
    """Inspect a file; what is not given is found out.

    An empty file is no error. Types are detected from ``SAMPLED`` rows; blanks are counted in all rows.

    Raises
    ------
    InputError
        When the file is missing or is not a table.
    """
    with Engine() as engine:
        found = open_file(path, path.name, engine, options)
        form = found.form
        with damage_refused(path.name, engine.limits):
            opened = finish_table(found, found.rows, path.name, engine) if found.rows is not None else None
        values, n_blank = (_sample_values(opened), opened.n_blank) if opened else ({}, {})
        empty = Issue.of("error", "empty_file", Where(file=path.name))
        issues = opened.issues if opened else (*found.issues, empty)
    plans = {name: plan_numbers(_count_shapes(each, _number_shape)) for name, each in values.items()}
    columns = tuple(_inspect_column(name, values[name], plans[name], n_blank[name]) for name in values)
    n_rows = opened.n_rows if opened else 0
    decimal = _usual_decimal(columns, plans)
    return FileInspection(
        form.encoding, form.delimiter, form.quote, decimal, form.header_row, n_rows, len(columns), columns, issues,
        form.head,
    )  # fmt: skip


def _sample_values(table: Table) -> dict[str, list[str]]:
    """Return the values of every column as text, without blanks, from evenly spaced rows."""
    step = max(1, table.n_rows // SAMPLED)
    rows: ir.Table = table.rows.filter(table.rows[ROW] % step == 0) if step > 1 else table.rows
    texts = rows.select(**{name: rows[name].cast("string") for name in table.columns}).to_pyarrow()
    return {name: [v.strip() for v in texts[name].to_pylist() if v and v.strip()] for name in table.columns}


def _inspect_column(name: str, values: Sequence[str], plan: NumberPlan, n_blank: int) -> InspectedColumn:
    examples = tuple(dict.fromkeys(v[:60] for v in values[:1000]))[:N_EXAMPLES]
    return InspectedColumn(name, _infer_type(values, plan), n_blank, examples)


def _infer_type(values: Sequence[str], numbers: NumberPlan) -> Type:
    if not values:
        return "empty"
    if not numbers.n_all:
        return "text"
    moments = plan_dates(_count_shapes(values, _date_shape))
    if moments.n_readable >= READABLE * moments.n_all and _are_compact_dates(values):
        return "datetime" if any(re.search(r"\d:\d\d", v) for v in values[:100]) else "date"
    if numbers.n_readable < READABLE * numbers.n_all:
        return "text"
    if _looks_like_ids(values):
        return "id"
    if numbers.n_percent > numbers.n_readable / 2:
        return "percent"
    return "money" if numbers.n_money > numbers.n_readable / 2 else "number"


def _looks_like_ids(values: Sequence[str]) -> bool:
    """Whether values are ids: digits with leading zeros, or more digits than an amount has."""
    digits = [v for v in values if v.isdecimal()]
    long = sum(len(v) >= ID_DIGITS or (len(v) > 1 and v[0] == "0") for v in digits)
    return long > len(values) / 10


def _are_compact_dates(values: Sequence[str]) -> bool:
    """Whether values are dates of digits alone: year and month, or year, month and day."""
    return all(re.fullmatch(r"(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])?", v) for v in values if v.isdecimal())


def _usual_decimal(columns: Sequence[InspectedColumn], plans: Mapping[str, NumberPlan]) -> str | None:
    numeric = [plans[c.name] for c in columns if c.type in ("number", "money", "percent")]
    if not numeric:
        return None
    return "," if sum(p.n_comma for p in numeric) > sum(p.n_point for p in numeric) else "."


def _count_shapes(values: Sequence[str], shape: Callable[[str], str]) -> Counter[str]:
    return Counter(shape(v[:LONGEST_VALUE]) for v in values if v.lower() not in ALL_MISSING)


def _number_shape(value: str) -> str:
    """Return the shape of a number, as ``workbench.data.columns.number_column.number_shape`` does in the engine."""
    return re.sub("[0-9]", "9", re.sub(r"\b0([.,])", r"Z\1", value))


def _date_shape(value: str) -> str:
    """Return the shape of a date, as ``workbench.data.columns.date_column.date_shape`` does in the engine."""
    return re.sub("[0-9]", "9", value.lower())
