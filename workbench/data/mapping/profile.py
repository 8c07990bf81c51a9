"""Profile the columns of a table in the engine, as a basis for guesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import ibis
import ibis.expr.types as ir

from workbench.data.columns import read_column
from workbench.data.columns.date_column import PLAUSIBLE_YEARS
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.temp_tables import materialize
from workbench.data.files.table import Table
from workbench.data.mapping import guess_words
from workbench.data.mapping.guess_words import has_word
from workbench.data.values.missing import ALL_MISSING

ColumnKind = Literal["date", "number", "text", "empty"]
SAMPLE_ROWS = 20_000
_MOST_VALUES = 40
NAMED_LIKE_A_DATE = guess_words.DATE | guess_words.LATER | guess_words.START | guess_words.END
NOT_A_DATE = guess_words.ID | guess_words.SECONDS
NO_DATE_EITHER = guess_words.AMOUNT | guess_words.TARGET
_READS = 0.9


@dataclass(frozen=True)
class ColumnProfile:
    """The profile of one column, from the first ``SAMPLE_ROWS`` rows of its table.

    Attributes
    ----------
    kind : "date" or "number" when nine of ten values read as such, blanks and words for missing aside.
    filled : share of rows that are not blank; ``n_distinct`` counts distinct values in those rows.
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
        """Rows per distinct value."""
        return self.filled * self.n_rows / self.n_distinct if self.n_distinct else 0.0

    @property
    def unique(self) -> bool:
        """Whether every row has a value of its own."""
        return self.filled == 1 and self.n_distinct == self.n_rows > 0


def profile_columns(table: Table, engine: Engine, names: Sequence[str] | None = None) -> tuple[ColumnProfile, ...]:
    """Profile columns of a table, all of them unless named."""
    names = table.columns if names is None else names
    if not names:
        return ()
    rows = materialize(engine, table.rows.limit(SAMPLE_ROWS).select(ROW, *names))
    words = {name: read_column.clean_text(rows, name).expr for name in names}
    seen = _count_values(rows, words)
    return tuple(_profile_column(rows, name, words[name], *counts) for name, counts in zip(names, seen, strict=True))


def _count_values(rows: ir.Table, words: Mapping[str, ir.StringValue]) -> list[tuple[int, int, int, int, int]]:
    """Count for every column: rows, values, values that are no word for missing, distinct values, those with a digit.

    One query for all columns, since on small tables a query costs more than the data it reads.
    """
    asked = [
        (rows.count(), word.count(), word.lower().notin(ALL_MISSING).sum(), word.nunique(), word.re_search(r"\d").sum())
        for word in words.values()
    ]
    named = {f"{k}.{i}": each.fill_null(0) for k, several in enumerate(asked) for i, each in enumerate(several)}
    found = rows.aggregate(**named).to_pyarrow().to_pylist()[0]
    return [tuple(found[f"{k}.{i}"] for i in range(5)) for k in range(len(asked))]


def _profile_column(
    rows: ir.Table, name: str, words: ir.StringValue, n: int, filled: int, present: int, distinct: int, digits: int
) -> ColumnProfile:
    wordy = rows[name].type().is_string() and digits < _READS * present  # neither a number nor a date has no digit
    text: tuple[ColumnKind, bool] = ("text", False)
    kind, whole = text if wordy else _infer_kind(rows, name, present)
    return ColumnProfile(name, kind, n, filled / n if n else 0.0, distinct, whole, _frequent_values(words))


def _infer_kind(rows: ir.Table, name: str, present: int) -> tuple[ColumnKind, bool]:
    if present == 0:
        return "empty", False
    number = read_column.parse_numbers(rows, name).expr
    read, whole = _count_parsed(rows, number), number.isnull() | (number % 1 == 0)
    if read >= _READS * present and _are_compact_dates(rows, name, present):
        return "date", False
    if read >= _READS * present:
        return "number", bool(rows.aggregate(whole=whole.all()).to_pyarrow()["whole"][0].as_py())
    return (
        "date" if _count_parsed(rows, read_column.parse_dates(rows, name).expr) >= _READS * present else "text"
    ), False


def _are_compact_dates(rows: ir.Table, name: str, present: int) -> bool:
    """Whether numbers are dates: 20240131 in any column; 990201, 202401 or 45292 in one that is named like a date."""
    dated = has_word(name, NAMED_LIKE_A_DATE)
    if has_word(name, NOT_A_DATE if dated else NOT_A_DATE | NO_DATE_EITHER):
        return False
    digits = read_column.clean_text(rows, name).expr
    pattern = r"^\d{5,6}(\.\d+)?$|^\d{8}$" if dated else r"^(19|20)\d{6}$"
    if _count_parsed(rows, digits.re_search(pattern).nullif(False)) < _READS * present:
        return False
    read = read_column.parse_dates(rows, name).expr
    return _count_parsed(rows, read.year().between(*PLAUSIBLE_YEARS).nullif(False)) >= _READS * present


def _count_parsed(rows: ir.Table, value: ir.Value) -> int:
    """Count values that are not null; the value may be a constant, as for a column without any date."""
    return rows.select(value=value).aggregate(n=ibis._.value.count()).to_pyarrow()["n"][0].as_py()


def _frequent_values(words: ir.StringValue) -> tuple[str, ...]:
    counted = words.name("value").as_table().drop_null().group_by("value").aggregate(n=ibis._.count())
    top = counted.order_by([ibis.desc("n"), "value"]).limit(_MOST_VALUES)
    return tuple(top.to_pyarrow()["value"].to_pylist())


def profiles_by_name(columns_seen: Sequence[ColumnProfile]) -> dict[str, ColumnProfile]:
    """Return the profiles by column name."""
    return {column.name: column for column in columns_seen}
