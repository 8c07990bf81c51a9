"""Judge the reps of one role: who is named, whose job differs, and which checks cannot tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.integrity.clusters import Cluster, new_jobs, shared_patterns
from workbench.integrity.count_cube import CountCube, quarter_blocks
from workbench.integrity.different_jobs import (
    diallers,
    job_of,
    night_shift,
    part_timers,
    starters,
)
from workbench.integrity.flags import DifferentJob
from workbench.integrity.funnel import Funnel, Standardised, funnel, standardise
from workbench.integrity.off_system import off_system, work_seen
from workbench.integrity.own_past import Change, changes_of_reps
from workbench.integrity.reasons import (
    MOST_DRIFT,
    WIDEST_CHANGE,
    Reasons,
    median_drift,
    reasons_against,
    too_few,
    too_wide,
)
from workbench.integrity.two_keys import RepKeys, change_keys, independent_families, level_keys, possible_keys
from workbench.integrity.unlogged_work import unlogged_work


@dataclass(frozen=True, eq=False)
class TeamComparison:
    """The reps of one role compared, by their place in ``cube``, as signals are.

    Attributes
    ----------
    cube : counts that were compared. year, level : of the whole time. why : signal → why it names nobody.
    """

    cube: CountCube
    year: Standardised
    level: Funnel
    why: Reasons


@dataclass(frozen=True, eq=False)
class RoleFindings(TeamComparison):
    """Findings within one role.

    Attributes
    ----------
    changes : by quarter.
    by_level : rep → signals that name the rep, the first key first. by_change : the same, with the change.
    different : people whose job differs.
    unlisted : reps who are not named only because lists are unknown: a bad list of theirs could explain all signs.
    """

    changes: tuple[Change, ...]
    by_level: RepKeys
    by_change: dict[int, tuple[Change, tuple[int, ...]]]
    different: tuple[DifferentJob, ...]
    unlisted: frozenset[int]


def judge_role(counts: CountCube, reached: np.ndarray | None = None) -> RoleFindings:
    """Compare the reps of a role with each other and with their own past.

    Parameters
    ----------
    reached : (reps, months) the goal in months at work, to tell whose work is not in the log; None: unknown.
    """
    ramp, newcomers = starters(counts)
    night, at_night = night_shift(counts)
    seen = None if reached is None else work_seen(counts, reached)
    off = np.zeros_like(night) if seen is None else off_system(seen)
    few, part = part_timers(counts, off)
    cube = counts.without(ramp | (night | few | off)[:, None])
    machine, on_dialler = diallers(cube)
    year, first, second, beginning = _by_time(cube)
    level, halves, changes = funnel(year), (funnel(first), funnel(second)), changes_of_reps(cube)
    why = reasons_against(cube, (level, *halves), changes)
    families, possible = independent_families(cube), possible_keys(cube, machine)
    by_level = level_keys(families, halves, _fit(cube, why, ("new_list", "drifting")), possible)
    by_level, subroles = shared_patterns(by_level, level.z, funnel(beginning).z)
    by_change, moved = _changed(families, changes, _fit(cube, why, ("new_list", "wide_spread")), possible)
    elsewhere = np.any([members for members, _ in (*subroles, *(c for _, c in moved))], axis=0) | np.zeros_like(machine)
    by_level = {rep: keys for rep, keys in by_level.items() if not elsewhere[rep]}
    by_change = {rep: keys for rep, keys in by_change.items() if not elsewhere[rep]}
    unlogged = {rep: unlogged_work(counts, seen, rep) for rep in by_level}
    unlogged_since = {rep: unlogged_work(counts, seen, rep, keys[0].start) for rep, keys in by_change.items()}
    by_level = {rep: keys for rep, keys in by_level.items() if unlogged[rep] is None}
    by_change = {rep: keys for rep, keys in by_change.items() if unlogged_since[rep] is None}
    spared = (unlogged | unlogged_since).keys() - by_level.keys() - by_change.keys()
    thin = np.zeros_like(night)
    for rep in spared:
        (thin if "thin_log" in (unlogged.get(rep), unlogged_since.get(rep)) else off)[rep] = True
    different = (
        *at_night, *newcomers, *job_of("off_system", cube, off), *job_of("thin_log", cube, thin), *part, *on_dialler,
        *(_job(cube, cluster) for cluster in subroles),
        *(_job(cube, cluster, change) for change, cluster in moved),
    )  # fmt: skip
    unlisted: frozenset[int] = frozenset()
    if not cube.lists_known:  # with the families as they are, as if every rep worked the same list
        at_level = level_keys(cube.families, halves, _fit(cube, why, ("new_list", "drifting")), possible)
        changed, _ = _changed(cube.families, changes, _fit(cube, why, ("new_list", "wide_spread")), possible)
        unlisted = frozenset(
            rep for rep in at_level.keys() | changed.keys()
            if not elsewhere[rep] and not off[rep] and not thin[rep] and rep not in by_level and rep not in by_change
        )  # fmt: skip
    return RoleFindings(cube, year, level, why, changes, by_level, by_change, different, unlisted)


def compare_team(cube: CountCube) -> TeamComparison:
    """Compare the reps of a role on checks that name nobody: figures of the team, and why there are none."""
    year = _by_time(cube)[0]
    level = funnel(year)
    return TeamComparison(cube, year, level, too_few(cube, level))


def _by_time(cube: CountCube) -> tuple[Standardised, ...]:
    """Standardise the whole time, its first half, its second, and the first quarter."""
    n_months = len(cube.months)
    early = np.arange(n_months) < n_months / 2
    return tuple(
        standardise(cube.n[..., there].sum(axis=3), cube.k[..., there].sum(axis=3), cube.elsewhere * there.mean())
        for there in (np.ones(n_months, dtype=bool), early, ~early, quarter_blocks(n_months)[0])
    )


def _fit(cube: CountCube, why: Reasons, despite: tuple[str, ...]) -> np.ndarray:
    """Return (signals,) whether nothing speaks against a signal but what does not matter here."""
    return np.array([s not in why or why[s][0] in despite for s in range(len(cube.signals))], dtype=bool)


def _changed(
    families: np.ndarray, changes: tuple[Change, ...], fit: np.ndarray, possible: np.ndarray
) -> tuple[dict[int, tuple[Change, tuple[int, ...]]], list[tuple[Change, Cluster]]]:
    """Return rep → the change with the strongest first key and its signals; and who changed jobs together."""
    found: dict[int, tuple[Change, tuple[int, ...]]] = {}
    jobs: list[tuple[Change, Cluster]] = []
    drift = median_drift(changes)
    for change in changes if drift < MOST_DRIFT else ():
        narrow = ~too_wide(change.spread, WIDEST_CHANGE, change.judged.any(axis=1) & fit)
        keys = change_keys(families, change, fit & narrow, possible, drift)
        jobs += [(change, cluster) for cluster in new_jobs(change, keys)]
        for rep, signals in keys.items():
            if rep not in found or change.z[signals[0], rep] > found[rep][0].z[found[rep][1][0], rep]:
                found[rep] = (change, signals)
    return found, jobs


def _job(cube: CountCube, cluster: Cluster, change: Change | None = None) -> DifferentJob:
    members, signals = cluster
    reps = tuple(rep for rep, is_one in zip(cube.reps, members, strict=True) if is_one)
    checks = tuple(dict.fromkeys(cube.signals[s][0] for s in signals))
    since = None if change is None else cube.months[change.start]
    return DifferentJob("subrole" if change is None else "new_job", reps, checks, since=since)
