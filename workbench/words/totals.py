"""Totals before and after a change."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.data.model.figures import TotalChange
from workbench.words.numbers import CURRENCIES, MINUS

MOST = 4
SAME_TOTALS = "No total changes."


def totals_words(changes: Sequence[TotalChange], most: int = MOST) -> str:
    """``Sales: $1,200,400 → $1,180,000 · Calls: 95,867 → 2,905 · 2 more totals change``; empty without a change."""
    said = [f"{change.label}: {total(change.before, change.unit)} → {total(change.after, change.unit)}"
            for change in changes[:most]]  # fmt: skip
    more = len(changes) - most
    return " · ".join(
        [*said, *([f"{more} more {'totals change' if more > 1 else 'total changes'}"] if more > 0 else [])]
    )


def total(value: float | None, unit: str | None) -> str:
    """A total to the last digit that matters: ``$1,200,400``, ``2,905``, ``0.63``; "not there" without one."""
    if value is None:
        return "not there"
    size = f"{abs(value):,.0f}" if abs(value) >= 100 or value == round(value) else f"{abs(value):,.2f}"
    sign = MINUS if value < 0 else ""
    return f"{sign}{CURRENCIES[unit]}{size}" if unit in CURRENCIES else f"{sign}{size}"
