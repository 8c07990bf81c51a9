"""Filter reps by the values of roster attributes."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from workbench.data.model.panel import REP, Panel

MOST_CHOICES = 60


def reps_in_panel(panel: Panel) -> pd.DataFrame:
    """Return the rows of ``panel.reps``, one per rep, without reps who have no period."""
    return panel.reps[panel.reps[REP].isin(panel.frame[REP])]


def attribute_choices(reps: pd.DataFrame, attribute: str) -> list[str]:
    """List an attribute's values as text, in order; empty with only one value, or too many."""
    found = sorted(reps[attribute].dropna().astype(str).unique())
    return found if 1 < len(found) <= MOST_CHOICES else []


def reps_with(reps: pd.DataFrame, attribute: str, wanted: Collection[str]) -> pd.DataFrame:
    """Return the rows of ``reps`` with one of these values of an attribute; all rows without values."""
    return reps[reps[attribute].astype(str).isin(wanted)] if wanted else reps
