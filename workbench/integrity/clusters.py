"""Recognise reps who differ alike: a job that no role tells, from the beginning or from one month on."""

from __future__ import annotations

import numpy as np

from workbench.integrity.different_jobs import LEAST_TOGETHER
from workbench.integrity.own_past import Change
from workbench.integrity.two_keys import LASTING, RepKeys

RAISED = 1.5
"""From this z on a rep counts as raised, where others are looked for who share a pattern."""
MORE = 1.15
"""Where the middle one's events grew to so many times the team's, suspect ones came on top: that is no other work."""
Cluster = tuple[np.ndarray, tuple[int, ...]]
"""(reps,) who differ alike, and on which signals."""


def shared_patterns(keys: RepKeys, level: np.ndarray, beginning: np.ndarray) -> tuple[RepKeys, list[Cluster]]:
    """Take out reps whose pattern others share; clusters are those who shared it from the first quarter on.

    Parameters
    ----------
    level, beginning : (signals, reps) z of the whole time, and of the first quarter.
    """
    raised, at_first = np.nan_to_num(level) > RAISED, np.nan_to_num(beginning) > RAISED
    left, clusters = {}, []
    for rep, signals in keys.items():
        largest = _alike(raised, signals)
        if largest.sum() < LEAST_TOGETHER:
            left[rep] = signals
        elif (largest & at_first[signals[0]])[rep]:
            clusters.append((largest & at_first[signals[0]], signals))
    return left, merge_clusters(clusters)


def new_jobs(change: Change, keys: RepKeys) -> list[Cluster]:
    """Return reps whose events changed alike at once without becoming more: other work, rather than empty activity."""
    raised = np.nan_to_num(change.z) > LASTING
    found = ((_alike(raised, signals), rep, signals) for rep, signals in keys.items())
    alike = merge_clusters([(members, signals) for members, rep, signals in found if members[rep]])
    return [cluster for cluster in alike if np.nanmedian(change.volume[cluster[0]]) < MORE]


def merge_clusters(clusters: list[Cluster]) -> list[Cluster]:
    """Merge clusters that have reps in common; one of fewer than ``LEAST_TOGETHER`` reps is none."""
    merged: list[Cluster] = []
    for members, pattern in clusters:
        apart = [one for one in merged if not (one[0] & members).any()]
        meeting = [one for one in merged if (one[0] & members).any()]
        members = np.any([members, *(one[0] for one in meeting)], axis=0)
        shared = sorted(set(pattern).union(*(one[1] for one in meeting)))
        merged = [*apart, (members, tuple(shared))]
    return [one for one in merged if one[0].sum() >= LEAST_TOGETHER]


def _alike(raised: np.ndarray, signals: tuple[int, ...]) -> np.ndarray:
    """Return (reps,) the most reps that are raised on the first signal and one other."""
    return max((raised[signals[0]] & raised[other] for other in signals[1:]), key=np.sum)
