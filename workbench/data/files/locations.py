"""Where a table lies: a file, or one sheet or table inside a file that holds several."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from workbench.data.files.opening import OLE, SQLITE, ZIP
from workbench.data.model.dataset import Lookup, Roster, Source, locations_of


@dataclass(frozen=True)
class Place:
    """A file, with the sheet or table meant inside it; neither when it holds one only."""

    location: str
    sheet: str | None = None
    table: str | None = None

    @property
    def said(self) -> str:
        """``deals.csv``, or ``book.xlsx › Deals``."""
        return " › ".join(filter(None, (self.location, self.sheet, self.table)))


def place_of(part: Source | Lookup | Roster) -> Place:
    """Where a part of a data set lies; of several stacked files, the first."""
    return Place(locations_of(part)[0], part.sheet, part.table)


def places(folder: Path, location: str) -> tuple[Place, ...]:
    """Every table of a file, in its order; the file itself when it holds one, or cannot be opened."""
    path = folder / location
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith((ZIP, OLE)):
        found = tuple(Place(location, sheet=name) for name in _sheets(path))
    else:
        found = tuple(Place(location, table=name) for name in _tables(path)) if start.startswith(SQLITE) else ()
    return found if len(found) > 1 else (Place(location),)


def _sheets(path: Path) -> list[str]:
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            shown = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
            return [sheet.name for sheet in shown if sheet.visible == SheetVisibleEnum.Visible]
    except (CalamineError, PasswordError):
        return []


def _tables(path: Path) -> list[str]:
    listed = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name"
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return [name for (name,) in connection.execute(listed)]
    except sqlite3.Error:
        return []
