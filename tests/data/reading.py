"""Files written and read back, for the readers' tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.parquet_staging import stage_rows
from workbench.data.files.table import Table, open_table
from workbench.errors import Issue


def opened(engine: Engine, path: Path, content: bytes | str, **options: Any) -> Table:
    """Write a file and open it; text goes out as UTF-8 with its line ends as they are."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_table(path.name, folder=path.parent, engine=engine, **options)


def cells(table: Table) -> list[list[Any]]:
    """The rows in the order of the file, without their numbers."""
    return [list(row.values()) for row in table.rows.order_by(ROW).drop(ROW).to_pyarrow().to_pylist()]


def column(engine: Engine, values: Iterable[str]) -> ir.Table:
    """A table of one text column ``v``."""
    return stage_rows([[value] for value in values], ["v"], engine)


def read(engine: Engine, rows: ir.Table, value: ir.Value) -> list[Any]:
    """The values of an expression, in order."""
    return engine.connection.to_pyarrow(rows.select(value=value))["value"].to_pylist()


def codes(issues: Sequence[Issue]) -> dict[str, int | None]:
    """The issues as code → rows."""
    return {issue.code: issue.n_rows for issue in issues}
