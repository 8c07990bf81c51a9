"""Content of the downloads: the data set file, the panel, and the unused rows with their reasons."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping

import pandas as pd

from workbench.data.events.events import UnusedReason
from workbench.data.model.dataset import DataSet, dataset_json
from workbench.data.model.panel import PERIOD, REP, Panel

_DANGEROUS = re.compile(r"[\t\r]|[\s\x00-\x1f\ufeff\u200b\u2060]*[=+\-@＝＋－＠]")
"""Texts that a spreadsheet may take for a formula: some skip spaces before it, or read wide signs as narrow ones."""


def dataset_file_bytes(dataset: DataSet) -> bytes:
    """Return the content of the data set file."""
    return json.dumps(dataset_json(dataset), indent=2, ensure_ascii=False).encode()


def panel_csv(panel: Panel) -> bytes:
    """Return the panel as CSV, periods as dates, safe to open in a spreadsheet."""
    frame = panel_table(panel)
    return spreadsheet_csv(frame.assign(**{PERIOD: frame[PERIOD].dt.strftime("%Y-%m-%d")}))


def panel_table(panel: Panel) -> pd.DataFrame:
    """Return one row per (rep, period) of all reps, with a column ``scored`` if some are not scored."""
    if panel.unscored.empty:
        return panel.frame
    return panel.everybody.assign(scored=lambda frame: frame[REP].isin(panel.frame[REP].unique()))


def unused_rows_csv(panel: Panel, reasons: Mapping[UnusedReason, str]) -> bytes:
    """Return the unused rows as CSV, each with its source, its number in the file and the reason.

    Parameters
    ----------
    reasons : the text of each reason.
    """
    rows = panel.unused
    return spreadsheet_csv(rows.assign(reason=rows["reason"].map(reasons)) if len(rows) else rows)


def spreadsheet_csv(frame: pd.DataFrame) -> bytes:
    """Return CSV in UTF-8 with a byte order mark, in which no text can act as a formula.

    A text that begins with ``= + - @``, also wide or after spaces and line ends, or with a control character gets a
    leading apostrophe, as OWASP advises ("CSV Injection"). Numbers keep their sign.
    """
    texts = frame.select_dtypes(exclude=["number", "datetime", "bool"]).columns
    safe = frame.assign(**{name: frame[name].map(_escape_formula, na_action="ignore") for name in texts})
    buffer = io.StringIO()
    safe.rename(columns=_escape_formula).to_csv(buffer, index=False)
    return buffer.getvalue().encode("utf-8-sig")


def _escape_formula(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _DANGEROUS.match(cell) else cell
