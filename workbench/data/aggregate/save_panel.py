"""Write a panel, and its unused rows, to files."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from workbench.data.aggregate.downloads import panel_csv, panel_table, unused_rows_csv
from workbench.data.events.events import UnusedReason
from workbench.data.model.panel import Panel
from workbench.errors import InputError, Where, refused


def save_panel(panel: Panel, path: Path) -> None:
    """Write the panel's frame as ``.parquet`` (names exactly as they are) or ``.csv``.

    In CSV (UTF-8 without a byte order mark) the period is the ``YYYY-MM-DD`` of its first day, a missing value is
    blank, and a name that a spreadsheet would take for a formula gets an apostrophe in front.

    Raises
    ------
    InputError
        When the file has another ending, or cannot be written.
    """
    if path.suffix.lower() not in (".parquet", ".csv"):
        raise _unknown_ending_error(path, ".parquet", ".csv")
    with os_errors_as_input_errors(path):
        if path.suffix.lower() == ".parquet":
            panel_table(panel).to_parquet(path, index=False)
        else:
            path.write_bytes(panel_csv(panel).removeprefix(codecs.BOM_UTF8))


def save_unused_rows(panel: Panel, path: Path, reasons: Mapping[UnusedReason, str]) -> None:
    """Write the unused rows, each with the text of its reason, as ``.csv``. Raises InputError like ``save_panel``."""
    if path.suffix.lower() != ".csv":
        raise _unknown_ending_error(path, ".csv")
    with os_errors_as_input_errors(path):
        path.write_bytes(unused_rows_csv(panel, reasons).removeprefix(codecs.BOM_UTF8))


def _unknown_ending_error(path: Path, *endings: str) -> InputError:
    return refused("bad_ending", Where(file=str(path)), ending=path.suffix, endings=endings)


@contextmanager
def os_errors_as_input_errors(path: Path) -> Iterator[None]:
    """Raise InputError for a file that cannot be written, since the user chose its place."""
    try:
        yield
    except OSError as error:
        raise refused("not_written", Where(file=str(path)), reason=str(error.strerror)) from None
