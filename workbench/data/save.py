"""A panel as a file for other programs."""

from __future__ import annotations

import codecs
from pathlib import Path

from workbench.data.downloads import panel_csv
from workbench.data.panel import Panel
from workbench.errors import InputError, Issue


def save_panel(panel: Panel, path: Path) -> None:
    """Write the panel's frame as ``.parquet`` (names exactly as they are) or ``.csv``.

    In CSV (UTF-8 without a mark) the period is the ``YYYY-MM-DD`` of its first day, a missing value is blank, and a
    name that a spreadsheet would take for a formula gets an apostrophe in front.

    Raises
    ------
    InputError
        When the ending is another, or the file cannot be written.
    """
    try:
        if path.suffix.lower() == ".parquet":
            panel.frame.to_parquet(path, index=False)
        elif path.suffix.lower() == ".csv":
            path.write_bytes(panel_csv(panel).removeprefix(codecs.BOM_UTF8))
        else:
            message = f"A panel is written as .parquet or .csv, not “{path.suffix}”."
            raise InputError(Issue("error", "bad_ending", str(path), message, "Choose one of these endings."))
    except OSError as error:
        message = f"The file cannot be written: {error.strerror}."
        raise InputError(Issue("error", "not_written", str(path), message, "Choose another place.")) from None
