"""Say of each check why it must name nobody."""

from __future__ import annotations

import numpy as np

from workbench.integrity.count_cube import LEAST_REPS, CountCube
from workbench.integrity.funnel import LEAST_EVENTS, Funnel
from workbench.integrity.own_past import Change
from workbench.integrity.suspect_counts import Why

WIDEST, WIDEST_CHANGE = 0.65, 0.4
"""Spread between reps, and between their changes, in log-odds, in which an honest rep may look like a faker."""
MOST_DRIFT = 0.25
"""Median spread between the reps' changes, over all checks and quarters, in which a start may look like drift."""
MANY = 1 / 3
"""Of the checks with so wide a spread: none of them can tell."""
TEAM_WIDE, TEAM_WIDE_POINTS = 0.7, 0.05
"""Change of the team's middle, in log-odds and in points, by which most of the team started at once."""
LEAST_MONTHS = 6
Reasons = dict[int, tuple[Why, int | None]]
"""Signal → why it names nobody, and how many there are of what is lacking."""


def reasons_against(cube: CountCube, funnels: tuple[Funnel, ...], changes: tuple[Change, ...]) -> Reasons:
    """Say of each signal that must name nobody why it must not."""
    n_months, widest = len(cube.months), np.max([one.spread for one in funnels], axis=0)
    moved, drift = _team_wide(changes, len(cube.signals)), median_drift(changes)
    wide = too_wide(widest, WIDEST, funnels[0].judged.any(axis=1) & ~moved)
    n_reps, n_enough, usual = _sizes(cube, 2 * LEAST_EVENTS)
    why: Reasons = {}
    for s in range(len(cube.signals)):
        if n_months < LEAST_MONTHS:
            why[s] = ("few_months", n_months)
        elif n_reps[s] < LEAST_REPS:
            why[s] = ("few_reps", int(n_reps[s]))
        elif n_enough[s] < LEAST_REPS:
            why[s] = ("few_rows", usual[s])
        elif not (funnels[1].judged[s] & funnels[2].judged[s]).any() and not any(c.judged[s].any() for c in changes):
            why[s] = ("few_reps", int(n_enough[s]))
        elif moved[s]:
            why[s] = ("team_wide", int(max(c.judged[s].sum() for c in changes)))
        elif wide[s]:
            why[s] = ("wide_spread", None)
        elif drift >= MOST_DRIFT:
            why[s] = ("drifting", None)
        elif any(c.swapped[s].sum() > (c.swapped[s] | c.judged[s]).sum() / 2 for c in changes):
            why[s] = ("new_list", int(max(c.swapped[s].sum() for c in changes)))
    return why


def too_few(cube: CountCube, level: Funnel) -> Reasons:
    """Say of each signal on which nobody could be compared what there is too little of."""
    n_reps, n_enough, usual = _sizes(cube, LEAST_EVENTS)
    why: Reasons = {}
    for s in np.flatnonzero(~level.judged.any(axis=1)):
        few = n_reps[s] >= LEAST_REPS > n_enough[s]
        why[int(s)] = ("few_rows", usual[s]) if few else ("few_reps", int(n_enough[s]))
    return why


def _sizes(cube: CountCube, least: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Return for each signal how many reps have events, how many at least ``least``, and the middle rep's events."""
    per_rep = cube.n.sum(axis=(2, 3)) + cube.elsewhere
    usual = [int(np.median(each[each > 0])) if (each > 0).any() else 0 for each in per_rep]
    return (per_rep > 0).sum(axis=1), (per_rep >= least).sum(axis=1), usual


def median_drift(changes: tuple[Change, ...]) -> float:
    """Return the median spread between reps' changes over quarters and signals, but for those that rose team-wide."""
    counted = ~_team_wide(changes, len(changes[0].spread)) if changes else np.zeros(0, dtype=bool)
    spreads = [change.spread[change.judged.any(axis=1) & counted] for change in changes]
    return float(np.median(np.concatenate(spreads))) if sum(len(each) for each in spreads) else 0.0


def too_wide(spread: np.ndarray, widest: float, countable: np.ndarray) -> np.ndarray:
    """Return (signals,) whether the spread is too wide to name anybody: of all signals where it is so in many."""
    wide = spread > widest
    return wide | (np.mean(wide[countable]) >= MANY if countable.any() else False)


def _team_wide(changes: tuple[Change, ...], n_signals: int) -> np.ndarray:
    """(signals,) whether the team's middle rose at once in any quarter."""
    rose = [(c.team > TEAM_WIDE) & (c.team_points > TEAM_WIDE_POINTS) for c in changes]
    return np.any(rose, axis=0) if rose else np.zeros(n_signals, dtype=bool)
