"""Read a column as numbers, in the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.types as ir

from workbench.data.columns.column_reading import ColumnReading, clean_text, count_shapes, unreadable_issues
from workbench.data.values.numbers import (
    BODY,
    MINUS,
    MULTIPLES,
    SPACES,
    SUFFIX,
    Decimal,
    NumberPlan,
    number_pattern,
    plan_numbers,
)
from workbench.errors import Issue, Level, Where


def parse_numbers(table: ir.Table, column: str, decimal: Decimal | None = None) -> ColumnReading:
    """Read a column as float64: money, thousands, percent (12% is 0.12), multiples (1.2M), negatives in parentheses.

    The decimal sign, unless given, is detected from all values. Words for "missing" and spreadsheet errors are null.
    """
    value = table[column]
    if value.type().is_numeric() or value.type().is_boolean():
        numeric = value.cast("float64")
        return ColumnReading(_finite_or_null(numeric))
    words = clean_text(table, column).expr
    if decimal != "," and _all_plain(table, words):
        return ColumnReading(words.try_cast("float64"))
    plan = plan_numbers(count_shapes(table, words, number_shape), decimal)
    expr = _parse_by_plan(words, plan)
    return ColumnReading(
        expr,
        tuple(_decimal_issues(plan, column, decimal)),
        lambda: unreadable_issues(table, words, expr, column, "number"),
    )


def _all_plain(table: ir.Table, words: ir.StringValue) -> bool:
    return are_plain_numbers(table.aggregate(**plain_number_facts(words)).to_pyarrow().to_pylist()[0])


def plain_number_facts(words: ir.StringValue) -> dict[str, ir.Scalar]:
    """Return what ``are_plain_numbers`` has to know of a column."""
    plain = words.re_search(r"^[+-]?\d+(\.\d+)?$")
    return {"plain": plain.all(), "points": words.contains(".").any(), "proof": words.re_search(_DECIMALS).any()}


def are_plain_numbers(facts: Mapping[str, Any]) -> bool:
    """Whether all values are digits with at most a sign and a point, and a value proves the point decimal."""
    return bool(facts["plain"] and (facts["proof"] or not facts["points"]))


def number_shape(words: ir.StringValue) -> ir.StringValue:
    """Return values with digits as 9, a lone zero before a separator as Z (see ``workbench.data.values.numbers``)."""
    return words.re_replace(r"\b0([.,])", r"Z\1").translate("012345678", "999999999")


def _finite_or_null(value: ir.FloatingValue) -> ir.FloatingValue:
    return (value.isnan() | value.isinf()).ifelse(_NOTHING, value)


def _parse_by_plan(words: ir.StringValue, plan: NumberPlan) -> ir.FloatingValue:
    if plan.plain:
        return _finite_or_null(words.try_cast("float64"))
    body = words.re_extract(f"({BODY[plan.decimal]})", 1)
    group = "," if plan.decimal == "." else "."
    size = body.re_replace(rf"[{group}'’{SPACES}]", "").replace(plan.decimal, ".").try_cast("float64")
    negative = words.re_search(rf"^\(|^[^\d.,]*[{MINUS}]|[{MINUS}]\)?$")
    size = negative.ifelse(-size, size)
    if plan.n_percent or plan.n_multiple:
        suffix = words.re_extract(rf"[\d.,][{SPACES}]*({SUFFIX})", 1).lower().re_replace(r"\.$", "")
        size = suffix.cases(
            *((sign, size * factor) for sign, factor in MULTIPLES.items()), ("%", size / 100), else_=size
        )
    return words.re_search(number_pattern(plan.decimal)).ifelse(size, _NOTHING)


def _decimal_issues(plan: NumberPlan, column: str, given: Decimal | None) -> list[Issue]:
    """Report the decimal sign that was detected, and percent signs."""
    issues = []
    if not given and plan.n_comma and plan.n_point:
        issues.append(_mixed_issue(plan, column))
    elif not given and plan.n_comma:
        issues.append(Issue.of("info", "decimal_comma", Where(column=column), plan.n_comma))
    elif not given and not plan.n_point and plan.n_either:
        issues.append(_unclear_issue(plan, column))
    if plan.n_percent:
        issues.append(Issue.of("info", "percent", Where(column=column), plan.n_percent))
    return issues


def _mixed_issue(plan: NumberPlan, column: str) -> Issue:
    n = min(plan.n_comma, plan.n_point)
    return Issue.of("warning", "mixed_decimals", Where(column=column), n, decimal=plan.decimal)


def _unclear_issue(plan: NumberPlan, column: str) -> Issue:
    """A comma before three digits hardly ever marks decimals; a point may well."""
    meaning = "thousands" if (plan.decimal == ".") == bool(plan.n_grouped) else "decimals"
    level: Level = "info" if plan.n_grouped == plan.n_either else "warning"
    return Issue.of(level, "decimal_unclear", Where(column=column), plan.n_either, meaning=meaning)


_DECIMALS = r"^[+-]?0\.|\.\d{1,2}$|\.\d{4}|\d{4}\."
_NOTHING = ibis.null("float64")
