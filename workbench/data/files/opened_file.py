"""The result of opening a file: its format, rows and issues."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir

from workbench.data.files.count_cells import CellCounts
from workbench.errors import Issue


@dataclass(frozen=True)
class FileFormat:
    """The format of a file.

    Attributes
    ----------
    kind : text, spreadsheet, parquet, json, sqlite or database.
    encoding, delimiter, quote, escape : of a text file; ``None`` where it has none.
    header_row : 1-based number of the record with the names, blank lines counted; ``None`` without one.
    title : what stands above the table. head : the first records, each as one text.
    """

    kind: str
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    escape: str | None = None
    header_row: int | None = None
    title: str = ""
    head: tuple[str, ...] = ()


TEXT = FileFormat("text")


@dataclass(frozen=True, eq=False)
class OpenedFile:
    """An opened file, its rows not counted yet: columns as text, or typed where the file has types.

    ``rows`` is ``None`` for an empty file; ``unnamed`` are the columns without a name in the file; ``staged`` is the
    Parquet file that the rows lie in already, with columns c0, c1 …, if they do. ``columnar``: columns are read apart,
    so that reading some of them again costs less than keeping them. ``counts``: its cells, if they were counted.
    """

    rows: ir.Table | None
    form: FileFormat
    unnamed: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    staged: Path | None = None
    columnar: bool = False
    counts: CellCounts | None = None
