"""Judge a trial without enough to compare with: everybody changed at once, or one team did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from workbench.data.model.panel import REP
from workbench.trials.interrupted_series import FEWEST_MONTHS, InterruptedSeries, fit_interrupted_series
from workbench.trials.same_data import times_surer
from workbench.trials.team_rank import rank_one_team
from workbench.trials.trial_course import rep_by_rep
from workbench.trials.trial_data import TrialData, side_formulas
from workbench.trials.trial_finding import (
    NaiveChange,
    SideEffect,
    TeamTotal,
    TrialCourse,
    TrialEstimate,
    TrialFinding,
    TrialVerdict,
    VerdictReason,
)
from workbench.trials.trial_scale import PER_MONTH, TrialScale, calendar_places
from workbench.trials.trial_sides import TrialSides
from workbench.trials.unit_means import mean_of_known, unit_means
from workbench.trials.window_values import measure_over_windows

FEWEST_AFTER_FIT = 3


def judge_everybody(trial: TrialData, found: TrialFinding) -> TrialFinding:
    """Return the finding of a change for everybody.

    With under 24 months before or 3 periods after, a picture and no p: a season cannot be told from the change. Else
    the team's own series, of the reps who were there at both times, is weak evidence where it excludes no effect.
    Whatever else began on that day is part of it. Where the card sets a comparison aside, its reps take no part.
    """
    sides = trial.sides
    measure, scale, mine = sides.measure, sides.scale, sides.groups.treated
    before, after = (measure.pooled(mine, window) for window in (scale.before, scale.after))
    used = mine & sides.used
    same = [measure.pooled(used, window) for window in (scale.before, scale.after)]
    naive = NaiveChange(before, after, after - before, same[1] - same[0], np.nan)
    shown = scale.history | scale.after
    series = np.array([measure.pooled(used, _only(t, shown)) for t in np.flatnonzero(shown).tolist()])
    missing = _what_is_missing(series, scale, shown)
    fit = None if missing else _fit(series, scale, shown)
    found = replace(
        found, naive=naive, total=_total(trial), course=_course(sides, series, shown, fit, same[0]),
        reps=rep_by_rep(measure, sides.groups, scale, np.where(mine, sides.before, np.nan), sides.after),
        side_effects=tuple(_side_changes(trial)), n_treated=int(used.sum()), n_comparison=0, n_comparison_reps=0,
    )  # fmt: skip
    alone: VerdictReason = "no_comparison" if len(mine) == len(_everybody(trial)) else "comparison_set_aside"
    if fit is None:
        value = TrialEstimate("none", same[1] - same[0], np.nan, np.nan, np.nan, n_units=(int(used.sum()), 0))
        return replace(found, verdict="picture", reasons=(alone, *(missing or ("short_history",))), claim=value)
    p = min(fit.estimate.p * times_surer(sides.file.tries), 1.0)
    claim = replace(fit.estimate, p=p, n_units=(int(used.sum()), 0))
    verdict, more = _own_series_says(claim, trial.overlaps, found.smallest, sides.file.tries)
    return replace(
        found, verdict=verdict, reasons=(alone, "long_history", *more), claim=claim, estimates=(claim,),
        n_before=int(scale.history.sum()),
    )  # fmt: skip


def _what_is_missing(series: np.ndarray, scale: TrialScale, shown: np.ndarray) -> tuple[VerdictReason, ...]:
    """Return why the series cannot be fitted: too few periods with a value on a side."""
    known, after = np.isfinite(series), scale.after[shown]
    out: list[VerdictReason] = []
    if (known & ~after).sum() / PER_MONTH[scale.grain] < FEWEST_MONTHS:
        out.append("short_history")
    if (known & after).sum() < FEWEST_AFTER_FIT:
        out.append("few_after")
    return tuple(out)


def _fit(series: np.ndarray, scale: TrialScale, shown: np.ndarray) -> InterruptedSeries | None:
    """Fit the series over every period of the calendar; of the fit, the periods shown."""
    at = calendar_places(scale, shown)
    values, after = np.full(int(at[-1]) + 1, np.nan), np.zeros(int(at[-1]) + 1, dtype=bool)
    values[at], after[at] = series, scale.after[shown]
    fit = fit_interrupted_series(values, after, 12 * PER_MONTH[scale.grain])
    return None if fit is None else replace(fit, expected=fit.expected[at], half=fit.half[at])


def _own_series_says(
    claim: TrialEstimate, overlaps: bool, smallest: float, tries: int
) -> tuple[TrialVerdict, tuple[VerdictReason, ...]]:
    if overlaps:
        return "cannot_tell", ("overlapping_trial",)
    if claim.excludes_none:
        return "weak", ()
    if tries > 1 and claim.low * claim.high > 0:
        return "cannot_tell", ("tried_before",)
    small = -smallest < claim.low and claim.high < smallest
    return "cannot_tell", (() if small else ("wide_range",))


def _side_changes(trial: TrialData) -> Iterator[SideEffect]:
    """Yield the pooled change of everything else, of the reps there at both times; nobody to compare with, so no p."""
    sides, seen = trial.sides, {trial.sides.file.measure}
    for text, label, unit in side_formulas(trial):
        if text not in seen:
            seen.add(text)
            measure = measure_over_windows(text, sides.scale, sides.groups.reps)
            used = sides.used & sides.groups.treated
            early, late = (measure.pooled(used, window) for window in (sides.scale.before, sides.scale.after))
            n = int((np.isfinite(measure.over(sides.scale.after)) & used).sum())
            yield SideEffect(text, label, unit, late - early, np.nan, np.nan, np.nan, early, (n, 0))


def judge_one_team(sides: TrialSides, found: TrialFinding) -> TrialFinding:
    """Return the finding of one team against a few others: a picture, and the rank of its gap among all teams."""
    measure, scale, groups = sides.measure, sides.scale, sides.groups
    by_period = measure.by_period()
    shown = np.flatnonzero(scale.before | scale.after)
    names = sides.units.names
    values = np.full((len(names), len(scale.periods)), np.nan)
    for t in shown:
        units = unit_means(groups, np.where(sides.used, by_period[:, t], np.nan), by_period[:, t])
        values[np.searchsorted(names.astype(str), units.names.astype(str)), t] = units.before
    mixed = rank_one_team(values, sides.units.treated, names, scale.before, scale.after)
    me = np.flatnonzero(sides.units.treated)[0]
    blank = np.full(len(shown), np.nan)
    expected = blank if mixed is None else mixed.expected[shown]
    others = np.array([mean_of_known(values[~sides.units.treated, t]) for t in shown])
    mine = values[me, shown]
    course = TrialCourse(scale.periods[shown], scale.after[shown], mine, others, expected, blank, blank)
    late = scale.after[shown]
    value = mean_of_known((mine - expected)[late]) if mixed else np.nan
    claim = TrialEstimate("rank", value, np.nan, np.nan, np.nan, n_units=sides.units.n)
    return replace(found, verdict="picture", reasons=("one_team",), claim=claim, course=course,
                   rank=None if mixed is None else mixed.rank)  # fmt: skip


def _only(t: int, shown: np.ndarray) -> np.ndarray:
    return np.arange(len(shown)) == t


def _course(
    sides: TrialSides, series: np.ndarray, shown: np.ndarray, fit: InterruptedSeries | None, level: float
) -> TrialCourse:
    """Without a fit the time before goes on as it was on average, without a band."""
    blank = np.full(len(series), np.nan)
    after = sides.scale.after[shown]
    expected = np.where(after, level, np.nan) if fit is None else fit.expected
    low, high = (blank, blank) if fit is None else (
        np.where(after, fit.expected - fit.half, np.nan), np.where(after, fit.expected + fit.half, np.nan)
    )  # fmt: skip
    return TrialCourse(sides.scale.periods[shown], after, series, blank, expected, low, high)


def _everybody(trial: TrialData) -> np.ndarray:
    return np.array(sorted(trial.panel.frame[REP].unique()), dtype=object)


def _total(trial: TrialData) -> TeamTotal:
    """Return the team's total, of those too who are left out of the answer, and the change of those who changed."""
    sides, every = trial.sides, _everybody(trial)
    measure = sides.measure if len(every) == len(sides.groups.reps) else measure_over_windows(
        sides.file.measure, sides.scale, every)  # fmt: skip
    changed = np.isin(every, sides.groups.reps[sides.groups.treated])
    early, late, mine_early, mine_late = (
        measure.total(reps, window) * PER_MONTH[sides.scale.grain] / max(int(window.sum()), 1)
        for reps in (np.ones_like(changed), changed)
        for window in (sides.scale.before, sides.scale.after)
    )
    return TeamTotal(early, late, mine_late - mine_early, np.nan)
