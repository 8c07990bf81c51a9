"""Read the columns of a source as text, numbers or dates, each at most once, and collect their issues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ibis.expr.types as ir

from workbench.data.columns import read_column
from workbench.data.columns.read_column import ColumnReading
from workbench.data.model.dataset import Source
from workbench.errors import Issue, Where


class ColumnReader:
    """Read columns of ``rows`` on demand; ``issues`` collects what was found, placed at the source and column."""

    def __init__(self, source: Source, rows: ir.Table, timezone: str | None = None, remote: bool = False) -> None:
        self.source, self.rows, self.timezone, self.remote = source, rows, timezone, remote
        self.issues: list[Issue] = []
        self._seen: dict[tuple[str, str], ir.Value] = {}
        self._values: dict[tuple[str, int], tuple[str, ...]] = {}

    def text(self, name: str) -> ir.StringValue:
        """Read a column as text without surrounding spaces; blank is null.

        Unlike ``read_column.text`` it leaves the rarer kinds of spaces, for a tenth of the time: only what begins or
        ends with a blank is looked at twice. (Which texts come before “!” is certain only in our own engine.)
        """
        value = self.rows[name]
        if not value.type().is_string():
            return read_column.clean_text(self.rows, name).expr
        bare = value.strip().nullif("")
        return bare if self.remote else ((value < "!") | value.endswith(" ")).ifelse(bare, value)

    def distinct_values(self, name: str) -> ir.Table:
        """Return the distinct values of a column as text: one column, ``value``."""
        different = self.rows.select(self.rows[name]).distinct()
        return different.select(value=ColumnReader(self.source, different, remote=self.remote).text(name)).distinct()

    def few_values(self, name: str, most: int) -> tuple[str, ...] | None:
        """Return the distinct values of a column in order, None where they are more than ``most``; looked up once."""
        if (name, most) not in self._values:
            found = self.distinct_values(name).drop_null().order_by("value").limit(most + 1)
            self._values[name, most] = tuple(found.to_pyarrow()["value"].to_pylist())
        values = self._values[name, most]
        return values if len(values) <= most else None

    def has_value(self, name: str) -> ir.BooleanValue:
        """Whether a row has a value in the column, readable or not."""
        value = self.rows[name]
        return self.text(name).notnull() if value.type().is_string() else value.notnull()

    def number(self, name: str) -> ir.FloatingValue:
        """Read a column as float64, null where blank or unreadable."""
        return self._once("number", name, lambda: read_column.parse_numbers(self.rows, name, self.source.decimal)).cast(
            "float64"
        )

    def dates(self, name: str) -> ir.TimestampValue:
        """Read a column as timestamps on the data set's wall clock, null where blank or unreadable."""
        form = self.source.date_formats.get(name) or self.source.date_format
        return self._once("date", name, lambda: read_column.parse_dates(self.rows, name, form, self.timezone))

    def parses_fully(self, name: str, reading: ColumnReading) -> bool:
        """Whether every value of the column could be read that way."""
        unread = self.rows.count(where=self.has_value(name) & reading.expr.isnull())
        return not unread.to_pyarrow().as_py()

    def infer(self, name: str) -> ir.Value:
        """Read a text column as numbers, else as dates, if every value parses; return any other column as it is."""
        if not self.rows[name].type().is_string():
            return self.rows[name]
        if self.parses_fully(name, read_column.parse_numbers(self.rows, name, self.source.decimal)):
            return self.number(name)
        timed = self.parses_fully(name, read_column.parse_dates(self.rows, name, None, self.timezone))
        return self.dates(name) if timed else self.text(name)

    def _once(self, how: str, name: str, read: Callable[[], ColumnReading]) -> ir.Value:
        if (how, name) not in self._seen:
            reading = read()
            where = Where(source=self.source.name, column=name)
            self.issues += [replace(issue, where=where) for issue in reading.issues]
            self._seen[how, name] = reading.expr
        return self._seen[how, name]
