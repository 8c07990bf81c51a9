"""Rows that stand twice in a file: exact copies, or the same id again."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from workbench.data import columns
from workbench.data.table import ROW

DIGEST = "__digest__"


def digest(rows: ir.Table, names: Sequence[str]) -> ir.IntegerValue:
    """A number per row that is the same for rows that are the same."""
    return ibis.struct({name: rows[name] for name in names}).hash()


def copied_rows(rows: ir.Table, digests: ir.Table, names: Sequence[str]) -> ir.Table:
    """``ROW`` of every row that is an exact copy of an earlier one.

    Parameters
    ----------
    rows : the file's rows, with ``ROW``; read again only for the rows whose digest stands twice.
    digests : ``ROW`` and ``DIGEST`` of every row.
    """
    twice = digests.group_by(DIGEST).aggregate(n=digests.count()).filter(lambda t: t.n > 1)
    suspects = rows.semi_join(digests.semi_join(twice, DIGEST), ROW)
    return _later(suspects, names)


def repeated_ids(rows: ir.Table, name: str) -> ir.Table:
    """``ROW`` of every row whose id stands in an earlier row; blank ids are no ids."""
    ids = rows.select(ROW, id=columns.text(rows, name).expr)
    return _later(ids.filter(ids.id.notnull()), ["id"])


def _later(rows: ir.Table, names: Sequence[str]) -> ir.Table:
    numbered = rows.select(ROW, nth=ibis.row_number().over(group_by=[rows[n] for n in names], order_by=rows[ROW]))
    return numbered.filter(numbered.nth > 0).select(ROW)
