"""What can be taken away: the panel, and the rows not used with their reasons."""

from __future__ import annotations

import io
import json

import pandas as pd

from workbench.data.model.dataset import DataSet, dataset_json
from workbench.data.model.panel import PERIOD, REP, Panel

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def dataset_file(dataset: DataSet) -> bytes:
    """The data set file, to keep beside the data or to send along with it."""
    return json.dumps(dataset_json(dataset), indent=2, ensure_ascii=False).encode()


def panel_csv(panel: Panel) -> bytes:
    """The panel as CSV, periods as dates, safe to open in a spreadsheet."""
    frame = panel_table(panel)
    return spreadsheet_csv(frame.assign(**{PERIOD: frame[PERIOD].dt.strftime("%Y-%m-%d")}))


def panel_table(panel: Panel) -> pd.DataFrame:
    """Everybody's rows; where some reps are not scored, a column ``scored`` says who is."""
    if panel.unscored.empty:
        return panel.frame
    return panel.everybody.assign(scored=lambda frame: frame[REP].isin(panel.frame[REP].unique()))


def unused_csv(panel: Panel) -> bytes:
    """The rows not used, each with its source, its number in the file and the reason."""
    return spreadsheet_csv(panel.unused)


def spreadsheet_csv(frame: pd.DataFrame) -> bytes:
    """CSV in UTF-8 with a mark that spreadsheets know, where no cell of text can act as a formula.

    A text that begins with ``= + - @`` or a control character gets a leading apostrophe, as OWASP advises ("CSV
    Injection"). Numbers keep their sign.
    """
    texts = frame.select_dtypes(exclude=["number", "datetime", "bool"]).columns
    safe = frame.assign(**{name: frame[name].map(_harmless, na_action="ignore") for name in texts})
    buffer = io.StringIO()
    safe.rename(columns=_harmless).to_csv(buffer, index=False)
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_DANGEROUS) else cell
