"""Which reps a filter leaves: those with the chosen values of the roster's attributes."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from workbench.data.model.panel import REP, Panel

MOST_CHOICES = 60


def reps_in_panel(panel: Panel) -> pd.DataFrame:
    """The rows of ``panel.reps``, one a rep, without the reps who are on the roster and have no period."""
    return panel.reps[panel.reps[REP].isin(panel.frame[REP])]


def attribute_choices(reps: pd.DataFrame, attribute: str) -> list[str]:
    """The attribute's values as text, in order; empty where there is nothing to choose: one value, or too many."""
    found = sorted(reps[attribute].dropna().astype(str).unique())
    return found if 1 < len(found) <= MOST_CHOICES else []


def reps_with(reps: pd.DataFrame, attribute: str, wanted: Collection[str]) -> pd.DataFrame:
    """The rows of ``reps`` with one of these values of an attribute; all rows where no value is wanted."""
    return reps[reps[attribute].astype(str).isin(wanted)] if wanted else reps
