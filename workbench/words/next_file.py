"""A further file of the same shape: how it counts, and what it changes."""

from __future__ import annotations

import pandas as pd

from workbench.data.mapping.next_file import ChangedTotal, HowAdded, PanelDifference
from workbench.data.model.dataset import Grain
from workbench.words.gaps import span_words
from workbench.words.lists import list_names
from workbench.words.numbers import pluralize
from workbench.words.panels import period_name

HOW: dict[HowAdded, str] = {
    "both": "Both files count",
    "id": "Same id: the later row counts",
    "period": "Same {grain}: the later file counts",
    "instead": "Use it instead of the old file",
}


def how_label(how: HowAdded, grain: Grain) -> str:
    """How two files count together, as a choice."""
    return HOW[how].format(grain=grain)


def difference_sentence(found: PanelDifference, grain: Grain) -> str:
    """``Adds 1,234 rows and May 2025. No earlier total changes.``"""
    rows = f"{'Adds' if found.n_rows >= 0 else 'Takes away'} {pluralize(abs(found.n_rows), 'row')}"
    news = [rows, *([_periods(found, grain)] if found.periods else [])]
    if found.n_reps:
        news.append(pluralize(found.n_reps, "rep"))
    return f"{list_names(news)}. {_earlier(found, grain)}"


def _periods(found: PanelDifference, grain: Grain) -> str:
    first, last = pd.Timestamp(found.periods[0]), pd.Timestamp(found.periods[-1])
    return span_words(first, last, grain)


def _earlier(found: PanelDifference, grain: Grain) -> str:
    if not found.n_changed:
        return "No earlier total changes."
    return f"{pluralize(found.n_changed, 'earlier total')} {'changes' if found.n_changed == 1 else 'change'}:"


def changed_words(change: ChangedTotal, grain: Grain) -> str:
    """``Won in April 2025: 12 becomes 15``"""
    return f"{change.measure} in {period_name(change.period, grain)}: {change.before:,.0f} becomes {change.after:,.0f}"
