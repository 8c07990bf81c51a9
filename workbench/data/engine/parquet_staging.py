"""Stage rows that the engine cannot read by itself in a Parquet file, batch by batch."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from workbench.data.engine.embedded import Engine

BATCH_CELLS = 2_000_000  # held in memory at once
MOST_AT_ONCE = 20_000  # rows


def stage_rows(rows: Iterable[Sequence[str]], names: Sequence[str], engine: Engine) -> ir.Table:
    """Write rows as text to a table of the engine, blank cells as NULL, in constant memory."""
    path = engine.scratch(".parquet")
    schema = pa.schema([(f"c{i}", pa.string()) for i in range(len(names))])
    with pq.ParquetWriter(path, schema) as writer:
        for batch in _batches(rows, min(MOST_AT_ONCE, max(1, BATCH_CELLS // len(names)))):
            engine.progress.rows += len(batch)
            columns = [pa.array([cell or None for cell in column], pa.string()) for column in zip(*batch, strict=True)]
            writer.write_table(pa.table(columns, schema=schema))
    table = engine.connection.read_parquet(str(path), table_name=engine.table_name())
    return table.rename(dict(zip(names, schema.names, strict=True)))


def _batches(rows: Iterable[Sequence[str]], size: int) -> Iterable[list[Sequence[str]]]:
    remaining = iter(rows)
    while batch := list(itertools.islice(remaining, size)):
        yield batch


def cell_text(value: Any) -> str:
    """Format a typed cell as in a text file: whole numbers without a point, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, bytes):
        return value.hex()
    return str(value)
