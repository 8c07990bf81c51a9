"""Judge a trial whose units start one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from workbench.trials.compare_units import JudgedClaim, better_way, judge_estimates, with_claim
from workbench.trials.estimate_effect import FEWEST_UNITS, joint_claim
from workbench.trials.permutation import SAMPLED
from workbench.trials.side_effects import SideMeasure, step_down
from workbench.trials.staggered_course import course_of_starts, reps_by_start
from workbench.trials.staggered_fade import fade_of_starts
from workbench.trials.staggered_starts import (
    FEWEST_ORDERS,
    NEVER,
    StaggeredTrial,
    n_start_orders,
    past_slope,
    staggered_estimates,
    staggered_trial,
    start_paths,
    start_statistics,
)
from workbench.trials.trial_data import TrialData, side_measure, side_measures, title_and_unit
from workbench.trials.trial_finding import SideEffect, TrialFinding, VerdictReason
from workbench.trials.trial_warnings import warn_of_results
from workbench.trials.unit_means import mean_of_known
from workbench.trials.window_values import measure_over_windows


def judge_staggered(trial: TrialData, found: TrialFinding) -> TrialFinding:
    """Return the finding with the estimate over cohorts, its course, who moved, the looks and the verdict.

    Before and after pooled would mix treated and untreated months, so that they are not given.
    """
    sides = trial.sides
    data = staggered_trial(sides)
    found = replace(found, naive=None, total=None, reps=())
    if not data.cohorts:
        return replace(found, verdict="not_started", reasons=("no_after",))
    judged, share = judge_starts(trial, found.smallest, data=data), past_slope(data)
    found = with_claim(trial, found, judged)
    effect = judged.claim.value
    lever, waiting = _lever_of_starts(trial)
    more = warn_of_results(sides.file, judged.claim, None, lever, waiting)
    return replace(
        found, course=course_of_starts(data, sides.scale.periods, share),
        reps=reps_by_start(sides, share, effect) if np.isfinite(effect) else (),
        side_effects=_side_effects(trial, tuple(side_measures(trial)), sides.units.n), lever=lever,
        fade=fade_of_starts(data, share, effect, sides.units.n), warnings=(*found.warnings, *more),
    )  # fmt: skip


def judge_starts(
    trial: TrialData, smallest: float, sampled: int = SAMPLED, data: StaggeredTrial | None = None
) -> JudgedClaim:
    """Return the claim and the verdict of a trial whose units start one after the other; see ``judge_claim``."""
    sides = trial.sides
    data = data or staggered_trial(sides)
    few: tuple[VerdictReason, ...] = ()
    if len(data.starts) < 2 * FEWEST_UNITS or n_start_orders(data.starts) < FEWEST_ORDERS:
        few = ("few_treated",) if (data.starts != NEVER).sum() < FEWEST_UNITS else ("few_comparison",)
    estimates = staggered_estimates(data, trial.drawn, sides.units.n, sampled)
    paths = None if few else start_paths(data, sides.scale.after, trial.drawn, sampled)
    judged = judge_estimates(trial, smallest, estimates, few, paths, sampled)
    return replace(judged, claim=replace(judged.claim, p=np.nan, low=np.nan, high=np.nan)) if few else judged


def _lever_of_starts(trial: TrialData) -> tuple[SideEffect | None, float]:
    """Return what happened to what the change was to move, start by start, and by how much it moved while waiting."""
    text, sides = trial.sides.file.lever, trial.sides
    if not text:
        return None, np.nan
    one = side_measure(trial, text, *title_and_unit(trial.panel, text))
    found = replace(_side_effects(trial, (one,), sides.units.n)[0], direction=better_way(trial, text))
    data = staggered_trial(sides, measure_over_windows(text, sides.scale, sides.groups.reps))
    first, periods = int(data.starts.min()), np.arange(data.values.shape[1])
    early, waiting = periods < first, (periods >= first) & (periods < data.starts[:, None])
    past = [row[early][-data.n_before :] for row in data.values]
    rows = zip(data.values, waiting, past, strict=True)
    moved = [mean_of_known(row[wait]) - mean_of_known(was) for row, wait, was in rows]
    return found, mean_of_known(np.array(moved))


def _side_effects(trial: TrialData, measures: tuple[SideMeasure, ...], n: tuple[int, int]) -> tuple[SideEffect, ...]:
    if not measures:
        return ()
    drawn = trial.drawn
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
