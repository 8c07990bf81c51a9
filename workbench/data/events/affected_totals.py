"""Compute how much of each count and sum depends on a group of rows."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from workbench.data.model.dataset import Measure
from workbench.errors import Amount

COUNTED, VALUE = "w", "v"  # the clean rows' columns for measure number i: does the row count, and with which value
_AT_STAKE = ("count", "sum")


def counts_column(i: int) -> str:
    """Name the column that says whether a row counts towards measure number ``i``."""
    return f"{COUNTED}{i}"


def value_column(i: int) -> str:
    """Name the column with the value that measure number ``i`` aggregates."""
    return f"{VALUE}{i}"


def affected_totals(rows: ir.Table, measures: Sequence[Measure]) -> dict[str, ir.Scalar]:
    """Return how much of every count and sum the rows hold, named by the number of the measure."""
    return {
        f"stake{i}": _affected_total(rows, i, measure)
        for i, measure in enumerate(measures)
        if measure.aggregate in _AT_STAKE
    }


def _affected_total(rows: ir.Table, i: int, measure: Measure) -> ir.Scalar:
    if measure.aggregate == "sum":
        return rows[value_column(i)].sum(where=rows[counts_column(i)]).coalesce(0.0).cast("float64")
    present = rows[counts_column(i)] & rows[value_column(i)].notnull() if measure.column else rows[counts_column(i)]
    return rows.count(where=present).cast("float64")


def group_rows_and_totals(rows: ir.Table, by: Sequence[str], measures: Sequence[Measure]) -> pd.DataFrame:
    """Return one row per group of ``by``, most rows first: ``by``, ``n_rows``, affected totals ``stake0`` …"""
    grouped = rows.group_by(list(by)).aggregate(n_rows=rows.count(), **affected_totals(rows, measures))
    return grouped.order_by([ibis.desc("n_rows"), *by]).to_pyarrow().to_pandas()


def amounts_affected(groups: pd.DataFrame, measures: Sequence[Measure]) -> tuple[Amount, ...]:
    """Add up the affected totals of some groups; measures of which they hold nothing are left out."""
    totals = {i: float(groups[f"stake{i}"].sum()) for i, m in enumerate(measures) if f"stake{i}" in groups}
    return tuple(_amount(measures[i], total) for i, total in totals.items() if total)


def _amount(measure: Measure, total: float) -> Amount:
    return Amount(measure.title, total, measure.unit if measure.aggregate == "sum" else None)
