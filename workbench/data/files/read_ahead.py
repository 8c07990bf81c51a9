"""Have uploaded files read before anybody asks what is in them, while somebody watches."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from workbench.data.engine.embedded import Engine
from workbench.data.files.open_file import is_small_text, open_file
from workbench.data.files.read_apart import are_read_apart
from workbench.data.files.table_locations import list_tables
from workbench.errors import InputError


def read_ahead(folder: Path, locations: Iterable[str]) -> None:
    """Have every table of the files read and its copy kept; what is wrong with one is told where it is used."""
    large = [name for name in locations if are_read_apart() and not is_small_text(folder / name)]
    for place in [place for name in large for place in list_tables(folder, name)]:
        with suppress(InputError), Engine() as engine:
            open_file(
                folder / place.location, engine=engine, where=place.location, sheet=place.sheet, table=place.table
            )
