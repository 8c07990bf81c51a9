"""What opening a file finds: its form, its rows, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir

from workbench.errors import Issue


@dataclass(frozen=True)
class Form:
    """How a file is written.

    Attributes
    ----------
    kind : text, spreadsheet, parquet, json, sqlite or database.
    encoding, delimiter, quote, escape : of a text file; ``None`` for what it does not have.
    header_row : 1-based number of the record with the names, blank lines counted; ``None`` without one.
    """

    kind: str
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    escape: str | None = None
    header_row: int | None = None


TEXT = Form("text")


@dataclass(frozen=True, eq=False)
class Found:
    """The rows of a file before they are counted: columns as text, or typed where the file has types.

    ``rows`` is ``None`` for an empty file; ``unnamed`` are those columns that the file gives no name.
    """

    rows: ir.Table | None
    form: Form
    unnamed: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
