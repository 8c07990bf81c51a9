"""Open a sheet of an XLSX, XLSM, XLSB, XLS or ODS workbook."""

from __future__ import annotations

import itertools
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from workbench.data.engine.embedded import Engine
from workbench.data.engine.limits import MB, ReadLimits
from workbench.data.engine.parquet_staging import cell_text, stage_rows
from workbench.data.files.layout import detect_layout, head_lines, title_text
from workbench.data.files.opened_file import FileFormat, OpenedFile
from workbench.data.files.sheet_extent import largest_extent, unpacked_size
from workbench.errors import Examples, Issue, Where, refused
from workbench.problems import nearest

SAMPLE = 200  # rows from which the layout is detected
MOST_SHEETS = 20  # that an issue names
CELL_BYTES = 32  # that the reader takes for a cell, filled or not
EXACT = 10**15  # a workbook keeps 15 digits of a number


def open_spreadsheet(
    path: Path, engine: Engine, where: str, sheet: str | None, header: int | None = None
) -> OpenedFile:
    """Read one sheet (the first that is not empty, unless named), every cell as text.

    Raises
    ------
    InputError
        When the workbook cannot be read, is locked, or has no such sheet.
    """
    _check_extent(path, engine.limits, where)
    try:
        return _read_sheet(_open_workbook(path, where), engine, where, sheet, header)
    except (CalamineError, UnicodeError, zipfile.BadZipFile) as error:
        raise refused("not_a_workbook", Where(file=where), reason=str(error)) from None


def _check_extent(path: Path, limits: ReadLimits, where: str) -> None:
    """Refuse a workbook that unpacks to more than is allowed, or whose cells lie too far apart to make room for."""
    if not zipfile.is_zipfile(path):
        return
    try:
        size, extent = unpacked_size(path), largest_extent(path)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError):
        return  # damaged or locked: the reader says so
    if size > limits.unpacked_mb * MB:
        raise limits.past("unpacked_mb", where)
    if extent is None or extent.room * CELL_BYTES <= min(limits.cells * CELL_BYTES, limits.memory_mb * MB):
        return
    if extent.is_stray:
        raise refused("stray_cell", Where(file=where), cell=extent.corner, n_filled=extent.filled)
    raise limits.past("cells" if extent.room > limits.cells else "memory_mb", where)


def _read_sheet(
    book: CalamineWorkbook, engine: Engine, where: str, sheet: str | None, header: int | None
) -> OpenedFile:
    chosen = _choose_sheet(book, sheet, where)
    rows = list(itertools.islice(_sheet_rows(chosen), SAMPLE))
    layout = detect_layout(rows, where, header)
    width = len(layout.names)
    body = (
        row[:width] + [""] * (width - len(row)) for row in itertools.islice(_sheet_rows(chosen), layout.first, None)
    )
    guarded = engine.limits.guard_rows(body, width, where)
    table = stage_rows(guarded, layout.names, engine) if layout.names else None
    header_row = None if layout.header is None else layout.header + 1
    issues = (*_other_sheets_issues(book, chosen, sheet, where), *layout.issues, *_long_number_issues(chosen, where))
    unnamed = tuple(layout.names[i] for i in layout.unnamed)
    return OpenedFile(
        table,
        FileFormat("spreadsheet", header_row=header_row, title=title_text(rows, layout), head=head_lines(rows)),
        unnamed,
        issues,
    )


def _open_workbook(path: Path, where: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise refused("locked", Where(file=where)) from None
    except CalamineError as error:
        raise refused("not_a_workbook", Where(file=where), reason=str(error)) from None


def _choose_sheet(book: CalamineWorkbook, name: str | None, where: str) -> CalamineSheet:
    if name is None:
        sheets = (book.get_sheet_by_name(each) for each in book.sheet_names)
        return next((s for s in sheets if s.height), book.get_sheet_by_index(0))
    if name not in book.sheet_names:
        near, known = nearest(name, book.sheet_names), Examples.of(book.sheet_names, MOST_SHEETS)
        raise refused("no_such_sheet", Where(file=where), name=name, near=near, known=known)
    return book.get_sheet_by_name(name)


def _sheet_rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    return ([cell_text(cell) for cell in row] for row in sheet.iter_rows())


def _other_sheets_issues(
    book: CalamineWorkbook, chosen: CalamineSheet, asked: str | None, where: str
) -> tuple[Issue, ...]:
    others = [name for name in book.sheet_names if name != chosen.name]
    if asked or not others:
        return ()
    unread = Examples.of(others, MOST_SHEETS)
    return (Issue.of("info", "other_sheets", Where(file=where), sheet=chosen.name, others=unread),)


def _long_number_issues(sheet: CalamineSheet, where: str) -> tuple[Issue, ...]:
    n = sum(isinstance(cell, float | int) and abs(cell) >= EXACT for row in sheet.iter_rows() for cell in row)
    if not n:
        return ()
    return (Issue.of("warning", "long_numbers", Where(file=where), n),)
