"""Trials that look at the same data: a duplicate carries the looks of the trial that was there before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workbench.data.model.panel import Panel
from workbench.errors import InputError, Where
from workbench.trials.check_trial import people_named
from workbench.trials.trial_file import TrialFile
from workbench.trials.trial_state import with_plan_kept


def same_data(one: TrialFile, other: TrialFile, panel: Panel) -> bool:
    """Return whether two trials judge the same reps by the same measure from the same day on."""
    if (one.measure.strip(), one.start) != (other.measure.strip(), other.start):
        return False
    try:
        mine, theirs = (set(people_named(each.treated, panel, Where(path=("treated",)))) for each in (one, other))
    except InputError:
        return False
    return mine == theirs


def with_looks_carried(
    file: TrialFile, before: TrialFile | None, others: Sequence[TrialFile], panel: Panel, last_day: dt.date
) -> TrialFile:
    """Return a trial about to be kept that remembers what was planned before its data were seen, and by which looks.

    Whoever saves a duplicate of a trial that runs, with another end or with fewer looks, has seen its data: what was
    declared first counts, also where the first trial was removed.

    Parameters
    ----------
    before : the trial as it was kept; None for a new one. others : the other trials, removed ones too. last_day : the
        last day that the data cover.
    """
    first = before
    if before is None or not same_data(before, file, panel):
        first = next((each for each in others if same_data(each, file, panel)), before)
    return with_plan_kept(file, first, last_day)
