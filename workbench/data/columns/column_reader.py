"""One source's columns, each read at most once per way of reading, with what reading them found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ibis.expr.types as ir

from workbench.data.columns import read_column
from workbench.data.columns.read_column import ColumnReading
from workbench.data.model.dataset import Source
from workbench.errors import Issue, Where


class Reader:
    """Reads columns of ``rows``; ``issues`` grows by what is found, placed at the source and column."""

    def __init__(self, source: Source, rows: ir.Table, timezone: str | None = None, remote: bool = False) -> None:
        self.source, self.rows, self.timezone, self.remote = source, rows, timezone, remote
        self.issues: list[Issue] = []
        self._seen: dict[tuple[str, str], ir.Value] = {}

    def text(self, name: str) -> ir.StringValue:
        """The column as text without blanks around; blank is null.

        Unlike ``read_column.text`` it leaves the rarer kinds of spaces, for a tenth of the time: only what begins or
        ends with a blank is looked at twice. (Which texts come before “!” is certain only in our own engine.)
        """
        value = self.rows[name]
        if not value.type().is_string():
            return read_column.text(self.rows, name).expr
        bare = value.strip().nullif("")
        return bare if self.remote else ((value < "!") | value.endswith(" ")).ifelse(bare, value)

    def values(self, name: str) -> ir.Table:
        """The different values of a column as text: one column, ``value``."""
        different = self.rows.select(self.rows[name]).distinct()
        return different.select(value=Reader(self.source, different, remote=self.remote).text(name)).distinct()

    def written(self, name: str) -> ir.BooleanValue:
        """Whether the column has anything in it."""
        value = self.rows[name]
        return self.text(name).notnull() if value.type().is_string() else value.notnull()

    def number(self, name: str) -> ir.FloatingValue:
        """The column as float64, null where blank or unreadable."""
        return self._once("number", name, lambda: read_column.number(self.rows, name, self.source.decimal)).cast(
            "float64"
        )

    def moment(self, name: str) -> ir.TimestampValue:
        """The column as timestamps on the data set's wall clock, null where blank or unreadable."""
        form = self.source.date_format
        return self._once("moment", name, lambda: read_column.moment(self.rows, name, form, self.timezone))

    def reads_whole(self, name: str, reading: ColumnReading) -> bool:
        """Whether a way of reading a column leaves nothing that is written unread."""
        unread = self.rows.count(where=self.written(name) & reading.expr.isnull())
        return not unread.to_pyarrow().as_py()

    def best(self, name: str) -> ir.Value:
        """A text column as numbers, else as dates, when all of it reads so; any other column as it is."""
        if not self.rows[name].type().is_string():
            return self.rows[name]
        if self.reads_whole(name, read_column.number(self.rows, name, self.source.decimal)):
            return self.number(name)
        timed = self.reads_whole(name, read_column.moment(self.rows, name, None, self.timezone))
        return self.moment(name) if timed else self.text(name)

    def _once(self, how: str, name: str, read: Callable[[], ColumnReading]) -> ir.Value:
        if (how, name) not in self._seen:
            reading = read()
            where = Where(source=self.source.name, column=name)
            self.issues += [replace(issue, where=where) for issue in reading.issues]
            self._seen[how, name] = reading.expr
        return self._seen[how, name]
