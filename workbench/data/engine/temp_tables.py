"""Tables computed once and kept in the engine, so that later questions do not read the file again."""

from __future__ import annotations

import uuid

import ibis
import ibis.expr.types as ir

from workbench.data.engine.embedded import ROW, Engine


def materialize(engine: Engine, rows: ir.Table) -> ir.Table:
    """Compute ``rows`` and keep them in the engine until it is closed; what does not fit in memory goes to disk."""
    return engine.connection.create_table(f"kept_{uuid.uuid4().hex}", rows)


def drop_tables(engine: Engine, *kept: ir.Table) -> None:
    """Give back what kept tables occupy. (The name is our own; DROP is written out because Ibis 12 leaves the name
    out of it under newer SQLGlot.)"""
    for table in kept:
        engine.connection.raw_sql(f'DROP TABLE "{table.op().name}"')


def fetch(engine: Engine, rows: ir.Table) -> ir.Table:
    """Rows of another database, brought into the engine through a file and numbered by ``ROW``."""
    path = engine.scratch(".parquet")
    rows.to_parquet(path)
    return engine.connection.read_parquet(str(path)).mutate(**{ROW: ibis.row_number().cast("int64") + 1})


def is_remote(engine: Engine, rows: ir.Table) -> bool:
    """Whether the rows are in a database of their own."""
    return rows.get_backend() is not engine.connection
