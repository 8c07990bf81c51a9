"""The sentence on reps whose days at work are unknown; every page says the same."""

from __future__ import annotations

from workbench.data.aggregate.whole_periods import DaysKnown
from workbench.words.numbers import pluralize


def unknown_days_sentence(found: DaysKnown, grain: str) -> str:
    """Whose days at work are unknown, and what that may hide; empty if all are known."""
    if found.n_no_days:
        return f"The data has one row per rep and {grain}, so a {grain} cut by absence counts as a whole {grain}."
    if not found.n_unreadable:
        return ""
    everybody = found.n_unreadable == found.n_reps
    who = "" if everybody else f" for {found.n_unreadable} of {pluralize(found.n_reps, 'rep')}"
    return f"Days at work are unknown{who}, so absence may look like little effort."
