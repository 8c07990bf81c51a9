"""The inspection of a file as a line of facts, and its columns as a table."""

from __future__ import annotations

import pandas as pd

from workbench.data.mapping.inspect_file import FileInspection
from workbench.words.numbers import pluralize

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces", ":": "colons"}


def inspection_words(look: FileInspection) -> str:
    """``8,800 rows, 8 columns, separated by commas, UTF-8, decimal comma, names in row 3``; only what it has."""
    separated = f"separated by {_DELIMITERS.get(look.delimiter, look.delimiter)}" if look.delimiter else ""
    decimal = {",": "decimal comma", ".": "decimal point"}.get(look.decimal or "", "")
    header = f"names in row {look.header_row}" if look.header_row and look.header_row > 1 else ""
    facts = (
        pluralize(look.n_rows, "row"),
        pluralize(look.n_columns, "column"),
        separated,
        (look.encoding or "").upper(),
        decimal,
    )
    return ", ".join(filter(None, (*facts, header)))


def columns_table(look: FileInspection) -> pd.DataFrame:
    """One row per column of the file: ``Column``, ``Read as``, ``Blank`` cells, ``For example``."""
    return pd.DataFrame(
        {
            "Column": [column.name for column in look.columns],
            "Read as": [column.type for column in look.columns],
            "Blank": [column.n_blank for column in look.columns],
            "For example": [" · ".join(column.examples) for column in look.columns],
        }
    )
