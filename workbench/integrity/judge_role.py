"""Judge the reps of one role: who is named, whose job differs, and which checks cannot tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.integrity.count_cube import LEAST_REPS, CountCube, quarter_blocks
from workbench.integrity.different_jobs import LEAST_TOGETHER, diallers, night_shift, part_timers, starters
from workbench.integrity.flags import DifferentJob
from workbench.integrity.funnel import LEAST_EVENTS, Funnel, Standardised, funnel, standardise
from workbench.integrity.own_past import Change, changes_of_reps
from workbench.integrity.suspect_counts import CheckName, Why

FIRST_KEY, SECOND_KEY = 4.0, 2.5
"""Smallest z of the two keys, in each half of the time (level) or over both quarters (change)."""
LEAST_POINTS = 0.10
"""Of the first key, over the usual rate."""
LASTING = 2.0
"""Smallest z in each quarter of a change."""
RAISED = 1.5
"""From this z on a rep counts as raised, where others are looked for who share a pattern."""
WIDEST, WIDEST_CHANGE = 0.75, 0.4
"""Spread between reps, and between their changes, in log-odds, in which an honest rep cannot be told from a faker."""
MANY = 1 / 3
"""Of the checks with so wide a spread: none of them can tell."""
TEAM_WIDE, TEAM_WIDE_POINTS = 0.7, 0.05
"""Change of the team's middle, in log-odds and in points, by which most of the team started at once."""
LEAST_MONTHS = 6
BY_MACHINE = ("length", "rhythm", "answers")
"""Families that a dialler moves by itself: short calls, an even rhythm, nobody on the line."""
BY_LIST: tuple[CheckName, ...] = ("seconds_long", "dead_number", "switchboard", "no_answer_logged", "unanswered")
"""Checks that a bad list moves by itself."""


@dataclass(frozen=True, eq=False)
class RoleFindings:
    """Findings within one role; reps and signals by their place in ``cube``.

    Attributes
    ----------
    cube : counts that were compared. year, level : of the whole time. changes : by quarter.
    by_level : rep → signals that name the rep, the first key first. by_change : the same, with the change.
    different : people whose job differs. why : signal → why it names nobody, and how many there are of what is lacking.
    """

    cube: CountCube
    year: Standardised
    level: Funnel
    changes: tuple[Change, ...]
    by_level: dict[int, tuple[int, ...]]
    by_change: dict[int, tuple[Change, tuple[int, ...]]]
    different: tuple[DifferentJob, ...]
    why: dict[int, tuple[Why, int | None]]


def judge_role(counts: CountCube) -> RoleFindings:
    """Compare the reps of a role with each other and with their own past."""
    ramp, newcomers = starters(counts)
    night, at_night = night_shift(counts)
    few, part = part_timers(counts)
    cube = counts.without(ramp | (night | few)[:, None])
    machine, on_dialler = diallers(cube)
    n_months = len(cube.months)
    early = np.arange(n_months) < n_months / 2
    year, first, second, beginning = (
        standardise(cube.n[..., there].sum(axis=3), cube.k[..., there].sum(axis=3), cube.elsewhere * there.mean())
        for there in (np.ones(n_months, bool), early, ~early, quarter_blocks(n_months)[0])
    )
    level, halves, changes = funnel(year), (funnel(first), funnel(second)), changes_of_reps(cube)
    why = _why_not(cube, (level, *halves), changes)
    fit, fit_to_past = (
        np.array([s not in why or why[s][0] in despite for s in range(len(cube.signals))], dtype=bool)
        for despite in (("new_list",), ("new_list", "wide_spread"))
    )
    openers = _openers(cube, machine)
    families = _independent_families(cube)
    by_level = level_keys(families, halves, fit, openers)
    raised = np.nan_to_num(level.z) > RAISED
    by_level, clusters = _without_clusters(by_level, raised, np.nan_to_num(funnel(beginning).z) > RAISED)
    in_cluster = np.any([members for members, _ in clusters], axis=0) if clusters else np.zeros(len(cube.reps), bool)
    by_change = change_keys(families, changes, fit_to_past, openers & ~in_cluster)
    subroles = tuple(
        DifferentJob("subrole", tuple(np.array(cube.reps)[members]), tuple(cube.signals[s][0] for s in pattern))
        for members, pattern in clusters
    )
    different = (*at_night, *newcomers, *part, *subroles, *on_dialler)
    return RoleFindings(cube, year, level, changes, by_level, by_change, different, why)


def level_keys(
    families: np.ndarray, halves: tuple[Funnel, Funnel], fit: np.ndarray, openers: np.ndarray
) -> dict[int, tuple[int, ...]]:
    """Return rep → signals beyond the spread in both halves, where two of different families are; first key first.

    Parameters
    ----------
    fit : (signals,) may be a key at all. openers : (2, signals, reps) may be the first key, and the second.
    """
    z = np.fmin(*(np.nan_to_num(half.z) for half in halves)) * fit[:, None]
    points = np.fmin(*(np.nan_to_num(half.above) for half in halves))
    return _two_keys(families, z, (z > FIRST_KEY) & (points >= LEAST_POINTS), z > SECOND_KEY, openers)


def change_keys(
    families: np.ndarray, changes: tuple[Change, ...], fit: np.ndarray, openers: np.ndarray
) -> dict[int, tuple[Change, tuple[int, ...]]]:
    """Return rep → the change whose first key is strongest, and its signals as in ``level_keys``."""
    found: dict[int, tuple[Change, tuple[int, ...]]] = {}
    for change in changes:
        lasting = np.nan_to_num(change.z_least) > LASTING
        narrow = ~_too_wide(change.spread, WIDEST_CHANGE, change.judged.any(axis=1) & fit)
        z = np.nan_to_num(change.z) * ((fit & narrow)[:, None] & lasting)
        first = (z > FIRST_KEY) & (np.nan_to_num(change.above) >= LEAST_POINTS)
        for rep, keys in _two_keys(families, z, first, z > SECOND_KEY, openers).items():
            if rep not in found or z[keys[0], rep] > found[rep][0].z[found[rep][1][0], rep]:
                found[rep] = (change, keys)
    return found


def _two_keys(
    families: np.ndarray, z: np.ndarray, first: np.ndarray, second: np.ndarray, openers: np.ndarray
) -> dict[int, tuple[int, ...]]:
    first, second = first & openers[0], second & openers[1]
    keys = {}
    for rep in np.flatnonzero(first.any(axis=0) & (second.sum(axis=0) > 1)):
        ordered = sorted(np.flatnonzero(second[:, rep] | first[:, rep]), key=lambda s: -z[s, rep])
        opening = [s for s in ordered if first[s, rep] and np.any(families[second[:, rep]] != families[s])]
        if opening:
            keys[int(rep)] = (int(opening[0]), *(int(s) for s in ordered if s != opening[0]))
    return keys


def _independent_families(cube: CountCube) -> np.ndarray:
    """(signals,) families; where lists are unknown, all that a bad list moves are one."""
    if cube.lists_known:
        return cube.families
    return np.where(cube.of_check(*BY_LIST), "list", cube.families)


def _openers(cube: CountCube, machine: np.ndarray) -> np.ndarray:
    """Return (2, signals, reps): what a dialler moves is no key of its users, nor the first one where none is seen."""
    by_machine = np.isin(cube.families, BY_MACHINE)[:, None]
    unseen = not cube.of_check("cadence").any()
    return np.stack([~(by_machine & (machine | unseen)), ~(by_machine & machine)])


def _without_clusters(
    by_level: dict[int, tuple[int, ...]], raised: np.ndarray, at_first: np.ndarray
) -> tuple[dict[int, tuple[int, ...]], list[tuple[np.ndarray, tuple[int, ...]]]]:
    """Take out reps whose pattern others share; clusters are those who shared it from the first quarter on."""
    left, clusters = {}, []
    for rep, keys in by_level.items():
        together = [raised[keys[0]] & raised[other] for other in keys[1:]]
        largest = max(together, key=np.sum)
        if largest.sum() < LEAST_TOGETHER:
            left[rep] = keys
        elif (largest & at_first[keys[0]])[rep]:
            clusters.append((largest & at_first[keys[0]], keys))
    return left, _merged(clusters)


def _merged(clusters: list[tuple[np.ndarray, tuple[int, ...]]]) -> list[tuple[np.ndarray, tuple[int, ...]]]:
    """Merge clusters that have reps in common; one of fewer than ``LEAST_TOGETHER`` reps is none."""
    merged: list[tuple[np.ndarray, tuple[int, ...]]] = []
    for members, pattern in clusters:
        apart = [one for one in merged if not (one[0] & members).any()]
        meeting = [one for one in merged if (one[0] & members).any()]
        members = np.any([members, *(one[0] for one in meeting)], axis=0)
        shared = sorted(set(pattern).union(*(one[1] for one in meeting)))
        merged = [*apart, (members, tuple(shared))]
    return [one for one in merged if one[0].sum() >= LEAST_TOGETHER]


def _too_wide(spread: np.ndarray, widest: float, countable: np.ndarray) -> np.ndarray:
    """(signals,) whether the spread is too wide to name anybody: of all signals where it is so in many."""
    wide = spread > widest
    return wide | (np.mean(wide[countable]) >= MANY if countable.any() else False)


def _team_wide(changes: tuple[Change, ...], n_signals: int) -> np.ndarray:
    """(signals,) whether the team's middle rose at once in any quarter."""
    rose = [(c.team > TEAM_WIDE) & (c.team_points > TEAM_WIDE_POINTS) for c in changes]
    return np.any(rose, axis=0) if rose else np.zeros(n_signals, dtype=bool)


def _why_not(
    cube: CountCube, funnels: tuple[Funnel, ...], changes: tuple[Change, ...]
) -> dict[int, tuple[Why, int | None]]:
    """Say of each signal that must name nobody why it must not."""
    n_months, widest = len(cube.months), np.max([one.spread for one in funnels], axis=0)
    moved = _team_wide(changes, len(cube.signals))
    wide = _too_wide(widest, WIDEST, funnels[0].judged.any(axis=1) & ~moved)
    per_rep = cube.n.sum(axis=(2, 3)) + cube.elsewhere
    n_reps, n_enough = (per_rep > 0).sum(axis=1), (per_rep >= 2 * LEAST_EVENTS).sum(axis=1)
    why: dict[int, tuple[Why, int | None]] = {}
    for s in range(len(cube.signals)):
        if n_months < LEAST_MONTHS:
            why[s] = ("few_months", n_months)
        elif n_reps[s] < LEAST_REPS:
            why[s] = ("few_reps", int(n_reps[s]))
        elif n_enough[s] < LEAST_REPS:
            why[s] = ("few_rows", int(np.median(per_rep[s][per_rep[s] > 0])))
        elif not (funnels[1].judged[s] & funnels[2].judged[s]).any() and not any(c.judged[s].any() for c in changes):
            why[s] = ("few_reps", int(n_enough[s]))
        elif moved[s]:
            why[s] = ("team_wide", int(max(c.judged[s].sum() for c in changes)))
        elif wide[s]:
            why[s] = ("wide_spread", None)
        elif any(c.swapped[s].sum() > (c.swapped[s] | c.judged[s]).sum() / 2 for c in changes):
            why[s] = ("new_list", int(max(c.swapped[s].sum() for c in changes)))
    return why
