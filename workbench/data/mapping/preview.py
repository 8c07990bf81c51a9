"""Preview a table before the panel is built: its first rows, and how often a column has which values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import pandas as pd

from workbench.data.columns.read_column import clean_text
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.engine.temp_tables import fetch, is_remote
from workbench.data.files.reshape import stack_tables, unpivot
from workbench.data.files.table import Table, open_table
from workbench.data.model.dataset import Lookup, Roster, Source, locations_of

FilePart = Source | Lookup | Roster
_OPTIONS = ("sheet", "table", "query", "encoding", "delimiter", "decimal", "header")


def first_rows(part: FilePart, folder: Path, n: int = 8) -> pd.DataFrame:
    """Return the first rows as in the file: one text column per column of the file, blanks as empty text.

    Raises
    ------
    InputError
        When the table cannot be opened.
    """
    with Engine() as engine:
        rows = open_part(part, folder, engine).rows.order_by(ROW).limit(n).drop(ROW)
        return rows.cast(dict.fromkeys(rows.columns, "string")).execute().fillna("")


@dataclass(frozen=True)
class ValueCounts:
    """How many rows have which values of a column.

    Attributes
    ----------
    rows : the most frequent values and those that were asked for, each with its number of rows.
    n_values : number of different values; ``n_blank`` : rows without one.
    """

    rows: tuple[tuple[str, int], ...] = ()
    n_values: int = 0
    n_blank: int = 0


def count_values(part: FilePart, folder: Path, column: str, named: Collection[str] = (), most: int = 50) -> ValueCounts:
    """Count the values of a column over all files of a part: the most frequent first, then those ``named``.

    Nothing is counted of an unknown column.

    Raises
    ------
    InputError
        When the table cannot be opened.
    """
    with Engine() as engine:
        table = _open_all(part, folder, engine)
        if column not in table.columns:
            return ValueCounts()
        counted = table.rows.select(value=clean_text(table.rows, column).expr).group_by("value").agg(n=ibis._.count())
        blank = counted.value.isnull()
        ranked = counted.mutate(
            place=ibis.row_number().over(group_by=blank, order_by=[ibis.desc("n"), "value"]),
            n_all=counted.count().over(group_by=blank),
        )
        shown = (ranked.place < most) | ranked.value.isin([*named]).fill_null(False)
        found = ranked.filter(shown).order_by("place").to_pyarrow().to_pylist()
        values = [each for each in found if each["value"] is not None]
        rows = [(str(each["value"]), int(each["n"])) for each in values]
        known = {value for value, _ in rows}
        return ValueCounts(
            (*rows, *((value, 0) for value in dict.fromkeys(named) if value and value not in known)),
            values[0]["n_all"] if values else 0,
            sum(each["n"] for each in found if each["value"] is None),
        )


def _open_all(part: FilePart, folder: Path, engine: Engine) -> Table:
    """Open the table of a part with all of its stacked files."""
    locations = locations_of(part)
    tables = [_open_one(part, location, folder, engine) for location in locations]
    if len(tables) > 1:
        local = [replace(each, rows=fetch(engine, each.rows)) if is_remote(engine, each.rows) else each
                 for each in tables]  # fmt: skip
        tables = [stack_tables(local, locations)]
    return unpivot(tables[0], part.unpivot) if isinstance(part, Source) and part.unpivot else tables[0]


def open_part(part: FilePart, folder: Path, engine: Engine) -> Table:
    """Open the table of a part as the part reads it; of several stacked files, the first."""
    table = _open_one(part, locations_of(part)[0], folder, engine)
    return unpivot(table, part.unpivot) if isinstance(part, Source) and part.unpivot else table


def _open_one(part: FilePart, location: str, folder: Path, engine: Engine) -> Table:
    return open_table(location, folder=folder, engine=engine, **{name: getattr(part, name, None) for name in _OPTIONS})
