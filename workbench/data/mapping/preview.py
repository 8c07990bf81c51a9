"""Preview a table before the panel is built: its first rows, and the most frequent values of a column."""

from __future__ import annotations

from pathlib import Path

import ibis
import pandas as pd

from workbench.data.columns.read_column import clean_text
from workbench.data.engine.embedded import ROW, Engine
from workbench.data.files.reshape import unpivot
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


def frequent_values(part: FilePart, folder: Path, column: str, most: int = 50) -> tuple[tuple[str, int], ...]:
    """Return the most frequent values of a column with their row counts, without blanks; empty for an unknown column.

    Raises
    ------
    InputError
        When the table cannot be opened.
    """
    with Engine() as engine:
        table = open_part(part, folder, engine)
        if column not in table.columns:
            return ()
        words = table.rows.select(value=clean_text(table.rows, column).expr).drop_null()
        counted = words.group_by("value").agg(n=ibis._.count()).order_by(ibis.desc("n"), "value").limit(most)
        return tuple((str(value), int(n)) for value, n in counted.execute().itertuples(index=False))


def open_part(part: FilePart, folder: Path, engine: Engine) -> Table:
    """Open the table of a part as the part reads it; of several stacked files, the first."""
    options = {name: getattr(part, name, None) for name in _OPTIONS}
    table = open_table(locations_of(part)[0], folder=folder, engine=engine, **options)
    return unpivot(table, part.unpivot) if isinstance(part, Source) and part.unpivot else table
