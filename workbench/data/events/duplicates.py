"""Find repeated rows of a file: exact copies, or the same id again."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from workbench.data.columns import read_column
from workbench.data.engine.embedded import ROW

DIGEST = "__digest__"


def row_digest(rows: ir.Table, names: Sequence[str]) -> ir.IntegerValue:
    """Return a hash per row."""
    return ibis.struct({name: rows[name] for name in names}).hash()


def find_exact_copies(rows: ir.Table, digests: ir.Table, names: Sequence[str]) -> ir.Table | None:
    """Return ``ROW`` of every row that is an exact copy of an earlier one; None if no digest repeats.

    Parameters
    ----------
    rows : the file's rows, with ``ROW``; read again only where a digest repeats.
    digests : ``ROW`` and ``DIGEST`` of every row.
    """
    twice = digests.group_by(DIGEST).aggregate(n=digests.count()).filter(lambda t: t.n > 1)
    if not twice.count().to_pyarrow().as_py():
        return None
    return _later_rows(rows.semi_join(digests.semi_join(twice, DIGEST).select(ROW), ROW), names)


def find_repeated_ids(rows: ir.Table, name: str) -> ir.Table | None:
    """Return ``ROW`` of every row whose id occurs in an earlier row, None if there is none; blank ids do not count."""
    ids = rows.select(ROW, id=read_column.clean_text(rows, name).expr)
    seen = ids.aggregate(n=ids.id.count(), different=ids.id.nunique()).to_pyarrow().to_pylist()[0]
    return _later_rows(ids.filter(ids.id.notnull()), ["id"]) if seen["n"] > seen["different"] else None


def _later_rows(rows: ir.Table, names: Sequence[str]) -> ir.Table:
    numbered = rows.select(ROW, nth=ibis.row_number().over(group_by=[rows[n] for n in names], order_by=rows[ROW]))
    return numbered.filter(numbered.nth > 0).select(ROW)
