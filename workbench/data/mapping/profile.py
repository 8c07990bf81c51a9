"""What the columns of a table look like: a small picture of each, taken in the engine, to base guesses on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import ibis
import ibis.expr.types as ir

from workbench.data.columns import read_column
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.temp_tables import materialize
from workbench.data.files.table import Table
from workbench.data.values.missing import ALL_MISSING

ColumnKind = Literal["date", "number", "text", "empty"]
SAMPLE_ROWS = 20_000
_MOST_VALUES = 40
_READS = 0.9


@dataclass(frozen=True)
class Column:
    """One column of a table, as far as its first ``SAMPLE_ROWS`` rows tell.

    Attributes
    ----------
    kind : "date" or "number" when nine of ten values read as such, blanks and words for missing aside.
    filled : share of rows that are not blank; ``n_distinct`` counts different values among the rows looked at.
    whole : numbers without decimals only.
    values : the most frequent values as text, most frequent first.
    """

    name: str
    kind: ColumnKind
    n_rows: int
    filled: float
    n_distinct: int
    whole: bool
    values: tuple[str, ...]

    @property
    def repeats(self) -> float:
        """Rows per different value."""
        return self.filled * self.n_rows / self.n_distinct if self.n_distinct else 0.0

    @property
    def unique(self) -> bool:
        """Every row has a value of its own."""
        return self.filled == 1 and self.n_distinct == self.n_rows > 0


def profile(table: Table, engine: Engine) -> tuple[Column, ...]:
    """A picture of every column of a table."""
    rows = materialize(engine, table.rows.limit(SAMPLE_ROWS).select(ROW, *table.columns))
    words = {name: read_column.clean_text(rows, name).expr for name in table.columns}
    seen = _counts(rows, words)
    return tuple(_column(rows, name, words[name], *counts) for name, counts in zip(table.columns, seen, strict=True))


def _counts(rows: ir.Table, words: Mapping[str, ir.StringValue]) -> list[tuple[int, int, int, int, int]]:
    """Of every column: rows, values, values that no word for missing stands for, different values, those with a digit.

    All in one query: on small tables a query costs more than what it reads.
    """
    asked = [
        (rows.count(), word.count(), word.lower().notin(ALL_MISSING).sum(), word.nunique(), word.re_search(r"\d").sum())
        for word in words.values()
    ]
    named = {f"{k}.{i}": each.fill_null(0) for k, several in enumerate(asked) for i, each in enumerate(several)}
    found = rows.aggregate(**named).to_pyarrow().to_pylist()[0] if named else {}
    return [tuple(found[f"{k}.{i}"] for i in range(5)) for k in range(len(asked))]


def _column(
    rows: ir.Table, name: str, words: ir.StringValue, n: int, filled: int, present: int, distinct: int, digits: int
) -> Column:
    wordy = rows[name].type().is_string() and digits < _READS * present  # neither a number nor a date has no digit
    text: tuple[ColumnKind, bool] = ("text", False)
    kind, whole = text if wordy else _kind(rows, name, present)
    return Column(name, kind, n, filled / n if n else 0.0, distinct, whole, _values(words))


def _kind(rows: ir.Table, name: str, present: int) -> tuple[ColumnKind, bool]:
    if present == 0:
        return "empty", False
    number = read_column.parse_numbers(rows, name).expr
    read, whole = _read(rows, number), number.isnull() | (number % 1 == 0)
    if read >= _READS * present:
        return "number", bool(rows.aggregate(whole=whole.all()).to_pyarrow()["whole"][0].as_py())
    return ("date" if _read(rows, read_column.parse_dates(rows, name).expr) >= _READS * present else "text"), False


def _read(rows: ir.Table, value: ir.Value) -> int:
    """How many values are not null; a value may be the same for all rows, as in a column without any date."""
    return rows.select(value=value).aggregate(n=ibis._.value.count()).to_pyarrow()["n"][0].as_py()


def _values(words: ir.StringValue) -> tuple[str, ...]:
    counted = words.name("value").as_table().drop_null().group_by("value").aggregate(n=ibis._.count())
    top = counted.order_by([ibis.desc("n"), "value"]).limit(_MOST_VALUES)
    return tuple(top.to_pyarrow()["value"].to_pylist())


def named(columns_seen: Sequence[Column]) -> dict[str, Column]:
    """The columns by name."""
    return {column.name: column for column in columns_seen}
