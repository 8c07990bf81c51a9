"""Profile the columns of a table in the engine, as a basis for guesses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal

import ibis
import ibis.expr.types as ir

from workbench.data.columns import read_column
from workbench.data.columns.column_reading import LONGEST_VALUE, MANY_SHAPES
from workbench.data.columns.date_column import PLAUSIBLE_YEARS, are_iso_dates, date_shape, iso_date_facts
from workbench.data.columns.number_column import are_plain_numbers, number_shape, plain_number_facts
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.temp_tables import materialize
from workbench.data.files.table import Table
from workbench.data.mapping import guess_words
from workbench.data.mapping.guess_words import has_word
from workbench.data.values.date_formats import plan_dates
from workbench.data.values.missing import ALL_MISSING
from workbench.data.values.numbers import plan_numbers

ColumnKind = Literal["date", "number", "text", "empty"]
SAMPLE_ROWS = 20_000
SAMPLE_CELLS, LEAST_ROWS = 2_000_000, 1_000  # of a wide table fewer rows are looked at
AT_ONCE = 40  # columns in one query
_MOST_VALUES = 40
NAMED_LIKE_A_DATE = guess_words.DATE | guess_words.LATER | guess_words.START | guess_words.END
NOT_A_DATE = guess_words.ID | guess_words.SECONDS
NO_DATE_EITHER = guess_words.AMOUNT | guess_words.TARGET
_READS = 0.9
_DATED, _UNDATED = r"^\d{5,6}(\.\d+)?$|^\d{8}$", r"^(19|20)\d{6}$"  # compact dates, by whether the name says so
_COLUMN, _WORD = "column", "word"
_Shapes = list[tuple[str, str, int]]
"""Shapes of values as numbers and as dates, and their rows; as many as ``MANY_SHAPES`` may not be all."""


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
    """Profile columns of a table, all of them unless named.

    The values of all columns are put below each other: so a few queries do for all, which are the same for every file.
    """
    names = table.columns if names is None else names
    if not names:
        return ()
    n_rows = min(SAMPLE_ROWS, max(LEAST_ROWS, SAMPLE_CELLS // len(names)))
    rows = materialize(engine, table.rows.limit(n_rows).select(ROW, *names))
    words = _stack_words(engine, [read_column.clean_text(rows, name).expr for name in names])
    facts, values = _facts_by_column(words), _values_by_column(words)
    shapes = cache(partial(_shapes_by_column, words))
    return tuple(
        _profile_column(rows, name, facts.get(i), values.get(i, ()), partial(_shapes_of, shapes, i))
        for i, name in enumerate(names)
    )


def _stack_words(engine: Engine, words: Sequence[ir.StringValue]) -> ir.Table:
    """Return one row per column and row: the number of the column, and the value as text.

    A query takes memory for each column in it, whatever the rows: so many columns are stacked some at a time.
    """
    numbered = [ibis.struct({_COLUMN: ibis.literal(i, "int64"), _WORD: word}) for i, word in enumerate(words)]
    parts = [
        materialize(engine, ibis.array(numbered[at : at + AT_ONCE]).unnest().name("pair").as_table().unpack("pair"))
        for at in range(0, len(numbered), AT_ONCE)
    ]
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


def _facts_by_column(words: ir.Table) -> dict[int, dict[str, Any]]:
    word, number = words[_WORD], words[_WORD].try_cast("float64")
    facts = {
        "rows": words.count(),
        "present": word.lower().notin(ALL_MISSING).sum(),
        "distinct": word.nunique(),
        "digits": word.re_search(r"\d").sum(),
        "numbers": number.count(),
        "whole": (number.isnull() | (number % 1 == 0)).all(),
        **{pattern: word.re_search(pattern).sum() for pattern in (_DATED, _UNDATED)},
        **plain_number_facts(word),
        **iso_date_facts(word),
    }
    named = {f"f{i}": fact for i, fact in enumerate(facts.values())}
    found = words.group_by(_COLUMN).aggregate(**named).to_pyarrow().to_pylist()
    return {row[_COLUMN]: {fact: row[f"f{i}"] for i, fact in enumerate(facts)} for row in found}


def _values_by_column(words: ir.Table) -> dict[int, tuple[str, ...]]:
    """Return the most frequent values of each column."""
    counted = words.drop_null(_WORD).group_by(_COLUMN, _WORD).aggregate(n=ibis._.count())
    order = ibis.window(group_by=_COLUMN, order_by=[ibis.desc("n"), _WORD])
    ranked = counted.mutate(place=ibis.row_number().over(order))
    top = ranked.filter(ranked.place < _MOST_VALUES).order_by(_COLUMN, "place").to_pyarrow()
    found: dict[int, list[str]] = {}
    for column, word in zip(top[_COLUMN].to_pylist(), top[_WORD].to_pylist(), strict=True):
        found.setdefault(column, []).append(word)
    return {column: tuple(values) for column, values in found.items()}


def _shapes_by_column(words: ir.Table) -> dict[int, _Shapes]:
    """Count the values with a digit by their shape, for the most frequent shapes of each column."""
    some = words.filter(words[_WORD].re_search(r"\d"))
    word = some[_WORD].substr(0, LONGEST_VALUE)
    shaped = some.select(_COLUMN, number=number_shape(word), date=date_shape(word))
    counted = shaped.group_by(_COLUMN, "number", "date").aggregate(n=ibis._.count())
    order = ibis.window(group_by=_COLUMN, order_by=[ibis.desc("n"), "number", "date"])
    ranked = counted.mutate(place=ibis.row_number().over(order))
    found: dict[int, _Shapes] = {}
    for row in ranked.filter(ranked.place < MANY_SHAPES).to_pyarrow().to_pylist():
        found.setdefault(row[_COLUMN], []).append((row["number"], row["date"], row["n"]))
    return found


def _shapes_of(every: Callable[[], dict[int, _Shapes]], column: int) -> _Shapes:
    return every().get(column, [])


def _profile_column(
    rows: ir.Table,
    name: str,
    facts: Mapping[str, Any] | None,
    values: tuple[str, ...],
    shapes: Callable[[], _Shapes],
) -> ColumnProfile:
    if facts is None:
        return ColumnProfile(name, "empty", 0, 0.0, 0, False, values)
    kind, whole = _infer_kind(rows, name, facts, shapes)
    return ColumnProfile(name, kind, facts["rows"], facts["words"] / facts["rows"], facts["distinct"], whole, values)


def _infer_kind(
    rows: ir.Table, name: str, facts: Mapping[str, Any], shapes: Callable[[], _Shapes]
) -> tuple[ColumnKind, bool]:
    present = facts["present"] or 0
    if rows[name].type().is_string():
        if (facts["digits"] or 0) < _READS * present:  # neither a number nor a date has no digit
            return "text", False
        if are_iso_dates(facts):
            return "date", False
        if are_plain_numbers(facts) and facts["numbers"] >= _READS * present:
            return ("date", False) if _are_compact_dates(rows, name, facts) else ("number", bool(facts["whole"]))
    if present == 0:
        return "empty", False
    of_text = shapes() if rows[name].type().is_string() else []
    if not of_text or _may_be_numbers(of_text, present):
        number = read_column.parse_numbers(rows, name).expr
        read, whole = _count_parsed(rows, number), number.isnull() | (number % 1 == 0)
        if read >= _READS * present and _are_compact_dates(rows, name, facts):
            return "date", False
        if read >= _READS * present:
            return "number", bool(rows.aggregate(whole=whole.all()).to_pyarrow()["whole"][0].as_py())
    if of_text and not _may_be_dates(of_text):
        return "text", False
    return (
        "date" if _count_parsed(rows, read_column.parse_dates(rows, name).expr) >= _READS * present else "text"
    ), False


def _may_be_numbers(shapes: _Shapes, present: int) -> bool:
    """Whether enough values look like numbers to read them as such."""
    counted: dict[str, int] = {}
    for shape, _, n in shapes:
        counted[shape] = counted.get(shape, 0) + n
    return len(shapes) >= MANY_SHAPES or plan_numbers(counted).n_readable >= _READS * present


def _may_be_dates(shapes: _Shapes) -> bool:
    """Whether any value looks like a date, or like a day's number."""
    counted: dict[str, int] = {}
    for _, shape, n in shapes:
        counted[shape] = counted.get(shape, 0) + n
    plan = plan_dates(counted)
    return len(shapes) >= MANY_SHAPES or plan.n_readable + plan.n_day_number > 0


def _are_compact_dates(rows: ir.Table, name: str, facts: Mapping[str, Any]) -> bool:
    """Whether numbers are dates: 20240131 in any column; 990201, 202401 or 45292 in one that is named like a date."""
    dated = has_word(name, NAMED_LIKE_A_DATE)
    if has_word(name, NOT_A_DATE if dated else NOT_A_DATE | NO_DATE_EITHER):
        return False
    present = facts["present"] or 0
    if (facts[_DATED if dated else _UNDATED] or 0) < _READS * present:
        return False
    read = read_column.parse_dates(rows, name).expr
    return _count_parsed(rows, read.year().between(*PLAUSIBLE_YEARS).nullif(False)) >= _READS * present


def _count_parsed(rows: ir.Table, value: ir.Value) -> int:
    """Count values that are not null; the value may be a constant, as for a column without any date."""
    return rows.select(value=value).aggregate(n=ibis._.value.count()).to_pyarrow()["n"][0].as_py()


def profiles_by_name(columns_seen: Sequence[ColumnProfile]) -> dict[str, ColumnProfile]:
    """Return the profiles by column name."""
    return {column.name: column for column in columns_seen}
