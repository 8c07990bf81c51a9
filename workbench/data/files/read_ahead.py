"""Have uploaded files read before anybody asks what is in them, while somebody watches."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from workbench.data.engine.embedded import Engine
from workbench.data.files.file_options import FileOptions
from workbench.data.files.open_file import is_small_text, open_file
from workbench.data.files.read_apart import are_read_apart
from workbench.data.files.reading_processes import ReadingEndedError
from workbench.data.files.table_locations import list_tables
from workbench.errors import InputError


def read_ahead(folder: Path, locations: Iterable[str]) -> None:
    """Have every table of the files read and its copy kept; what is wrong with one is told where it is used.

    A file of which one table took too long or too much is left: its others would keep everybody else waiting as long.
    """
    for name in locations:
        if are_read_apart() and not is_small_text(folder / name):
            with suppress(ReadingEndedError):
                _read_tables(folder, name)


def _read_tables(folder: Path, name: str) -> None:
    for place in list_tables(folder, name):
        try:
            with Engine() as engine:
                open_file(folder / name, name, engine, FileOptions(place.sheet, place.table))
        except ReadingEndedError:
            raise
        except InputError:
            continue
