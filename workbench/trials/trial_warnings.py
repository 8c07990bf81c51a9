"""Reasons for care with a trial: who was picked, who left, what else was going on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from workbench.data.model.panel import PERIOD
from workbench.data.model.periods import ends_of_periods
from workbench.trials.permutation import permute_coefficient, sampled_orders
from workbench.trials.trial_file import TrialFile
from workbench.trials.trial_finding import (
    LeftOutRep,
    NaiveChange,
    SideEffect,
    TrialEstimate,
    TrialWarning,
    TrialWarningCode,
)
from workbench.trials.trial_groups import TrialGroups
from workbench.trials.trial_scale import DAYS_A_MONTH, PER_MONTH, TrialScale, whole_periods
from workbench.trials.unit_means import UnitMeans
from workbench.trials.window_values import WindowMeasure

PICKED = 0.6
"""Spreads between the groups' means before, from which one was picked by results."""
NOT_DRAWN = 0.01
UNEQUAL_DAYS = 0.1
LEFT_MORE = 0.25
"""Share by which more of one group than of the other left, from which the comparison is no longer fair."""
FEWEST_BEFORE, FEWEST_AFTER = 3, 3
MANY_ZEROS = 0.5
MOST_MISSING = 2
"""Whole periods between the end of the data and the start, up to which the plan rests on what led up to it."""


def looks_drawn(units: UnitMeans) -> bool:
    """Whether the groups' means before could be those of a random draw (permutation, 1 %)."""
    if min(units.n) < 2:
        return True
    orders = sampled_orders(len(units.names)).whole
    found = permute_coefficient(units.before, units.treated.astype(float), np.ones((len(units.names), 1)), orders)
    return found is None or found.p() > NOT_DRAWN


def picked_apart(units: UnitMeans) -> float:
    """Return how many spreads the treated's mean before lies above the comparison's; NaN where nobody differs."""
    mine, theirs = units.before[units.treated], units.before[~units.treated]
    if not len(mine) or not len(theirs):
        return np.nan
    spread = float(units.before.std(ddof=1))
    return float((mine.mean() - theirs.mean()) / spread) if spread > 0 else np.nan


def share_left(left_out: Sequence[LeftOutRep], groups: TrialGroups, treated: bool) -> float:
    """Return the share of a group that was there before and has nothing after."""
    n = int((groups.treated == treated).sum())
    return sum(each.reason == "no_after" and each.treated == treated for each in left_out) / n if n else 0.0


def warn_of_groups(
    file: TrialFile, groups: TrialGroups, units: UnitMeans, left_out: Sequence[LeftOutRep]
) -> Iterator[TrialWarning]:
    """Yield what is unusual about who takes part."""
    if groups.found_unit:
        names = tuple(sorted({str(each) for each in groups.units[groups.treated]}))
        yield TrialWarning("unit_is_attribute", names, at=groups.unit)
    apart = picked_apart(units)
    if file.drawn and not looks_drawn(units):
        yield TrialWarning("not_random_looking", size=apart)
    better = -apart if file.direction == "lower" else apart
    if not file.drawn and better <= -PICKED:
        yield TrialWarning("treated_did_badly", size=apart)
    if not file.drawn and better >= PICKED:
        yield TrialWarning("biggest_treated", size=apart)
    gone = tuple(each.rep for each in left_out if each.reason == "no_after")
    if gone:
        mine, theirs = share_left(left_out, groups, True), share_left(left_out, groups, False)
        yield TrialWarning("reps_left", gone, size=mine - theirs)


def warn_of_data(
    file: TrialFile, measure: WindowMeasure, groups: TrialGroups, scale: TrialScale, used: np.ndarray
) -> Iterator[TrialWarning]:
    """Yield what is unusual about days, periods and values."""
    if scale.inside:
        yield TrialWarning("start_inside_period", at=file.start.isoformat())
    last = ends_of_periods(pd.Series([scale.panel.frame[PERIOD].max()]), scale.grain).to_numpy("datetime64[D]")[0]
    if whole_periods(last + 1, np.datetime64(file.start) - 1, scale.grain) > MOST_MISSING:
        yield TrialWarning("data_end_early", at=str(last))
    months = {name: float(mask.sum() / PER_MONTH[scale.grain])
              for name, mask in (("before", scale.before), ("after", scale.after))}  # fmt: skip
    if months["before"] < FEWEST_BEFORE:
        yield TrialWarning("short_before", size=months["before"])
    if 0 < months["after"] < FEWEST_AFTER:
        yield TrialWarning("few_periods_after", size=months["after"])
    days = [_days(measure, used & (groups.treated == side), mask)
            for side in (True, False) for mask in (scale.before, scale.after)]  # fmt: skip
    if all(each > 0 for each in days):
        changed = (days[1] / days[0]) / (days[3] / days[2])
        if abs(changed - 1) > UNEQUAL_DAYS:
            yield TrialWarning("unequal_workdays", size=changed - 1)
    early = measure.by_period()[:, scale.before][used]
    values = early[np.isfinite(early)]
    if len(values) and float(np.mean(values == 0)) > MANY_ZEROS:
        yield TrialWarning("zero_heavy", size=float(np.mean(values == 0)))


def _days(measure: WindowMeasure, reps: np.ndarray, window: np.ndarray) -> float:
    """Return workdays worked per rep and period, absences included."""
    cells = measure.present & window & reps[:, None]
    return float(measure.worth[cells].sum() / max(cells.sum(), 1))


def warn_of_results(
    file: TrialFile, claim: TrialEstimate, naive: NaiveChange | None, lever: SideEffect | None, lever_comparison: float
) -> Iterator[TrialWarning]:  # fmt: skip
    """Yield what the results themselves call for: a comparison that changed too, a turned sign."""
    if file.shared_pool:
        yield TrialWarning("shared_pool")
    if naive is not None and claim.excludes_none and np.sign(naive.change) == -np.sign(claim.value):
        yield TrialWarning("mix_changed", size=naive.change)
    if lever is not None and np.isfinite(lever.value) and lever_comparison * np.sign(lever.value) > abs(lever.value):
        yield TrialWarning("comparison_moved_too", size=lever_comparison)


def overlapping_trials(
    file: TrialFile, scale: TrialScale, people: frozenset[str], others: Sequence[tuple[TrialFile, frozenset[str]]]
) -> tuple[TrialWarning, ...]:
    """Return one warning per other trial that changes some of the same people in the months that are compared.

    Those are the months before the start too: what ended within them is part of what the trial is compared with. What
    begins after the last period that is judged changes nothing.

    Parameters
    ----------
    people : both groups of the trial. others : other trials, without this one, with the reps whom each treats.
    """
    first, last = _judged_days(file, scale)
    found = []
    for other, treated in others:
        apart = (other.end is not None and other.end < first) or (last is not None and other.start > last)
        both = tuple(sorted(people & treated))
        if both and not apart:
            over = other.end is not None and other.end < file.start
            code: TrialWarningCode = "trial_in_before" if over else "overlapping_trials"
            found.append(TrialWarning(code, both, size=len(both) / len(people), at=other.name))
    return tuple(found)


def _judged_days(file: TrialFile, scale: TrialScale) -> tuple[dt.date, dt.date | None]:
    """Return the first day before the start that is used and the last of the trial; the card's where data lack.

    Where the data end long before the start, the months that it will be compared with are still to come.
    """
    first = scale.periods[scale.before].min().astype(dt.date) if scale.before.any() else file.start
    months = (int(scale.before.sum()) + 1) / PER_MONTH[scale.grain]
    first = max(first, file.start - dt.timedelta(days=round(months * DAYS_A_MONTH)))
    if not scale.after.any():
        return first, file.end
    last = scale.ends[scale.after].max().astype(dt.date)
    return first, last if file.end is None else min(file.end, last)
