"""Compare the team before a day and since: what happened, never why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD, Panel
from workbench.data.model.periods import ends_of_periods
from workbench.errors import Where
from workbench.formula.formula import parse_formula
from workbench.scoring.aggregate import aggregate_formula
from workbench.scoring.days_worked import with_share_worked

_WINDOW, _BEFORE, _SINCE = "window", "before", "since"


@dataclass(frozen=True)
class BeforeSince:
    """The average rep's value of a formula per period, before a day and since; NaN where it is not known.

    ``n_before`` and ``n_since`` are the whole periods compared, at most as many before as since.
    """

    before: float
    since: float
    n_before: int
    n_since: int


def compare_before_since(panel: Panel, formula: str, day: dt.date, until: dt.date | None = None) -> BeforeSince:
    """Average a formula over the whole periods that began since a day, and over as many that had ended before it.

    A period that holds the day is on neither side. Ratios are ratios of sums, and counts are per whole period worked.

    Parameters
    ----------
    until : periods that had not ended before this day are left out; None takes all.

    Raises
    ------
    InputError
        When the formula does not fit the panel.
    """
    parsed = parse_formula(formula, panel.measure_names, Where(path=("formula",)))
    starts = pd.Series(sorted(set(panel.frame[PERIOD]) - set(panel.partial)), dtype="datetime64[us]")
    ends = ends_of_periods(starts, panel.grain)
    ended = True if until is None else ends < pd.Timestamp(until)
    since = starts[(starts >= pd.Timestamp(day)) & ended].tolist()
    before = starts[ends < pd.Timestamp(day)].tolist()[-len(since) :] if since else []
    where = dict.fromkeys(before, _BEFORE) | dict.fromkeys(since, _SINCE)
    whole = with_share_worked(panel)
    rows = whole.frame.assign(**{_WINDOW: whole.frame[PERIOD].map(where)})
    inside = replace(whole, frame=rows[rows[_WINDOW].notna()].reset_index(drop=True))
    if not before or inside.frame.empty:
        return BeforeSince(np.nan, np.nan, len(before), len(since))
    found = aggregate_formula(parsed, inside, _WINDOW, "per_period")
    return BeforeSince(float(found.get(_BEFORE, np.nan)), float(found.get(_SINCE, np.nan)), len(before), len(since))
