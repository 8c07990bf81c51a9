"""A panel, and the rows it could not use, as files for other programs."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.data.aggregate.downloads import panel_csv, panel_table, unused_csv
from workbench.data.model.panel import Panel
from workbench.errors import InputError, Where, refused


def save_panel(panel: Panel, path: Path) -> None:
    """Write the panel's frame as ``.parquet`` (names exactly as they are) or ``.csv``.

    In CSV (UTF-8 without a mark) the period is the ``YYYY-MM-DD`` of its first day, a missing value is blank, and a
    name that a spreadsheet would take for a formula gets an apostrophe in front.

    Raises
    ------
    InputError
        When the ending is another, or the file cannot be written.
    """
    if path.suffix.lower() not in (".parquet", ".csv"):
        raise _bad_ending(path, ".parquet", ".csv")
    with _told(path):
        if path.suffix.lower() == ".parquet":
            panel_table(panel).to_parquet(path, index=False)
        else:
            path.write_bytes(panel_csv(panel).removeprefix(codecs.BOM_UTF8))


def save_unused(panel: Panel, path: Path) -> None:
    """Write the rows not used, each with its reason, as ``.csv``. Raises InputError like ``save_panel``."""
    if path.suffix.lower() != ".csv":
        raise _bad_ending(path, ".csv")
    with _told(path):
        path.write_bytes(unused_csv(panel).removeprefix(codecs.BOM_UTF8))


def _bad_ending(path: Path, *endings: str) -> InputError:
    return refused("bad_ending", Where(file=str(path)), ending=path.suffix, endings=endings)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """A file that cannot be written is the input's fault: the place was chosen by the user."""
    try:
        yield
    except OSError as error:
        raise refused("not_written", Where(file=str(path)), reason=str(error.strerror)) from None
