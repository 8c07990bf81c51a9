"""Stack several files to one table, and unpivot columns to rows."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import ibis
import ibis.selectors as s

from workbench.data.engine.embedded import FILE, ROW
from workbench.data.files.table import Table
from workbench.data.model.dataset import Unpivot
from workbench.data.values.date_formats import plan_dates
from workbench.data.values.month_names import month_number
from workbench.errors import Examples, Issue, Where

_DAY_NUMBER = re.compile(r"\d{5}")


def stack_tables(tables: Sequence[Table], locations: Sequence[str]) -> Table:
    """Stack tables in order; a column that one of them lacks is null there.

    Columns are the same whatever their case, as they are to the engine; the first file's spelling stays.
    ``rows`` gets the column ``FILE``, and ``ROW`` continues from file to file. Columns whose type differs between files
    become text.
    """
    tables = _spelled_alike(tables)
    names = tuple(dict.fromkeys(name for table in tables for name in table.columns))
    types = {name: {table.rows[name].type() for table in tables if name in table.columns} for name in names}
    parts, before, issues = [], 0, []
    for number, table in enumerate(tables):
        columns = {
            name: _cast_to_common(table, name, types[name])
            if name in table.columns
            else ibis.null(_common_type(types[name]))
            for name in names
        }
        here = table.rows[ROW] + before
        parts.append(table.rows.select(**columns, **{ROW: here, FILE: ibis.literal(number).cast("int64")}))
        before += int(table.rows[ROW].max().to_pyarrow().as_py() or 0)
        issues += [*table.issues, *_missing_column_issues(table, names, locations[number])]
    n_blank = {
        name: sum(table.n_blank.get(name, 0) if name in table.columns else table.n_rows for table in tables)
        for name in names
    }
    rows = parts[0] if len(parts) == 1 else ibis.union(*parts)
    return Table(
        rows, names, tuple(dict.fromkeys(issues)), sum(table.n_rows for table in tables), tables[0].form, n_blank
    )


def _spelled_alike(tables: Sequence[Table]) -> list[Table]:
    """Rename columns that differ from an earlier table's in nothing but case."""
    spelled: dict[str, str] = {}
    for table in tables:
        for name in table.columns:
            spelled.setdefault(name.casefold(), name)
    return [_rename_columns(table, {name: spelled[name.casefold()] for name in table.columns}) for table in tables]


def _rename_columns(table: Table, names: Mapping[str, str]) -> Table:
    if all(old == new for old, new in names.items()):
        return table
    return replace(
        table,
        rows=table.rows.rename({new: old for old, new in names.items()}),
        columns=tuple(names.values()),
        n_blank={names.get(name, name): n for name, n in table.n_blank.items()},
    )


def _common_type(types: set) -> str:
    return str(next(iter(types))) if len(types) == 1 else "string"


def _cast_to_common(table: Table, name: str, types: set) -> ibis.Value:
    return table.rows[name] if len(types) == 1 else table.rows[name].cast("string")


def _missing_column_issues(table: Table, names: Sequence[str], location: str) -> list[Issue]:
    missing = [name for name in names if name not in table.columns]
    if not missing:
        return []
    return [Issue.of("warning", "lacks_columns", Where(file=location), columns=Examples.of(missing))]


def unpivot(table: Table, spec: Unpivot) -> Table:
    """Turn each cell of the chosen columns into a row, with columns ``spec.date`` and ``spec.value``.

    Blank cells before a row's first and after its last filled one give no row, since nothing is known there. ``ROW``
    numbers cells. A table without any of these columns is returned as it is, and the check of the data set names them.
    """
    turned = [name for name in table.columns if _is_unpivoted(name, spec)]
    if not turned:
        return table
    kept = [name for name in table.columns if name not in turned]
    texts = table.rows.mutate(**{name: table.rows[name].cast("string").strip().nullif("") for name in turned})
    place = {name: i for i, name in enumerate(turned)}
    filled = [ibis.ifelse(texts[name].notnull(), i, ibis.null("int64")) for name, i in place.items()]
    marked = texts.mutate(__first=ibis.least(*filled), __last=ibis.greatest(*filled))
    long = marked.pivot_longer(s.cols(*turned), names_to=spec.date, values_to=spec.value)
    at = long[spec.date].cases(*place.items())
    placed = long.mutate(__at=at)
    within = placed.filter(placed["__at"].between(placed["__first"], placed["__last"]))
    named = _dated_names(turned, spec.year) if spec.year else {}
    dated = {spec.date: within[spec.date].cases(*named.items(), else_=within[spec.date])} if named else {}
    rows = within.mutate(**{ROW: (within[ROW] - 1) * len(turned) + within["__at"] + 1}, **dated)
    names = (*kept, spec.date, spec.value)
    columns = [*names, ROW, *([FILE] if FILE in rows.columns else [])]
    counts = rows.aggregate(n=rows.count(), blank=rows[spec.value].isnull().sum()).to_pyarrow().to_pylist()[0]
    n_blank = {name: table.n_blank.get(name, 0) for name in kept} | {spec.date: 0, spec.value: counts["blank"] or 0}
    return replace(table, rows=rows.select(*columns), columns=names, n_rows=counts["n"], n_blank=n_blank)


def _dated_names(names: Sequence[str], year: int) -> dict[str, str]:
    """Add the year to columns named by months alone, in their order; a month before the one to its left is later."""
    found, before = {}, 0
    for name in names:
        month = month_number(name)
        if month:
            year += month < before
            found[name], before = f"{calendar.month_abbr[month]} {year}", month
    return found


def has_months_alone(spec: Unpivot) -> bool:
    """Whether columns are named by months without a year."""
    return spec.columns != "dates" and any(month_number(name) for name in spec.columns)


def needs_year(spec: Unpivot) -> bool:
    """Whether columns are named by months alone, and nobody has said of which year."""
    return spec.year is None and has_months_alone(spec)


def unpivoted_columns(columns: Collection[str], spec: Unpivot) -> tuple[str, ...]:
    """Return the columns that a table has once it is unpivoted."""
    kept = tuple(name for name in columns if not _is_unpivoted(name, spec))
    return (*kept, spec.date, spec.value) if len(kept) < len(columns) else kept


def date_named_columns(columns: Collection[str]) -> tuple[str, ...]:
    """Return the columns whose names read as dates or months."""
    return tuple(name for name in columns if _is_unpivoted(name, Unpivot()))


def month_named_columns(columns: Collection[str]) -> tuple[str, ...]:
    """Return the columns named by months without a year; none if a month has two."""
    found = {name: number for name in columns if (number := month_number(name))}
    return tuple(found) if len(set(found.values())) == len(found) else ()


def _is_unpivoted(name: str, spec: Unpivot) -> bool:
    if spec.columns != "dates":
        return name in spec.columns
    plan = plan_dates({re.sub(r"\d", "9", name.strip().lower()): 1})
    return plan.n_readable > 0 or bool(_DAY_NUMBER.fullmatch(name.strip()))
