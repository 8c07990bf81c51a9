"""Read a text column as what it is, deciding from the whole column, inside the engine."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from workbench.data.missing import ALL_MISSING, SPREADSHEET_ERRORS
from workbench.data.numbers import (
    BODY,
    MINUS,
    MULTIPLES,
    SPACES,
    SUFFIX,
    Decimal,
    NumberPlan,
    plan_numbers,
    whole_number,
)
from workbench.errors import Issue

MANY_SHAPES = 4000  # a column with more kinds of values is judged by the most frequent ones


@dataclass(frozen=True, eq=False)
class Reading:
    """A column as a typed expression.

    Attributes
    ----------
    expr : the values, null where blank or unreadable.
    issues : what was decided, and how many values could not be read.
    how : one line saying how values were read.
    """

    expr: ir.Value
    issues: tuple[Issue, ...]
    how: str


def text(table: ir.Table, column: str) -> Reading:
    """The column as text without surrounding blanks; blank is null, whole numbers have no point."""
    value = table[column]
    if value.type().is_floating():
        whole = value.cast("int64").cast("string")
        value = (value == value.floor()).ifelse(whole, value.cast("string"))
    return Reading(tidy(value.cast("string")), (), "as text")


def tidy(words: ir.StringValue) -> ir.StringValue:
    """Without blanks around, non-breaking ones included; null when nothing is left."""
    return words.re_replace(rf"^[\s{SPACES}]+|[\s{SPACES}]+$", "").nullif("")


def number(table: ir.Table, column: str, decimal: Decimal | None = None) -> Reading:
    """The column as float64: money, thousands, percent (12% is 0.12), multiples (1.2M), negatives in parentheses.

    The decimal sign, unless given, is decided from all values. Words for "missing" and spreadsheet errors are null.
    """
    value = table[column]
    if value.type().is_numeric() or value.type().is_boolean():
        numeric = value.cast("float64")
        return Reading(numeric.isnan().ifelse(ibis.null("float64"), numeric), (), "as the file's own numbers")
    words = text(table, column).expr
    shapes = _shapes(words, table, _number_shape)
    plan = plan_numbers({s: n for s, n in shapes.items() if s.lower() not in ALL_MISSING}, decimal)
    expr = _as_number(words, plan)
    issues = (*_number_issues(plan, column, decimal), *_unread_issues(table, words, expr, column, "a number"))
    return Reading(expr, issues, _how_number(plan))


def _number_shape(words: ir.StringValue) -> ir.StringValue:
    return words.re_replace(r"\b0([.,])", r"Z\1").translate("012345678", "999999999")


def _shapes(
    words: ir.StringValue, table: ir.Table, shape: Callable[[ir.StringValue], ir.StringValue]
) -> Mapping[str, int]:
    """How often each shape of value occurs, for at most ``MANY_SHAPES`` of them."""
    shaped = table.select(shape=shape(words.substr(0, 60))).drop_null()
    counted = shaped.group_by("shape").agg(n=ibis._.count()).order_by(ibis.desc("n"), "shape").limit(MANY_SHAPES)
    found = counted.to_pyarrow()
    return dict(zip(found["shape"].to_pylist(), found["n"].to_pylist(), strict=True))


def _as_number(words: ir.StringValue, plan: NumberPlan) -> ir.FloatingValue:
    if plan.plain:
        return words.try_cast("float64")
    body = words.re_extract(f"({BODY[plan.decimal]})", 1)
    group = "," if plan.decimal == "." else "."
    size = body.re_replace(rf"[{group}'’{SPACES}]", "").replace(plan.decimal, ".").try_cast("float64")
    negative = words.re_search(rf"^\(|^[^\d.,]*[{MINUS}]|[{MINUS}]\)?$")
    size = negative.ifelse(-size, size)
    if plan.n_percent or plan.n_multiple:
        suffix = words.re_extract(rf"[\d.,][{SPACES}]*({SUFFIX})", 1).lower().re_replace(r"\.$", "")
        size = size * suffix.cases(*MULTIPLES.items(), ("%", 0.01), else_=1.0)
    return words.re_search(whole_number(plan.decimal)).ifelse(size, ibis.null("float64"))


def _number_issues(plan: NumberPlan, column: str, given: Decimal | None) -> list[Issue]:
    issues = []
    sign, other = ("comma", "point") if plan.decimal == "," else ("point", "comma")
    if plan.n_comma and plan.n_point and not given:
        n = min(plan.n_comma, plan.n_point)
        issues.append(
            Issue(
                "warning",
                "mixed_decimals",
                column,
                f"{n} numbers are written with a decimal {other}, the others with a {sign}; read with a {sign}.",
                'Correct these, or set "decimal".',
                n,
            )
        )
    elif plan.decimal == "," and not given:
        issues.append(
            Issue(
                "info",
                "decimal_comma",
                column,
                f"Read with a decimal comma, which {plan.n_comma} numbers prove.",
                "",
                plan.n_comma,
            )
        )
    if plan.n_either and not (plan.n_comma or plan.n_point or given):
        issues.append(
            Issue(
                "info" if plan.n_grouped else "warning",
                "decimal_unclear",
                column,
                f"No number shows whether its separator marks decimals or thousands; read with a decimal {sign}.",
                'Set "decimal" if that is wrong.',
                plan.n_either,
            )
        )
    if plan.n_percent:
        issues.append(
            Issue("info", "percent", column, "Percentages are read as shares: 12% is 0.12.", "", plan.n_percent)
        )
    return issues


def _unread_issues(table: ir.Table, words: ir.StringValue, expr: ir.Value, column: str, what: str) -> list[Issue]:
    """Words for "missing", spreadsheet errors and values that are none of these and could not be read."""
    unread = table.select(word=words, read=expr.notnull()).filter(~ibis._.read & ibis._.word.notnull())
    counted = unread.group_by("word").agg(n=ibis._.count()).order_by(ibis.desc("n"), "word").limit(MANY_SHAPES)
    found = counted.to_pyarrow().to_pylist()
    errors = [row for row in found if row["word"].lower() in SPREADSHEET_ERRORS]
    absent = [row for row in found if row["word"].lower() in ALL_MISSING and row not in errors]
    others = [row for row in found if row["word"].lower() not in ALL_MISSING]
    kinds = (
        (
            errors,
            "warning",
            "spreadsheet_errors",
            "are spreadsheet errors and count as missing",
            "Repair the formulas.",
        ),
        (absent, "info", "missing_words", "stand for a missing value", ""),
        (
            others,
            "warning",
            "unreadable",
            f"cannot be read as {what} and count as missing",
            "Correct them in the file.",
        ),
    )
    return [
        Issue(level, code, column, f"{_total(rows)} values {message} ({_examples(rows)}).", fix, _total(rows))
        for rows, level, code, message, fix in kinds
        if rows
    ]


def _total(rows: list[dict]) -> int:
    return sum(row["n"] for row in rows)


def _examples(rows: list[dict]) -> str:
    shown = ", ".join(f"“{row['word'][:40]}”" for row in rows[:3])
    return f"{shown} …" if len(rows) > 3 else shown


def _how_number(plan: NumberPlan) -> str:
    return f"as numbers with a decimal {'comma' if plan.decimal == ',' else 'point'}"


@ibis.udf.scalar.builtin
def try_strptime(value: str, format: str) -> datetime.datetime:
    """DuckDB's own: null where the text is not in this format."""


def moment(table: ir.Table, column: str, date_format: str | None = None, timezone: str | None = None) -> Reading:
    """The column as timestamps without a zone."""
    if table[column].type().is_temporal():
        return Reading(table[column].cast("timestamp"), (), "as the file's own dates")
    words = text(table, column).expr
    if date_format:
        return Reading(try_strptime(words, date_format), (), f"as {date_format}")
    formats = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%d-%m-%Y", "%d/%m/%Y", "%m/%d/%Y")
    return Reading(ibis.coalesce(*(try_strptime(words, f) for f in formats)), (), "as dates")
