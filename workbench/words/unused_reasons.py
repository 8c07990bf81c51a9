"""Reasons why rows are not used, in words."""

from __future__ import annotations

import pandas as pd

from workbench.data.events.events import EARLIEST, LATEST, UnusedReason

UNUSED_REASONS: dict[UnusedReason, str] = {
    "duplicate": "repeats an earlier row",
    "total_row": "a total, not a rep's own row",
    "header_row": "the column names once more",
    "rep_error": "a spreadsheet error instead of a rep",
    "no_match": "the rep could not be looked up",
    "blank_rep": "no rep",
    "no_date": "no date, so in no period",
    "unreadable_date": "the date cannot be read",
    "implausible_date": f"dated before {EARLIEST} or after {LATEST}",
    "outside_periods": "outside the periods that the data set uses",
    "replaced": "replaced by a later file",
}


def with_reason_words(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the column ``reason`` in words instead of codes."""
    return rows.assign(reason=rows["reason"].map(UNUSED_REASONS)) if len(rows) else rows
