"""Name a rep by two checks of different families, against colleagues or against the own past."""

from __future__ import annotations

import numpy as np

from workbench.integrity.count_cube import CountCube
from workbench.integrity.funnel import Funnel
from workbench.integrity.own_past import Change

FIRST_KEY, SECOND_KEY = 4.0, 2.5
"""Smallest z of the two keys, in each half of the time (level) or over both quarters (change)."""
LEAST_POINTS = 0.10
"""Of the first key, over the usual rate."""
USUAL_REACH = 2.2
"""The lowest z of all reps and checks in a calm team."""
USUAL_DRIFT = 0.15
"""Spread between the reps' changes, in log-odds, that a calm team does not exceed."""
LASTING = 2.0
"""Smallest z in each quarter of a change."""
BY_MACHINE = ("length", "rhythm", "answers")
"""Families that a dialler moves by itself: short calls, an even rhythm, nobody on the line."""
BY_LIST = ("length", "numbers", "answers")
"""Families that a bad or a small list moves by itself: nobody there, and the same few numbers again."""
RepKeys = dict[int, tuple[int, ...]]
"""Rep → the signals that name the rep, the first key first."""


def level_keys(families: np.ndarray, halves: tuple[Funnel, Funnel], fit: np.ndarray, openers: np.ndarray) -> RepKeys:
    """Return signals beyond the spread in both halves of reps with two of different families.

    Parameters
    ----------
    fit : (signals,) may be a key at all. openers : (2, signals, reps) may be the first key, and the second.
    """
    one, other = (np.nan_to_num(half.z) * fit[:, None] for half in halves)
    z = np.minimum(one, other) / tail_stretch(np.maximum(one, other))
    points = np.fmin(*(np.nan_to_num(half.above) for half in halves))
    return _two_keys(families, z, (z > FIRST_KEY) & (points >= LEAST_POINTS), z > SECOND_KEY, openers)


def change_keys(
    families: np.ndarray, change: Change, fit: np.ndarray, openers: np.ndarray, drift: float = 0.0
) -> RepKeys:
    """Return signals that rose beyond the team's, in both quarters, of reps with two of different families.

    Parameters
    ----------
    drift : median spread between reps' changes over all signals and quarters, in log-odds: where reps drift anyway, a
        key must reach further.
    """
    z = np.nan_to_num(change.z) * fit[:, None]
    z = z / max(tail_stretch(z), drift / USUAL_DRIFT) * (np.nan_to_num(change.z_least) > LASTING)
    first = (z > FIRST_KEY) & (np.nan_to_num(change.above) >= LEAST_POINTS)
    return _two_keys(families, z, first, z > SECOND_KEY, openers)


def tail_stretch(z: np.ndarray) -> float:
    """Return by how much the lowest z of all checks lies beyond a usual one, 1 at least.

    Nobody fakes downwards: as far as the lower tail reaches, honest reps may lie above the middle (Efron 2004).
    """
    return max(1.0, -float(z.min(initial=0)) / USUAL_REACH)


def independent_families(cube: CountCube) -> np.ndarray:
    """Return (signals,) families; where lists are unknown, all that a bad list moves are one."""
    if cube.lists_known:
        return cube.families
    return np.where(np.isin(cube.families, BY_LIST), "list", cube.families)


def possible_keys(cube: CountCube, machine: np.ndarray) -> np.ndarray:
    """Return (2, signals, reps) what may be the first key and the second.

    What a dialler moves is no key of its users, nor a first key where a dialler could not be seen.
    """
    by_machine = np.isin(cube.families, BY_MACHINE)[:, None]
    unseen = not cube.of_check("cadence").any()
    return np.stack([~(by_machine & (machine | unseen)), ~(by_machine & machine)])


def _two_keys(
    families: np.ndarray, z: np.ndarray, first: np.ndarray, second: np.ndarray, openers: np.ndarray
) -> RepKeys:
    first, second = first & openers[0], second & openers[1]
    keys: RepKeys = {}
    for rep in np.flatnonzero(first.any(axis=0) & (second.sum(axis=0) > 1)):
        ordered = sorted(np.flatnonzero(second[:, rep] | first[:, rep]), key=lambda s: -z[s, rep])
        opening = [s for s in ordered if first[s, rep] and np.any(families[second[:, rep]] != families[s])]
        if opening:
            keys[int(rep)] = (int(opening[0]), *(int(s) for s in ordered if s != opening[0]))
    return keys
