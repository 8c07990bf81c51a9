"""Open one source as a table of the engine: the file's columns, and the number of each row."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import ibis
import ibis.expr.types as ir

from workbench.data.engine.embedded import ROW, Engine
from workbench.data.files.opened_file import TEXT, FileFormat, OpenedFile
from workbench.data.files.opening import open_file
from workbench.data.files.typed_files import open_connection
from workbench.errors import Examples, InputError, Issue, Where


@dataclass(frozen=True, eq=False)
class Table:
    """The rows of one source, read lazily: selecting columns reads only those.

    Attributes
    ----------
    rows : the file's columns (text where the file has no types, blanks as NULL) and ``ROW``, the 1-based number of the
        record in the file, the header and blank lines not counted. Rows of a database have no ``ROW``.
    columns : the names of the file's columns, unique without regard to case, without ``ROW``.
    issues : what was detected or is wrong about the file.
    n_rows : number of rows, without those that are wholly blank.
    form : the format of the file.
    n_blank : blank cells per column.
    """

    rows: ir.Table
    columns: tuple[str, ...]
    issues: tuple[Issue, ...]
    n_rows: int
    form: FileFormat = TEXT
    n_blank: Mapping[str, int] = field(default_factory=dict)


def open_table(
    location: str,
    *,
    folder: Path,
    engine: Engine,
    sheet: str | None = None,
    table: str | None = None,
    query: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: Literal[".", ","] | None = None,
    header: int | None = None,
    connections: Mapping[str, str] | None = None,
) -> Table:
    """Open a file (path relative to ``folder``) or a table of a named connection.

    Encoding, delimiter, sheet and the line of the column names are detected unless given. ``decimal`` has no effect
    before a column is read as numbers; it is accepted so that the options of a source can be passed on as they are.

    Raises
    ------
    InputError
        When there is no such file, it is not a readable table, or it has no rows.
    """
    if connections and location in connections:
        return _database_table(open_connection(connections[location], location, table, query))
    found = open_file(folder / location, location, engine, sheet, table, encoding, delimiter, header)
    if found.rows is None:
        raise InputError((*found.issues, Issue.of("error", "empty_file", Where(file=location))))
    return finish_table(found, found.rows, location)


def _database_table(rows: ir.Table) -> Table:
    return Table(rows, tuple(rows.columns), (), int(rows.count().to_pyarrow().as_py()), FileFormat("database"))


def finish_table(found: OpenedFile, read: ir.Table, where: str) -> Table:
    """Number the rows, count each column's blanks in one pass, and drop blank rows and unnamed blank columns."""
    names = read.columns
    blank = {name: _is_blank(read[name]) for name in names}
    sums = {f"n{i}": blank[name].sum() for i, name in enumerate(names)}
    empty = ibis.and_(*blank.values())
    totals = {"n": read.count(), "n_empty": empty.sum(), "n_again": _count_repeated_headers(read, found.form)}
    count = read.aggregate(**totals, **sums).to_pyarrow().to_pylist()[0]
    n_rows, n_empty = count["n"], count["n_empty"] or 0
    n_blank = {name: (count[f"n{i}"] or 0) - n_empty for i, name in enumerate(names)}
    rows = read.mutate(**{ROW: ibis.row_number().cast("int64") + 1})
    if n_empty:
        rows = rows.filter(~ibis.and_(*(_is_blank(rows[name]) for name in names)))
    kept = _drop_empty_columns(names, found.unnamed, n_blank, n_rows - n_empty)
    unnamed = [name for name in found.unnamed if name in kept]
    left_out = _empty_issues(n_empty, len(names) - len(kept), n_rows - n_empty, where)
    issues = (
        *found.issues,
        *_unnamed_issues(unnamed, where),
        *left_out,
        *_repeated_header_issues(count["n_again"] or 0, where),
    )
    return Table(rows.select(*kept, ROW), kept, issues, n_rows - n_empty, found.form, {k: n_blank[k] for k in kept})


def _is_blank(value: ir.Value) -> ir.BooleanValue:
    """Whether a cell is blank; only texts that begin with a space are stripped, for a fifth of the time."""
    if not value.type().is_string():
        return value.isnull()
    return value.isnull() | (value < "!").ifelse(value.strip() == "", False)


def _drop_empty_columns(
    names: tuple[str, ...], unnamed: tuple[str, ...], n_blank: Mapping[str, int], n_rows: int
) -> tuple[str, ...]:
    """Drop columns with neither a name nor a value, as spreadsheets leave them behind."""
    kept = tuple(name for name in names if name not in unnamed or n_blank[name] < n_rows)
    return kept or names


def _count_repeated_headers(read: ir.Table, form: FileFormat) -> ir.IntegerScalar:
    """Count rows that repeat the names of most columns, as above a second table in the same file."""
    texts = [name for name in read.columns if read[name].type().is_string()]
    if form.header_row is None or len(texts) < 2:
        return ibis.literal(0)
    said = [_equals_name(read[name], name).cast("int32") for name in texts]
    return (functools.reduce(operator.add, said) > len(texts) / 2).sum()


def _equals_name(value: ir.StringValue, name: str) -> ir.BooleanValue:
    """Whether a text is the name, apart from surrounding spaces; ``contains`` is the faster test for most texts."""
    return value.contains(name).ifelse(value.strip() == name, False)


def _repeated_header_issues(n: int, where: str) -> list[Issue]:
    if not n:
        return []
    return [Issue.of("warning", "repeated_header", Where(file=where), n)]


def _unnamed_issues(unnamed: list[str], where: str) -> list[Issue]:
    if not unnamed:
        return []
    return [Issue.of("warning", "unnamed_columns", Where(file=where), names=Examples.of(unnamed))]


def _empty_issues(n_rows: int, n_columns: int, n_left: int, where: str) -> list[Issue]:
    issues, place = [], Where(file=where)
    if n_rows:
        issues.append(Issue.of("info", "empty_rows", place, n_rows))
    if n_columns:
        issues.append(Issue.of("info", "empty_columns", place, n_columns=n_columns))
    if not n_left:
        issues.append(Issue.of("warning", "no_rows", place, what="file"))
    return issues
