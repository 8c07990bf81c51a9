"""Detect from a whole column whether its dates are written day first, month first or year first."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from workbench.data.engine.embedded import ROW
from workbench.data.values.date_formats import Order
from workbench.errors import Issue, Where

CLEARLY_FEWER = 4  # times


@ibis.udf.scalar.builtin(name="try_strptime", signature=(("string", "array<string>"), "timestamp"))
def _try_strptime(value: str, formats: list[str]) -> datetime.datetime:
    """Built into DuckDB: parse by the first format that fits, null where none does."""


def parse_with_formats(words: ir.StringValue, formats: Sequence[str]) -> ir.TimestampValue:
    """Parse text by the first strptime format that fits; null where none does."""
    return _try_strptime(words, ibis.array(list(formats)))


def detect_day_order(
    table: ir.Table, column: str, words: ir.StringValue, unclear: Mapping[str, Sequence[str]]
) -> tuple[Order | None, tuple[Issue, ...]]:
    """Return the order that parses most rows, and the evidence for it; ``None`` when no value is ambiguous.

    Where day first and month first parse the same rows, the order is the one under which all dates are the first of a
    month, or sorted; else the separator decides. That is a guess, and comes with a warning.
    """
    if not unclear:
        return None, ()
    read = {order: parse_with_formats(words, formats) for order, formats in unclear.items()}
    counts = table.aggregate(**_count_parsed(read)).to_pyarrow().to_pylist()[0]
    n_read = {order: counts[order] or 0 for order in read}
    best: Order = max(("dmy", "mdy", "ymd"), key=lambda order: n_read.get(order, 0))
    if n_read.get("ymd") == n_read[best] != 0 and _year_first_is_denser(table, read, unclear, best):
        return "ymd", (_unclear_issue(column, "ymd", "closer_together", unclear, n_read[best]),)
    if best == "ymd":
        return best, (_decided_issue(column, best, n_read[best]),)
    if n_read["dmy"] == n_read["mdy"]:
        return _guess_order(table, column, read, unclear, n_read["dmy"])
    other: Order = "mdy" if best == "dmy" else "dmy"
    only, against = counts[f"only_{best}"] or 0, counts[f"only_{other}"] or 0
    return best, (
        _decided_issue(column, best, only),
        *([_mixed_issue(column, best, other, against)] if against else []),
    )


def _count_parsed(read: Mapping[str, ir.TimestampValue]) -> dict[str, ir.IntegerScalar]:
    day, month = read["dmy"].notnull(), read["mdy"].notnull()
    both = {"only_dmy": (day & ~month).sum(), "only_mdy": (month & ~day).sum()}
    return {order: each.notnull().sum() for order, each in read.items()} | both


def _year_first_is_denser(
    table: ir.Table, read: Mapping[str, ir.TimestampValue], unclear: Mapping[str, Sequence[str]], best: Order
) -> bool:
    """Whether the dates span far less time when the year is read first: 24-01-30 beside 23-12-31."""
    if best == "ymd" or not all("-" in form for form in unclear["ymd"]):
        return False
    spans = {f"{end}_{order}": getattr(read[order], end)() for order in (best, "ymd") for end in ("min", "max")}
    ends = table.aggregate(**spans).to_pyarrow().to_pylist()[0]
    spread = {order: ends[f"max_{order}"] - ends[f"min_{order}"] for order in (best, "ymd") if ends[f"min_{order}"]}
    return len(spread) == 2 and spread["ymd"] * CLEARLY_FEWER < spread[best]


def _guess_order(
    table: ir.Table, column: str, read: Mapping[str, ir.TimestampValue], unclear: Mapping[str, Sequence[str]], n: int
) -> tuple[Order, tuple[Issue, ...]]:
    hint = _order_by_month_starts(table, read) or _order_by_sorting(table, read)
    slash = all("/" in form for form in unclear["dmy"])
    order, reason = hint or (("mdy", "slashes") if slash else ("dmy", "separator"))
    return order, (_unclear_issue(column, order, reason, unclear, n),)


def _unclear_issue(column: str, order: Order, reason: str, unclear: Mapping[str, Sequence[str]], n: int) -> Issue:
    formats = tuple(each[0] for each in unclear.values())
    place = Where(column=column)
    return Issue.of("warning", "date_order_unclear", place, n, order=order, reason=reason, formats=formats)


def _order_by_month_starts(table: ir.Table, read: Mapping[str, ir.TimestampValue]) -> tuple[Order, str] | None:
    last_day = {order: read[order].day().max() for order in ("dmy", "mdy")}
    firsts = [order for order, day in table.aggregate(**last_day).to_pyarrow().to_pylist()[0].items() if day == 1]
    return (firsts[0], "firsts_of_a_month") if len(firsts) == 1 else None


def _order_by_sorting(table: ir.Table, read: Mapping[str, ir.TimestampValue]) -> tuple[Order, str] | None:
    if ROW not in table.columns:
        return None
    by_row = ibis.window(order_by=ROW)
    dated = table.select(ROW, dmy=read["dmy"], mdy=read["mdy"]).drop_null(["dmy", "mdy"])
    steps = dated.select(**{order: dated[order] < dated[order].lag().over(by_row) for order in ("dmy", "mdy")})
    back = steps.aggregate(dmy=steps.dmy.sum(), mdy=steps.mdy.sum()).to_pyarrow().to_pylist()[0]
    order: Order = "dmy" if (back["dmy"] or 0) < (back["mdy"] or 0) else "mdy"
    other = "mdy" if order == "dmy" else "dmy"
    if (back[order] or 0) * CLEARLY_FEWER < (back[other] or 0):
        return order, "in_order_of_time"
    return None


def _decided_issue(column: str, order: Order, only: int) -> Issue:
    return Issue.of("info", "date_order", Where(column=column), only, order=order)


def _mixed_issue(column: str, order: Order, other: Order, n: int) -> Issue:
    return Issue.of("warning", "mixed_date_order", Where(column=column), n, order=order, other=other)
