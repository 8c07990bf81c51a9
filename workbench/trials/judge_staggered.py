"""Judge a trial whose units start one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from workbench.trials.compare_units import plan_ahead, pre_trend, reasons_of_end, verdict_inputs
from workbench.trials.estimate_effect import FEWEST_UNITS, joint_claim
from workbench.trials.side_effects import step_down
from workbench.trials.staggered_starts import (
    FEWEST_ORDERS,
    NEVER,
    StaggeredTrial,
    n_start_orders,
    past_slope,
    staggered_estimates,
    staggered_trial,
    start_statistics,
)
from workbench.trials.trial_data import TrialData, side_measures
from workbench.trials.trial_finding import SideEffect, TrialCourse, TrialFinding, TrialWarning, VerdictReason
from workbench.trials.trial_verdict import judge_trial
from workbench.trials.window_values import measure_over_windows


def judge_staggered(trial: TrialData, found: TrialFinding) -> TrialFinding:
    """Return the finding with the estimate over cohorts, its course and verdict.

    Reps are not shown one by one: each has another time before and after. The two pooled figures would mix treated and
    untreated months, so that they are not given either. Looks are not judged, so that nothing is claimed before the
    end that was planned.
    """
    sides, drawn = trial.sides, trial.drawn
    data = staggered_trial(sides)
    if (data.starts == NEVER).all():
        return replace(found, verdict="not_started", reasons=("no_after",), naive=None, total=None, reps=())
    estimates = staggered_estimates(data, drawn, sides.units.n)
    claim = joint_claim(estimates)
    few: tuple[VerdictReason, ...] = ()
    if len(data.starts) < 2 * FEWEST_UNITS or n_start_orders(data.starts) < FEWEST_ORDERS:
        few = ("few_treated",) if (data.starts != NEVER).sum() < FEWEST_UNITS else ("few_comparison",)
        claim = replace(claim, p=np.nan, low=np.nan, high=np.nan)
    placebo = pre_trend(sides)
    inputs = replace(verdict_inputs(trial, found.smallest, claim, estimates, placebo), few=few)
    verdict, reasons = judge_trial(replace(inputs, running=plan_ahead(sides)))
    return replace(
        found, verdict=verdict, reasons=reasons_of_end(sides, reasons), claim=claim, estimates=estimates,
        placebo=placebo, naive=None, total=None, reps=(), course=_course(data, sides.scale.periods, past_slope(data)),
        side_effects=_side_effects(trial, drawn, sides.units.n),
        warnings=(*found.warnings, *([TrialWarning("looks_undeclared")] if sides.file.end is None else [])),
    )  # fmt: skip


def _course(data: StaggeredTrial, periods: np.ndarray, share: float) -> TrialCourse:
    """Return those who have started and those who have not, by period; expected: the latter's change on their past."""
    shown = np.isfinite(data.values).any(axis=0)
    lines = np.full((3, len(periods)), np.nan)
    ever = data.starts != NEVER
    for t in np.flatnonzero(shown).tolist():
        now = np.isfinite(data.values[:, t])
        started = (data.starts <= t) & now
        mine = started if started.any() else ever & now
        theirs = (data.starts > t) & now & (~ever if not started.any() and (~ever).any() else True)
        lines[:2, t] = _mean(data.values[mine, t]), _mean(data.values[theirs, t])
        lines[2, t] = _expected(data, started, theirs, t, share)
    blank = np.full(int(shown.sum()), np.nan)
    after = np.arange(len(periods))[shown] >= data.starts.min()
    treated, comparison, expected = lines[:, shown]
    return TrialCourse(periods[shown], after, treated, comparison, expected, blank, blank)


def _expected(data: StaggeredTrial, started: np.ndarray, theirs: np.ndarray, t: int, share: float) -> float:
    found = []
    for u in np.flatnonzero(started):
        early = slice(max(int(data.starts[u]) - data.n_before, 0), int(data.starts[u]))
        past = np.array([_mean(row) for row in data.values[:, early]])
        found.append(share * past[u] + _mean(data.values[theirs, t] - share * past[theirs]))
    return _mean(np.array(found))


def _mean(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else np.nan


def _side_effects(trial: TrialData, drawn: bool, n: tuple[int, int]) -> tuple[SideEffect, ...]:
    measures = tuple(side_measures(trial))
    if not measures:
        return ()
    scale, reps = trial.sides.scale, trial.sides.groups.reps
    every = [staggered_trial(trial.sides, measure_over_windows(each.formula, scale, reps)) for each in measures]
    adjusted = np.max([_adjusted(every, own_past) for own_past in ((True,) if drawn else (True, False))], axis=0)
    out = []
    for each, data, p in zip(measures, every, adjusted, strict=True):
        claim = joint_claim(staggered_estimates(data, drawn, n))
        p = max(float(p), claim.p) if np.isfinite(claim.p) else np.nan
        before = float(each.units.before[each.units.treated].mean()) if each.units.treated.any() else np.nan
        out.append(SideEffect(each.formula, each.label, each.unit, claim.value, claim.low, claim.high, p, before, n))
    return tuple(out)


def _adjusted(every: Sequence[StaggeredTrial], own_past: bool) -> np.ndarray:
    found = [start_statistics(data, past_slope(data) if own_past else 1.0) for data in every]
    width = max((both.shape[1] for both in found if both is not None), default=1)
    rows = np.full((len(every), width), np.nan)
    for row, both in zip(rows, found, strict=True):
        if both is not None and both[0].std() > 0:
            row[:] = both[0] / both[0].std()
    return step_down(rows)
