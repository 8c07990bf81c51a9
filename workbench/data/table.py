"""Open one source as a table of the engine: columns as the file writes them, plus the number of each row."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import ibis

from workbench.data.engine import Engine
from workbench.errors import InputError, Issue

ROW = "__row__"


@dataclass(frozen=True, eq=False)
class Table:
    """The rows of one source, unread until asked for: selecting columns reads only those.

    Attributes
    ----------
    rows : the file's columns (text where the file has no types, blanks as NULL) and ``ROW``, the 1-based number of the
        record in the file, the header not counted.
    columns : the names of the file's columns, unique without regard to case, without ``ROW``.
    issues : what was found out or is wrong about the file.
    n_rows : how many rows there are.
    """

    rows: ibis.Table
    columns: tuple[str, ...]
    issues: tuple[Issue, ...]
    n_rows: int


def open_table(
    location: str,
    *,
    folder: Path,
    engine: Engine,
    sheet: str | None = None,
    table: str | None = None,
    query: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: Literal[".", ","] | None = None,
    connections: Mapping[str, str] | None = None,
) -> Table:
    """Open a file (path relative to ``folder``) or a table of a named connection.

    Raises
    ------
    InputError
        When there is no such file, or it is not a table we can read.
    """
    path = folder / location
    if not path.is_file():
        raise InputError(Issue("error", "file_missing", location, "There is no such file.", "Check the path."))
    with path.open(encoding="utf-8-sig", newline="") as lines:
        names = next(csv.reader(lines, delimiter=delimiter or _guess(path)))
    rows = engine.connection.read_csv(
        str(path), auto_detect=False, header=False, skip=1, delim=delimiter or _guess(path), quote='"', escape='"',
        columns=dict.fromkeys(names, "VARCHAR"),
    )  # fmt: skip
    rows = rows.mutate(**{ROW: ibis.row_number().cast("int64") + 1})
    return Table(rows, tuple(names), (), int(rows.count().execute()))


def _guess(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as lines:
        first = lines.readline()
    return max(",;\t|", key=first.count)
