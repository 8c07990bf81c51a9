"""The location of a table: a file, or one sheet or table inside a file with several."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from workbench.data.files.opening import OLE, SQLITE, ZIP
from workbench.data.files.read_apart import are_read_apart, list_apart
from workbench.data.model.dataset import Lookup, Roster, Source, locations_of


@dataclass(frozen=True)
class TableLocation:
    """A file, and the sheet or table inside it if the file has several."""

    location: str
    sheet: str | None = None
    table: str | None = None

    @property
    def label(self) -> str:
        """The location in one text: ``deals.csv``, or ``book.xlsx › Deals``."""
        return " › ".join(filter(None, (self.location, self.sheet, self.table)))


def location_of(part: Source | Lookup | Roster) -> TableLocation:
    """Return the location of a part of a data set; of several stacked files, the first."""
    return TableLocation(locations_of(part)[0], part.sheet, part.table)


def list_tables(folder: Path, location: str) -> tuple[TableLocation, ...]:
    """List the tables of a file in its order; the file itself if it has one, or cannot be opened."""
    path = folder / location
    with path.open("rb") as file:
        start = file.read(16)
    if not start.startswith((ZIP, OLE, SQLITE)):
        return (TableLocation(location),)
    if not are_read_apart():
        return list_tables_in_process(folder, location)
    found = list_apart(path, location)
    return tuple(TableLocation(location, *place) for place in found) or (TableLocation(location),)


def list_tables_in_process(folder: Path, location: str) -> tuple[TableLocation, ...]:
    """List the tables of a workbook or database as :func:`list_tables` does, in this process."""
    path = folder / location
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith((ZIP, OLE)):
        found = tuple(TableLocation(location, sheet=name) for name in _list_sheets(path))
    else:
        found = (
            tuple(TableLocation(location, table=name) for name in _list_sqlite_tables(path))
            if start.startswith(SQLITE)
            else ()
        )
    return found if len(found) > 1 else (TableLocation(location),)


def _list_sheets(path: Path) -> list[str]:
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            shown = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
            return [sheet.name for sheet in shown if sheet.visible == SheetVisibleEnum.Visible]
    except (CalamineError, PasswordError):
        return []


def _list_sqlite_tables(path: Path) -> list[str]:
    listed = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name"
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return [name for (name,) in connection.execute(listed)]
    except sqlite3.Error:
        return []
