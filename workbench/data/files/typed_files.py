"""Open Parquet, JSON and SQLite files."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import ibis
import ibis.expr.datatypes as dt

from workbench.data.engine.embedded import Engine
from workbench.data.engine.limits import ReadLimits
from workbench.data.engine.parquet_staging import cell_text, stage_rows
from workbench.data.files.column_names import clean_names, dedupe_names
from workbench.data.files.opened_file import FileFormat, OpenedFile
from workbench.errors import Examples, InputError, Where, refused
from workbench.problems import nearest

MOST_TABLES = 20  # that an issue names


@ibis.udf.scalar.builtin
def json_extract_string(value: dt.json, path: str) -> str:
    """Built into DuckDB: a JSON value as plain text."""


def open_parquet(path: Path, engine: Engine, where: str) -> OpenedFile:
    """Open a Parquet file with its own types."""
    try:
        rows = engine.connection.read_parquet(str(path), table_name=engine.table_name())
        return OpenedFile(rows, FileFormat("parquet"), columnar=True)
    except duckdb.Error as error:
        raise _unreadable_error(where, "Parquet", error) from None


def open_json(path: Path, engine: Engine, where: str) -> OpenedFile:
    """Open one JSON object per line, or one list of objects; every field as text, exactly as written."""
    try:
        raw = engine.connection.read_json(
            str(path), table_name=engine.table_name(), maximum_depth=1, sample_size=-1, map_inference_threshold=-1
        )
        raw.count().to_pyarrow()
    except duckdb.Error as error:
        raise _unreadable_error(where, "JSON", error) from None
    if not all(kind.is_json() for kind in raw.schema().types) or raw.columns == ("json",):
        raise refused("not_a_table", Where(file=where), what="json")
    names = dict(zip(raw.columns, dedupe_names(raw.columns), strict=True))
    rows = raw.select(**{new: json_extract_string(raw[old], "$") for old, new in names.items()})
    return OpenedFile(rows, FileFormat("json", encoding="utf-8"))


def open_sqlite(path: Path, engine: Engine, where: str, table: str | None) -> OpenedFile:
    """Open one table of a SQLite file, every cell as text, since SQLite columns may hold values of any type."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            name = _choose_table(connection, table, where)
            quoted = '"' + name.replace('"', '""') + '"'
            limits = engine.limits
            _bound_query(connection, limits)
            cursor = connection.execute(f"SELECT * FROM {quoted}")
            names = dedupe_names(clean_names([column[0] for column in cursor.description]))
            rows = limits.guard_rows(_table_rows(cursor), len(names), where)
            return OpenedFile(stage_rows(rows, names, engine), FileFormat("sqlite"), columnar=True)
    except (sqlite3.Error, UnicodeError, OverflowError) as error:
        if past := _PAST_LIMITS.get(getattr(error, "sqlite_errorcode", 0)):
            raise engine.limits.past(past, where) from None
        raise _unreadable_error(where, "SQLite", error) from None


_PAST_LIMITS = {sqlite3.SQLITE_TOOBIG: "cell_length", sqlite3.SQLITE_INTERRUPT: "seconds"}
STEPS = 200_000  # of SQLite between two looks at the clock


def _bound_query(connection: sqlite3.Connection, limits: ReadLimits) -> None:
    """Bound what a view may do: it can run for ever, or make cells of any length."""
    ends = time.monotonic() + limits.seconds
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * limits.cell_length)  # bytes
    connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS)


def _table_rows(cursor: sqlite3.Cursor) -> Iterator[list[str]]:
    return ([cell_text(cell) for cell in row] for row in cursor)


def _choose_table(connection: sqlite3.Connection, asked: str | None, where: str) -> str:
    listed = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name"
    names = [row[0] for row in connection.execute(listed)]
    if asked in names or (asked is None and len(names) == 1):
        return asked or names[0]
    near, known = nearest(asked, names) if asked else None, Examples.of(names, MOST_TABLES)
    raise refused("which_table", Where(file=where), name=asked, near=near, known=known)


def _unreadable_error(where: str, kind: str, error: Exception) -> InputError:
    reason = str(error).partition("\n")[0] or type(error).__name__
    return refused("unreadable", Where(file=where), what=kind, reason=reason)
