"""Open a file where it is safe: a small text at once, anything else by a process of its own where a server runs."""

from __future__ import annotations

from pathlib import Path

from workbench.data.engine.embedded import Engine
from workbench.data.files.count_cells import AT_ONCE
from workbench.data.files.file_options import AS_FOUND, FileOptions
from workbench.data.files.opened_file import OpenedFile
from workbench.data.files.opening import JSON_NAMES, MAGIC, damage_refused, open_in_process
from workbench.data.files.read_apart import are_read_apart, open_apart
from workbench.data.files.staged_copy import read_copy, write_copy

SMALL = 1_000_000  # bytes
LONGEST_LINE = 100_000  # bytes


def open_file(path: Path, where: str, engine: Engine, options: FileOptions = AS_FOUND) -> OpenedFile:
    """Open a text, spreadsheet, Parquet, JSON or SQLite file, gzipped or not.

    Raises
    ------
    InputError
        When the file is missing, of another type, damaged, or past a limit.
    """
    if not are_read_apart() or not path.is_file() or is_small_text(path):
        found = open_in_process(path, where, engine, options)
        is_wide = found.rows is not None and len(found.rows.columns) > AT_ONCE
        return _with_copy(found, engine, where) if is_wide and found.staged is None else found
    return open_apart(path, where, engine, options)


def _with_copy(found: OpenedFile, engine: Engine, where: str) -> OpenedFile:
    """Copy the rows of a wide file, whose columns are read some at a time; a text is read whole for each of them."""
    with damage_refused(where, engine.limits):
        copy = engine.scratch(".parquet")
        return read_copy(write_copy(found, engine, copy, engine.limits, where), copy, engine)


def is_small_text(path: Path) -> bool:
    """Whether a file is a small plain text of short lines.

    Such a file is the everyday one, and harmless: nothing in it unpacks, a line has no more cells than characters, and
    the readers of texts take memory and time in proportion to its size. So it need not wait for a process.
    """
    if path.stat().st_size > SMALL or path.name.lower().removesuffix(".gz").endswith(JSON_NAMES):
        return False
    content = path.read_bytes()
    longest = max(map(len, content.splitlines()), default=0)
    return longest <= LONGEST_LINE and b"\0" not in content and not content.startswith(MAGIC)
