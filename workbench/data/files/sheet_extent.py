"""Find how far the cells of a workbook reach, before a reader makes room for all cells in between."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
CELL = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')
CHUNK = 1 << 20  # bytes
LONGEST_TAG = 1 << 10  # bytes kept over from one chunk to the next
MOST_LOOKED_AT = 64 << 20  # bytes of one sheet: a larger one has many cells, none of them far from the others
STRAY = 20  # times as much room as there are cells


@dataclass(frozen=True)
class SheetExtent:
    """The cells of a sheet: how many there are, how many would fit between them, and the corner farthest out."""

    filled: int
    room: int
    corner: str

    @property
    def is_stray(self) -> bool:
        """Whether next to none of the cells in between are filled."""
        return self.room > STRAY * max(self.filled, 1)


def unpacked_size(path: Path) -> int:
    """Return the bytes that the parts of a workbook say they have, unpacked."""
    with zipfile.ZipFile(path) as archive:
        return sum(item.file_size for item in archive.infolist())


def largest_extent(path: Path) -> SheetExtent | None:
    """Return the extent of the sheet of an XLSX workbook that takes the most room; None if no sheet was looked at."""
    with zipfile.ZipFile(path) as archive:
        sheets = [item for item in archive.infolist() if SHEETS.fullmatch(item.filename)]
        found = [_extent(archive, item) for item in sheets if item.file_size <= MOST_LOOKED_AT]
    return max(found, key=lambda each: each.room, default=None)


def _extent(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> SheetExtent:
    filled, rows, columns = 0, set[int](), set[bytes]()
    for cells in _cells(archive, item):
        filled += len(cells)
        numbers = [int(row) for _, row in cells]
        rows |= {min(numbers), max(numbers)}
        columns |= {name for name, _ in cells}
    if not filled:
        return SheetExtent(0, 0, "")
    last = max(columns, key=_column_number)
    width = _column_number(last) - min(map(_column_number, columns)) + 1
    return SheetExtent(filled, (max(rows) - min(rows) + 1) * width, f"{last.decode()}{max(rows)}")


def _cells(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> Iterator[list[tuple[bytes, bytes]]]:
    """Yield the places of cells, chunk by chunk; a tag over the end of a chunk belongs to the next."""
    rest = b""
    with archive.open(item) as file:
        while chunk := file.read(CHUNK):
            whole, _, after = (rest + chunk).rpartition(b"<")
            rest = after[-LONGEST_TAG:]
            if cells := CELL.findall(whole):
                yield cells
    if cells := CELL.findall(rest):
        yield cells


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
