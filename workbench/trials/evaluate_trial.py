"""Evaluate a trial: the one call behind the page and the command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from workbench.data.model.dataset import Grain
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.trials.compare_units import NO_ESTIMATE, compare_units, still_runs
from workbench.trials.detectable_effect import LENGTHS, detectable_effects
from workbench.trials.judge_staggered import judge_staggered
from workbench.trials.planned_effect import planned_length
from workbench.trials.same_data import judged_alike, run_at_once, same_people
from workbench.trials.team_rank import FEWEST_TEAMS
from workbench.trials.trial_course import rep_by_rep
from workbench.trials.trial_data import TrialData
from workbench.trials.trial_file import TrialFile, TrialKind
from workbench.trials.trial_finding import NaiveChange, TeamTotal, TrialFinding, TrialWarning
from workbench.trials.trial_groups import trial_groups
from workbench.trials.trial_scale import PER_MONTH
from workbench.trials.trial_sides import TrialSides, trial_sides
from workbench.trials.trial_warnings import overlapping_trials, warn_of_data, warn_of_groups
from workbench.trials.window_values import WindowMeasure
from workbench.trials.without_comparison import judge_everybody, judge_one_team

MOST_CHANGED = 0.5
"""Of the months before the start: from which share on an earlier trial of the same change spoils the comparison."""
SMALLEST_SHARE = 0.1
"""Of the level before: the smallest effect that matters unless the card says otherwise. Not known of a level of 0."""


def evaluate_trial(
    panel: Panel, file: TrialFile, design: Design | None = None, others: Sequence[TrialFile] = ()
) -> TrialFinding:
    """Evaluate a trial on the history.

    Parameters
    ----------
    file : checked by ``check_trial`` without errors. design : its KPIs and goal are looked at as side effects, beside
        those of the card. others : trials that may have changed the same people at the same time.

    Returns
    -------
    TrialFinding
        For a trial that has not begun: who takes part, warnings, and the effect that could be found.

    Raises
    ------
    InputError
        A formula that does not parse.
    """
    sides = trial_sides(panel, file)
    kind = _kind(sides)
    if kind == "no_comparison" and not sides.groups.treated.all():
        sides = replace(trial_sides(panel, file.model_copy(update={"comparison": ()})), file=file)
    overlaps = trials_at_once(panel, sides, others)
    warnings = (
        *warn_of_groups(file, sides.groups, sides.units, sides.left_out),
        *warn_of_data(file, sides.measure, sides.groups, sides.scale, sides.used),
        *overlaps,
        *_judged_twice(panel, sides, others),
    )
    found = _described(panel, sides, kind, warnings)
    if not sides.begun:
        return found
    data = TrialData(panel, sides, design, bool(overlaps))
    if kind == "no_comparison":
        return judge_everybody(data, found)
    found = replace(
        found, naive=naive_change(sides), total=team_total(sides),
        reps=rep_by_rep(sides.measure, sides.groups, sides.scale, sides.before, sides.after),
    )  # fmt: skip
    if kind == "one_team":
        return judge_one_team(sides, found)
    if kind == "staggered":
        return judge_staggered(data, found)
    return compare_units(data, found)


def _kind(sides: TrialSides) -> TrialKind:
    file, groups, n = sides.file, sides.groups, sides.units.n
    if file.starts:
        return "staggered"
    if file.kind == "no_comparison" or groups.treated.all():
        return "no_comparison"
    return "one_team" if n[0] == 1 and n[1] >= FEWEST_TEAMS else "comparison"


def trials_at_once(panel: Panel, sides: TrialSides, others: Sequence[TrialFile]) -> tuple[TrialWarning, ...]:
    """Return one warning per other trial that changes some of the same people at the same time."""
    known = []
    for other in others:
        if not _judges_the_same(sides, other, panel):
            changed = trial_groups(panel, other)
            known.append((other, frozenset(map(str, changed.reps[changed.treated]))))
    return overlapping_trials(sides.file, sides.scale, frozenset(map(str, sides.groups.reps)), known)


def _judged_twice(panel: Panel, sides: TrialSides, others: Sequence[TrialFile]) -> Iterator[TrialWarning]:
    file = sides.file
    if file.tries > 1:
        yield TrialWarning("tried_before", size=float(file.tries))
    for other in others:
        if other != file and _judges_the_same(sides, other, panel):
            apart = file.tries == other.tries == 1 and not judged_alike(file, other, panel)
            yield TrialWarning("same_data", size=float(apart), at=other.name)


def _judges_the_same(sides: TrialSides, other: TrialFile, panel: Panel) -> bool:
    """Whether another card holds the same change of the same reps in the same time; in other words it may be another.

    Cards that do not say what changes are the same only with one measure and first day. A repeated trial is another:
    the months it is compared with hold the change already, of one that began long before also where both overlap.
    """
    file, past = sides.file, sides.scale.periods[sides.scale.before]
    n_changed = int((past >= np.datetime64(other.start)).sum())
    if not run_at_once(file, other) or n_changed >= MOST_CHANGED * max(len(past), 1):
        return False
    said = file.change.strip()
    alike = bool(said) or (file.measure.strip(), file.start) == (other.measure.strip(), other.start)
    return alike and said == other.change.strip() and same_people(file, other, panel)


def _described(panel: Panel, sides: TrialSides, kind: TrialKind, warnings: tuple[TrialWarning, ...]) -> TrialFinding:
    file, scale, measure, units = sides.file, sides.scale, sides.measure, sides.units
    level = float(units.before[units.treated].mean()) if units.treated.any() else np.nan
    info = panel.info(file.measure) if file.measure in panel.measure_names else None
    after = np.flatnonzero(scale.after)
    last = scale.ends[after[-1]].astype(dt.date) if len(after) else None
    lengths = _lengths(file, scale.grain)
    detectable = detectable_effects(measure, sides.groups, scale.history, int(scale.before.sum()), lengths,
                                    taking_part=units.n)  # fmt: skip
    return TrialFinding(
        file=file, kind=kind, verdict="not_started", reasons=("no_after",), warnings=warnings, grain=scale.grain,
        unit=sides.groups.unit, label=(info.label or info.name) if info else file.measure,
        unit_of_measure=info.unit if info and measure.adding == "sum" else None, ratio=measure.adding != "sum",
        workdays=measure.per_month if measure.dated else np.nan,
        first=scale.periods[after[0]].astype(dt.date) if len(after) else None, last=last,
        n_before=int(scale.before.sum()), n_after=len(after), n_treated=units.n[0], n_comparison=units.n[1],
        n_treated_reps=int((sides.used & sides.groups.treated).sum()),
        n_comparison_reps=int((sides.used & ~sides.groups.treated).sum()), level_before=level,
        smallest=file.smallest if file.smallest is not None else SMALLEST_SHARE * abs(level) or np.nan,
        claim=NO_ESTIMATE,
        estimates=(), placebo=None, naive=None, total=None, course=None, left_out=sides.left_out,
        detectable=detectable, running=still_runs(sides), floor=_floor(measure),
    )  # fmt: skip


def _floor(measure: WindowMeasure) -> float:
    """Return 0 for what never was negative, such as sales and counts; NaN elsewhere."""
    values = measure.by_period()
    return 0.0 if np.nanmin(values, initial=np.inf) >= 0 and np.isfinite(values).any() else np.nan


def _lengths(file: TrialFile, grain: Grain) -> tuple[int, ...]:
    """Return the lengths whose effect is looked up: the usual ones, and that of the card up to a year."""
    usual, planned = LENGTHS[grain], max(round(planned_length(file, grain)), 1)
    return tuple(sorted({*usual, planned})) if file.end is not None and planned <= usual[-1] else usual


def naive_change(sides: TrialSides) -> NaiveChange:
    """Return the pooled before and after of everybody treated, beside the same reps' and the comparison's."""
    measure, scale, treated = sides.measure, sides.scale, sides.groups.treated

    def change(reps: np.ndarray) -> tuple[float, float]:
        return measure.pooled(reps, scale.before), measure.pooled(reps, scale.after)

    before, after = change(treated)
    same, others = change(treated & sides.used), change(~treated)
    return NaiveChange(before, after, after - before, same[1] - same[0], others[1] - others[0])


def team_total(sides: TrialSides) -> TeamTotal:
    """Return what both groups add up to per month before and after; NaN for ratios."""
    measure, scale, treated = sides.measure, sides.scale, sides.groups.treated
    windows = (scale.before, scale.after)
    mine, theirs = (
        [measure.total(reps, window) * _per_month(window, scale.grain) for window in windows]
        for reps in (treated, ~treated)
    )
    return TeamTotal(mine[0] + theirs[0], mine[1] + theirs[1], mine[1] - mine[0], theirs[1] - theirs[0])


def _per_month(window: np.ndarray, grain: str) -> float:
    return PER_MONTH[grain] / max(int(window.sum()), 1)
