"""Rows that stand twice in a file: exact copies, or the same id again."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from workbench.data.columns import read_column
from workbench.data.engine.embedded import ROW

DIGEST = "__digest__"


def digest(rows: ir.Table, names: Sequence[str]) -> ir.IntegerValue:
    """A number per row that is the same for rows that are the same."""
    return ibis.struct({name: rows[name] for name in names}).hash()


def copied_rows(rows: ir.Table, digests: ir.Table, names: Sequence[str]) -> ir.Table | None:
    """``ROW`` of every row that is an exact copy of an earlier one; None when no digest stands twice.

    Parameters
    ----------
    rows : the file's rows, with ``ROW``; read again only where a digest stands twice.
    digests : ``ROW`` and ``DIGEST`` of every row.
    """
    twice = digests.group_by(DIGEST).aggregate(n=digests.count()).filter(lambda t: t.n > 1)
    if not twice.count().to_pyarrow().as_py():
        return None
    return _later(rows.semi_join(digests.semi_join(twice, DIGEST).select(ROW), ROW), names)


def repeated_ids(rows: ir.Table, name: str) -> ir.Table | None:
    """``ROW`` of every row whose id stands in an earlier row, None when there is none; blank ids are no ids."""
    ids = rows.select(ROW, id=read_column.clean_text(rows, name).expr)
    seen = ids.aggregate(n=ids.id.count(), different=ids.id.nunique()).to_pyarrow().to_pylist()[0]
    return _later(ids.filter(ids.id.notnull()), ["id"]) if seen["n"] > seen["different"] else None


def _later(rows: ir.Table, names: Sequence[str]) -> ir.Table:
    numbered = rows.select(ROW, nth=ibis.row_number().over(group_by=[rows[n] for n in names], order_by=rows[ROW]))
    return numbered.filter(numbered.nth > 0).select(ROW)
