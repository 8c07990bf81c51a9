"""Open one source as a table of the engine: the file's columns, and the number of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import ibis
import ibis.expr.types as ir

from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.read_only import open_connection
from workbench.data.engine.temp_tables import as_view
from workbench.data.files.count_cells import AT_ONCE, count_cells
from workbench.data.files.file_options import FileOptions
from workbench.data.files.open_file import open_file
from workbench.data.files.opened_file import TEXT, FileFormat, OpenedFile
from workbench.data.files.opening import damage_refused
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
    columnar : some columns are read again at little cost.
    """

    rows: ir.Table
    columns: tuple[str, ...]
    issues: tuple[Issue, ...]
    n_rows: int
    form: FileFormat = TEXT
    n_blank: Mapping[str, int] = field(default_factory=dict)
    columnar: bool = False


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
    """Open a file (path relative to ``folder``) or a table of a named connection; a file of that name comes first.

    Encoding, delimiter, sheet and the line of the column names are detected unless given. ``decimal`` has no effect
    before a column is read as numbers; it is accepted so that the options of a source can be passed on as they are.

    Raises
    ------
    InputError
        When there is no such file, it is not a readable table, or it has no rows.
    """
    if connections and location in connections and not (folder / location).is_file():
        return _database_table(open_connection(connections[location], location, table, query, engine))
    found = open_file(folder / location, location, engine, FileOptions(sheet, table, encoding, delimiter, header))
    if found.rows is None:
        raise InputError((*found.issues, Issue.of("error", "empty_file", Where(file=location))))
    with damage_refused(location, engine.limits):
        opened = finish_table(found, found.rows, location, engine)
    engine.limits.check_size(opened.n_rows, len(opened.columns), location)
    return opened


def _database_table(rows: ir.Table) -> Table:
    return Table(rows, tuple(rows.columns), (), int(rows.count().to_pyarrow().as_py()), FileFormat("database"))


def finish_table(found: OpenedFile, read: ir.Table, where: str, engine: Engine) -> Table:
    """Number the rows, count each column's blanks in one pass, and drop blank rows and unnamed blank columns."""
    names = read.columns
    count = found.counts or count_cells(read, found.form.header_row is not None)
    n_rows, n_empty = count.n_rows, count.n_empty
    n_blank = {name: n - n_empty for name, n in zip(names, count.n_blank, strict=True)}
    rows = read.mutate(**{ROW: ibis.row_number().cast("int64") + 1})
    if n_empty:
        rows = rows.filter(_any_of([~_is_blank(rows[name]) for name in names]))
    kept = _drop_empty_columns(names, found.unnamed, n_blank, n_rows - n_empty)
    unnamed = [name for name in found.unnamed if name in kept]
    left_out = _empty_issues(n_empty, len(names) - len(kept), n_rows - n_empty, where)
    issues = (
        *found.issues,
        *_unnamed_issues(unnamed, where),
        *left_out,
        *_repeated_header_issues(count.n_again, where),
    )
    numbered = rows.select(*kept, ROW)
    if len(kept) > AT_ONCE:
        numbered = as_view(engine, numbered)
    blank = {k: n_blank[k] for k in kept}
    return Table(numbered, kept, issues, n_rows - n_empty, found.form, blank, found.columnar)


def _any_of(conditions: Sequence[ir.BooleanValue]) -> ir.BooleanValue:
    """Combine conditions two by two: one after the other would nest too deep for a table of a thousand columns."""
    half = len(conditions) // 2
    return conditions[0] if not half else _any_of(conditions[:half]) | _any_of(conditions[half:])


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
