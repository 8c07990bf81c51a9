"""A panel in words: period names, reps and periods, span, rows used."""

from __future__ import annotations

import pandas as pd

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.words.numbers import pluralize


def period_name(start: pd.Timestamp, grain: Grain) -> str:
    """A period as people say it: ``5 January 2026``, ``week of 5 January 2026``, ``January 2026``, ``Q1 2026``."""
    day = f"{start.day} {start:%B %Y}"
    names = {
        "day": day,
        "week": f"week of {day}",
        "month": f"{start:%B %Y}",
        "quarter": f"Q{start.quarter} {start.year}",
    }
    return names[grain]


def day_words(day: str) -> str:
    """A day of an issue as people write it: ``2024-03-01`` is ``1 March 2024``."""
    return period_name(pd.Timestamp(day), "day")


def panel_size(panel: Panel) -> str:
    """``30 reps × 10 months``."""
    return f"{pluralize(panel.frame[REP].nunique(), 'rep')} × {pluralize(panel.frame[PERIOD].nunique(), panel.grain)}"


def panel_span(panel: Panel) -> str:
    """``October 2016 to December 2017``; one period stands alone; empty for an empty panel."""
    if panel.frame.empty:
        return ""
    first, last = (period_name(end, panel.grain) for end in (panel.frame[PERIOD].min(), panel.frame[PERIOD].max()))
    return first if first == last else f"{first} to {last}"


def rows_used(panel: Panel) -> str:
    """``8,800 rows``, or ``8,300 of 8,800 rows`` where some were not used."""
    if panel.n_rows_used == panel.n_rows_read:
        return pluralize(panel.n_rows_read, "row")
    return f"{panel.n_rows_used:,} of {pluralize(panel.n_rows_read, 'row')}"
