"""Recognise a sheet with one column per day, week or month, and guess what its cells count."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from workbench.data.files.reshape import date_named_columns, month_named_columns, unpivot
from workbench.data.files.table import Table
from workbench.data.files.table_locations import TableLocation
from workbench.data.mapping.guess_words import FILE_NOISE, has_word, name_words, readable_name
from workbench.data.mapping.profile import ColumnProfile
from workbench.data.model.dataset import Measure, Unpivot
from workbench.formula.value_choice import Choice

FEWEST = 3  # columns named by dates
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST_MEASURES = 12
_MEASURE_NAME = ("measure", "metric", "kpi", "activity", "indicator", "figure", "kennzahl", "type", "category")


def guess_unpivot(columns: Collection[str], said: Sequence[str] = ()) -> Unpivot | None:
    """Return how to turn columns named by dates into rows; None if fewer than ``FEWEST`` are.

    The year of columns named by months alone is the first that is ``said``: in the sheet's name, the title, the file's.
    """
    names = {"date": _free_name("month", columns), "value": _free_name("value", columns)}
    if len(date_named_columns(columns)) >= FEWEST:
        return Unpivot(**names)
    months = month_named_columns(columns)
    return Unpivot(columns=months, year=guess_year(said), **names) if len(months) >= FEWEST else None


def guess_year(said: Sequence[str]) -> int | None:
    """Return the first year that these texts name, in their order: ``Sales 2024`` is of 2024."""
    years = (found for text in said for found in _YEAR.findall(text))
    return next(map(int, years), None)


def unpivot_if_wide(table: Table, place: TableLocation) -> tuple[Table, Unpivot | None]:
    """Turn a table with one column per period into rows, and say how; any other table stays as it is."""
    spec = guess_unpivot(table.columns, (place.sheet or "", table.form.title, place.location))
    return (unpivot(table, spec), spec) if spec else (table, None)


def _free_name(name: str, columns: Collection[str]) -> str:
    taken = {column.strip().casefold() for column in columns}
    return next(each for each in (name, *(f"{name} {number}" for number in range(2, 99))) if each not in taken)


def measures_of_cells(stem: str, columns: Sequence[ColumnProfile], spec: Unpivot) -> Iterator[Measure]:
    """Guess the measures of an unpivoted sheet: its cells, apart by the values of a column that names what they count.

    Other columns of numbers repeat in every row, such as totals and quarters, and are not measured.
    """
    what = next((c for c in columns if _names_measures(c)), None)
    if what is None:
        yield Measure(name=_content_of(stem), aggregate="sum", column=spec.value)
        return
    for value in what.values[:_MOST_MEASURES]:
        where = Choice(what.name, (value,)).formula()
        yield Measure(name=readable_name(value), aggregate="sum", column=spec.value, where=where)


def _names_measures(column: ColumnProfile) -> bool:
    return column.kind == "text" and 2 <= column.n_distinct <= _MOST_MEASURES and has_word(column.name, _MEASURE_NAME)


def _content_of(stem: str) -> str:
    """Name what a file holds by its own name: ``Sales by rep 2024`` is sales."""
    told = [word for word in name_words(re.split(r"(?i)\b(?:by|per)\b", stem)[0]) if word not in FILE_NOISE]
    said = [word for word in told if not any(character.isdigit() for character in word)]
    return readable_name(" ".join(said)) if said else "Value"
