"""Read a text column as what it is, deciding from the whole column, inside the engine."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

import ibis

from workbench.errors import Issue


@dataclass(frozen=True, eq=False)
class Reading:
    """A column as a typed expression.

    Attributes
    ----------
    expr : the values, null where blank or unreadable.
    issues : what was decided, and how many values could not be read.
    how : one line saying how values were read.
    """

    expr: ibis.Value
    issues: tuple[Issue, ...]
    how: str


@ibis.udf.scalar.builtin
def try_strptime(value: str, format: str) -> datetime.datetime:
    """DuckDB's own: null where the text is not in this format."""


def text(table: ibis.Table, column: str) -> Reading:
    """The column as text without surrounding blanks; blank is null."""
    return Reading(table[column].cast("string").strip().nullif(""), (), "as text")


def number(table: ibis.Table, column: str, decimal: Literal[".", ","] | None = None) -> Reading:
    """The column as float64."""
    return Reading(text(table, column).expr.try_cast("float64"), (), "as plain numbers")


def moment(table: ibis.Table, column: str, date_format: str | None = None, timezone: str | None = None) -> Reading:
    """The column as timestamps without a zone."""
    words = text(table, column).expr
    if date_format:
        return Reading(try_strptime(words, date_format), (), f"as {date_format}")
    formats = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%d-%m-%Y", "%d/%m/%Y", "%m/%d/%Y")
    return Reading(ibis.coalesce(*(try_strptime(words, f) for f in formats)), (), "as dates")
