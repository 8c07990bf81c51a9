"""The engine's Ibis backend: queries that were asked before are not translated to SQL again."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import duckdb
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

MOST_QUERIES = 1_000


class EngineBackend(Backend):
    """DuckDB through Ibis.

    Translating takes longer than running a query on a small table. Backends of this class are equal to each other, and
    tables are named by their number in the engine (see ``Engine.table_name``), so that the same question about the same
    columns is the same expression, in whatever engine it is asked.
    """

    def compile(
        self,
        expr: ir.Expr,
        /,
        *,
        limit: int | str | None = None,
        params: Mapping[ir.Expr, Any] | None = None,
        pretty: bool = False,
    ) -> str:
        """Translate an expression to SQL."""
        if limit is not None or params or pretty:
            return super().compile(expr, limit=limit, params=params, pretty=pretty)
        return _translate(self, expr.as_table().op())[0]

    def _run_pre_execute_hooks(self, expr: ir.Expr) -> None:
        """Register frames in the expression; functions built into DuckDB need not be."""
        if _translate(self, expr.as_table().op())[1]:
            super()._run_pre_execute_hooks(expr)

    def store(self, name: str, rows: ir.Table) -> ir.Table:
        """Compute ``rows`` and store them under a name that is not taken yet."""
        self._run_pre_execute_hooks(rows)
        columns = ", ".join(each.sql(self.dialect) for each in rows.schema().to_sqlglot_column_defs(self.dialect))
        self.con.execute(f'CREATE TABLE "{name}" ({columns})')
        self.con.execute(f'INSERT INTO "{name}" {self.compile(rows)}')
        return ops.DatabaseTable(name, schema=rows.schema(), source=self).to_expr()


@functools.lru_cache(MOST_QUERIES)
def _translate(backend: EngineBackend, query: ops.Relation) -> tuple[str, bool]:
    """Return the SQL of a query, and whether it reads frames of this process."""
    return Backend.compile(backend, query.to_expr()), bool(query.find(ops.InMemoryTable))


def connect(folder: str, memory: str) -> EngineBackend:
    """Connect to a new database in memory that spills to a folder."""
    return EngineBackend.from_connection(duckdb.connect(config={"temp_directory": folder, "memory_limit": memory}))
