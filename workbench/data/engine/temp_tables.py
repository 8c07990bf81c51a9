"""Temporary tables of the engine, so that later queries do not read the file again."""

from __future__ import annotations

from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq

from workbench.data.engine.embedded import ROW, Engine

MOST_IN_MEMORY = 1_000_000
"""Rows of a source that are kept in memory; more are read from a file, so that memory does not grow with them."""


def materialize(engine: Engine, rows: ir.Table) -> ir.Table:
    """Compute ``rows`` and store them in the engine until it is closed; what exceeds memory spills to disk."""
    return engine.connection.store(engine.table_name(), rows)


def store_rows(engine: Engine, rows: ir.Table, n_rows: int) -> ir.Table:
    """Compute ``rows`` and store them as :func:`materialize` does; very many rows lie in a file, not in memory.

    ``n_rows``: about how many there are.
    """
    if n_rows <= MOST_IN_MEMORY:
        return materialize(engine, rows)
    name = engine.table_name()
    path = _file_of(engine, name)
    engine.connection.raw_sql(f"COPY ({engine.connection.compile(rows)}) TO '{path}' (FORMAT parquet, COMPRESSION lz4)")
    return engine.connection.read_parquet(str(path), table_name=name)


def _file_of(engine: Engine, name: str) -> Path:
    """Return the file in which the rows of a stored table lie that is not in memory."""
    return engine.folder / f"{name}.parquet"


def as_view(engine: Engine, rows: ir.Table) -> ir.Table:
    """Name a query in the engine, so that later ones are not translated together with all of its columns."""
    name = engine.table_name()
    engine.connection.raw_sql(f'CREATE VIEW "{name}" AS {engine.connection.compile(rows)}')
    return engine.connection.table(name)


def drop_tables(engine: Engine, *kept: ir.Table) -> None:
    """Drop stored tables and their files, whose names are our own.

    In SQL, since Ibis 12 omits the name under newer SQLGlot.
    """
    views = set(engine.connection.raw_sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall())
    for table in kept:
        kind = "VIEW" if (table.op().name,) in views else "TABLE"
        engine.connection.raw_sql(f'DROP {kind} "{table.op().name}"')
        _file_of(engine, table.op().name).unlink(missing_ok=True)


def fetch(engine: Engine, rows: ir.Table) -> ir.Table:
    """Copy rows of another database into the engine through a file, numbered by ``ROW``.

    Raises InputError past a limit of time or rows.
    """
    session, most = rows.get_backend(), engine.limits.query_rows
    path = session.folder / engine.scratch(".parquet").name
    with session.in_time():
        rows.limit(most + 1).to_parquet(path)
    if pq.read_metadata(path).num_rows > most:
        raise engine.limits.past("query_rows", session.where)
    return engine.connection.read_parquet(str(path), table_name=engine.table_name()).mutate(
        **{ROW: ibis.row_number().cast("int64") + 1}
    )


def is_remote(engine: Engine, rows: ir.Table) -> bool:
    """Whether the rows are in a database of their own."""
    return rows.get_backend() is not engine.connection
