"""Judge a trial with comparison units: the estimates, a pre-trend, what else moved, whether it lasted, the verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from workbench.trials.estimate_effect import (
    FEWEST_UNITS,
    adjusted_estimate,
    difference_estimate,
    estimate_effects,
    joint_claim,
)
from workbench.trials.permutation import SAMPLED
from workbench.trials.same_data import level_at, times_surer
from workbench.trials.side_effects import judge_side_effects
from workbench.trials.trial_course import course_of_trial
from workbench.trials.trial_data import TrialData, side_measure, side_measures, title_and_unit
from workbench.trials.trial_file import BetterWhen
from workbench.trials.trial_finding import (
    SideEffect,
    TrialEstimate,
    TrialFade,
    TrialFinding,
    TrialVerdict,
    TrialWarning,
    VerdictReason,
)
from workbench.trials.trial_scale import PER_MONTH, whole_periods
from workbench.trials.trial_sides import TrialSides
from workbench.trials.trial_verdict import VerdictInputs, judge_trial, too_few_units
from workbench.trials.trial_warnings import LEFT_MORE, share_left, warn_of_results
from workbench.trials.unit_means import UnitMeans
from workbench.trials.watching import PathsOf, WatchedTrial, unit_paths, watch, watch_without_end

FEWEST_TO_SPLIT = 4
"""Periods that are worth two halves."""
NO_ESTIMATE = TrialEstimate("none", np.nan, np.nan, np.nan, np.nan)


@dataclass(frozen=True, eq=False)
class JudgedClaim:
    """What may be claimed of a trial with comparison units, and what that rests on; see ``TrialFinding``.

    ``ahead``: the end that was planned lies ahead, also of a trial ended before it: only declared looks may speak.
    """

    claim: TrialEstimate
    estimates: tuple[TrialEstimate, ...]
    placebo: TrialEstimate | None
    watched: WatchedTrial | None
    ahead: bool
    verdict: TrialVerdict
    reasons: tuple[VerdictReason, ...]


def compare_units(trial: TrialData, found: TrialFinding) -> TrialFinding:
    """Return the finding with estimates, looks, side effects and verdict."""
    sides = trial.sides
    judged = judge_claim(trial, found.smallest)
    fade = fade_of(sides)
    lever, compared = _lever(trial)
    found = replace(
        found, fade=fade, lever=lever, side_effects=judge_side_effects(tuple(side_measures(trial)), trial.drawn),
        course=course_of_trial(sides.measure, sides.groups, sides.scale, sides.used, sides.before),
        warnings=(*found.warnings, *warn_of_results(sides.file, judged.claim, found.naive, lever, compared)),
    )  # fmt: skip
    return with_claim(trial, found, judged)


def judge_claim(trial: TrialData, smallest: float, sampled: int = SAMPLED) -> JudgedClaim:
    """Return the claim and the verdict alone. ``smallest`` : effect that would matter. ``sampled`` : permutations."""
    sides = trial.sides
    estimates = estimate_effects(sides.units, trial.drawn, sampled=sampled) if all(sides.units.n) else ()
    few = too_few_units(sides.units.n)
    paths = unit_paths(sides, trial.drawn, sampled) if min(sides.units.n) >= FEWEST_UNITS else None
    return judge_estimates(trial, smallest, estimates, few, paths, sampled)


def judge_estimates(
    trial: TrialData, smallest: float, estimates: tuple[TrialEstimate, ...], few: tuple[VerdictReason, ...],
    paths: PathsOf | None, sampled: int = SAMPLED,
) -> JudgedClaim:  # fmt: skip
    """Return the claim that estimates and declared looks allow.

    Parameters
    ----------
    few : why there are too few units. paths : of the looks; None where none can be judged.
    """
    sides = trial.sides
    claim = joint_claim(estimates) if estimates else NO_ESTIMATE
    watched, ahead = _watched(sides, paths)
    if watched is not None and watched.looks:
        p = max(claim.p, watched.p) if np.isfinite(watched.p) else claim.p
        claim = replace(claim, p=p, method="whole_path" if ahead else claim.method)
    claim = replace(claim, p=min(claim.p * times_surer(sides.file.tries), 1.0))
    placebo = pre_trend(sides, sampled)
    inputs = _verdict_inputs(trial, smallest, claim, estimates, placebo)
    verdict, reasons = judge_trial(replace(inputs, few=few, watched=watched, running=ahead))
    return JudgedClaim(claim, estimates, placebo, watched, ahead, verdict, _reasons_of_end(sides, reasons))


def with_claim(trial: TrialData, found: TrialFinding, judged: JudgedClaim) -> TrialFinding:
    """Return the finding with what may be claimed, the looks and what they call for."""
    watched = judged.watched
    return replace(
        found, verdict=judged.verdict, reasons=judged.reasons, claim=judged.claim, estimates=judged.estimates,
        placebo=judged.placebo, looks=watched.looks if watched else (), n_looks=watched.n_looks if watched else 0,
        stopped=watched.stopped if watched else 0,
        warnings=(*found.warnings, *_warn_of_looks(trial, judged)),
    )  # fmt: skip


def _verdict_inputs(
    trial: TrialData, smallest: float, claim: TrialEstimate, estimates: tuple[TrialEstimate, ...],
    placebo: TrialEstimate | None,
) -> VerdictInputs:  # fmt: skip
    """Return what the verdict rests on, for a trial with comparison units that is over."""
    sides = trial.sides
    left = [share_left(sides.left_out, sides.groups, treated) for treated in (True, False)]
    return VerdictInputs(
        claim, estimates, (), smallest, trial.drawn, sides.file.shared_pool,
        placebo.p if placebo else np.nan, left[0] - left[1], LEFT_MORE, trial.overlaps,
        sides.file.direction == "lower", tries=sides.file.tries,
    )  # fmt: skip


def _watched(sides: TrialSides, paths: PathsOf | None) -> tuple[WatchedTrial | None, bool]:
    """Return the declared looks, and whether the planned end lies ahead.

    Without an end nobody has said when to stop looking. The trial is then judged as if looked at every month: else a
    look a month claims effects that are not there in one trial of six. An end that was set while the trial ran does
    not count: whoever looks until something shows, and ends then, finds it by chance.
    """
    plan, level = sides.file.plan, level_at(sides.file.tries)
    if plan is None:
        year = round(12 * PER_MONTH[sides.scale.grain])
        return watch_without_end(sides, year, 12, paths, level) if paths else None, True
    n, planned, looks = int(sides.scale.after.sum()), periods_until(sides, plan), sides.file.looks
    ahead = planned > n
    if paths is None or (not ahead and looks == 1):
        return None, ahead
    return watch(sides, planned, looks, paths, level), ahead


def periods_until(sides: TrialSides, end: dt.date | None) -> int:
    """Return how many whole periods of the trial there will be with a last day; those so far where that is open."""
    n = int(sides.scale.after.sum())
    if end is None or not n:
        return n
    last = sides.scale.ends[np.flatnonzero(sides.scale.after)[-1]]
    return n + whole_periods(last + 1, np.datetime64(end), sides.scale.grain)


def still_runs(sides: TrialSides) -> bool:
    """Whether the data do not hold every whole period up to the end of the card, or it has none."""
    n, end = int(sides.scale.after.sum()), sides.file.end
    return end is None or not n or periods_until(sides, end) > n


def _reasons_of_end(sides: TrialSides, reasons: tuple[VerdictReason, ...]) -> tuple[VerdictReason, ...]:
    """Return the reasons for a trial that was to run longer: it still does, or was ended before its plan."""
    over = not still_runs(sides)
    return tuple("ended_early" if each == "running" and over else each for each in reasons)


def _warn_of_looks(trial: TrialData, judged: JudgedClaim) -> Iterator[TrialWarning]:
    if trial.sides.file.end is None:
        yield TrialWarning("looks_undeclared")
    stopped = judged.watched.stopped if judged.watched else 0
    if judged.ahead and stopped and judged.verdict in ("helps", "harms", "may_have_moved"):
        yield TrialWarning("early_stop_overstates", size=float(stopped))


def pre_trend(sides: TrialSides, sampled: int = SAMPLED) -> TrialEstimate | None:
    """Return the difference in differences between both halves of the time before: an effect before the change.

    It sees treated who were already rising or falling; it does not see who was picked on the whole past. None with
    fewer than four periods.
    """
    early, late = halves(sides.scale.before)
    if sides.scale.before.sum() < FEWEST_TO_SPLIT:
        return None
    units = sides.units_of(sides.measure, early, late)
    return difference_estimate(units, sampled=sampled) if all(units.n) else None


def fade_of(sides: TrialSides) -> TrialFade | None:
    """Return the effect in both halves of the trial and its change; None with fewer than four periods."""
    if sides.scale.after.sum() < FEWEST_TO_SPLIT:
        return None
    first, second = (sides.units_of(sides.measure, sides.scale.before, half) for half in halves(sides.scale.after))
    both = [np.isin(units.names, np.intersect1d(first.names, second.names)) for units in (first, second)]
    first, second = (_some(units, those) for units, those in zip((first, second), both, strict=True))
    if not all(first.n):
        return None
    change = replace(second, after=second.after - first.after)
    return TrialFade(adjusted_estimate(first), adjusted_estimate(second), adjusted_estimate(change))


def halves(window: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a window's first and second half; the second has the odd period."""
    early = window & (np.cumsum(window) <= window.sum() // 2)
    return early, window & ~early


def _some(units: UnitMeans, those: np.ndarray) -> UnitMeans:
    return replace(
        units, names=units.names[those], treated=units.treated[those], before=units.before[those],
        after=units.after[those], n_reps=units.n_reps[those],
    )  # fmt: skip


def _lever(trial: TrialData) -> tuple[SideEffect | None, float]:
    """Return what happened to what the change was to move, and by how much the comparison's moved."""
    text = trial.sides.file.lever
    if not text:
        return None, np.nan
    one = side_measure(trial, text, *title_and_unit(trial.panel, text))
    theirs = ~one.units.treated
    moved = float((one.units.after - one.units.before)[theirs].mean()) if theirs.any() else np.nan
    return replace(judge_side_effects((one,), trial.drawn)[0], direction=better_way(trial, text)), moved


def better_way(trial: TrialData, formula: str) -> BetterWhen:
    """Return the better direction of a formula: of the KPI of the design that has it."""
    kpis = trial.design.kpis if trial.design else ()
    leaves = (leaf for kpi in kpis for leaf in kpi.leaves())
    lower = any((leaf.formula or "").strip() == formula.strip() and leaf.direction == "lower" for leaf in leaves)
    return "lower" if lower else "higher"
