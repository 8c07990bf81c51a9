"""Recognise people whose job differs, from counts alone: neither suspects nor stars."""

from __future__ import annotations

import numpy as np

from workbench.integrity.count_cube import QUARTER, CountCube, quarter_blocks
from workbench.integrity.flags import DifferentJob, JobKind
from workbench.integrity.funnel import masked_median
from workbench.integrity.suspect_counts import CheckName

MOST_OF = 0.5
"""From this suspect share on, working after hours or in a machine's rhythm is how the rep works, not what was added."""
SMALL_PART = 1 / 3
"""Of the median rep's events a month: fewer is another job."""
THIN_LOG = 0.68
"""Of the median rep's events a month: who logs less may do the rest elsewhere, as long as no goal tells."""
THINNER = 0.8
"""Of the own past: the same for whose events look odd since a month."""
LEAST_TOGETHER = 3
"""As many reps on the same pattern have a job in common."""


def starters(cube: CountCube) -> tuple[np.ndarray, tuple[DifferentJob, ...]]:
    """Return (reps, months) the first three months of reps who began after the data did, and who they are."""
    active = cube.n.sum(axis=(0, 2)) > 0
    first = np.where(active.any(axis=1), active.argmax(axis=1), 0)
    month = np.arange(active.shape[1])
    ramp = (first[:, None] > 0) & (month < first[:, None] + QUARTER)
    return ramp, job_of("starter", cube, first > 0, n_months=QUARTER)


def night_shift(cube: CountCube) -> tuple[np.ndarray, tuple[DifferentJob, ...]]:
    """Return (reps,) who made most events after hours in every quarter, unless the team's middle does, and who."""
    rows = cube.of_check("after_hours")
    blocks = quarter_blocks(len(cube.months)).astype(float)
    n, k = (counts[rows].sum(axis=(0, 2)) @ blocks.T for counts in (cube.n, cube.k))
    seen = n.sum(axis=1) > 0
    at_night = seen & ((k >= MOST_OF * n) | (n == 0)).all(axis=1)
    middle = masked_median(k.sum(axis=1) / np.maximum(n.sum(axis=1), 1), seen)
    at_night &= bool(middle < MOST_OF / 2)
    return at_night, job_of("night_shift", cube, at_night)


def part_timers(cube: CountCube, explained: np.ndarray) -> tuple[np.ndarray, tuple[DifferentJob, ...]]:
    """Return (reps,) who made far fewer events in a month worked than the middle of the role, and who.

    Parameters
    ----------
    explained : (reps,) whose few events have another reason.
    """
    few = ~explained & _logs_under(cube, SMALL_PART)
    return few, job_of("part_timer", cube, few)


def thin_logs(cube: CountCube) -> np.ndarray:
    """Return (reps,) who log so much less than the middle of the role that part of the work may be done elsewhere."""
    return _logs_under(cube, THIN_LOG)


def log_thins(cube: CountCube, rep: int, start: int) -> bool:
    """Whether a rep logs less in the two quarters from a month on, by its place: empty activity would add events."""
    monthly = cube.n[:, rep].sum(axis=1).max(axis=0, initial=0)
    before, after = monthly[:start], monthly[start : start + 2 * QUARTER]
    was, now = (each[each > 0].mean() if (each > 0).any() else 0.0 for each in (before, after))
    return bool(now < THINNER * was)


def _logs_under(cube: CountCube, part: float) -> np.ndarray:
    """(R,) bool, who made under this part of the middle's events in a month with any."""
    monthly = cube.n.sum(axis=2).max(axis=0, initial=0)
    active = (monthly > 0).sum(axis=1)
    usual = (monthly.sum(axis=1) + cube.elsewhere.max(axis=0, initial=0)) / np.maximum(active, 1)
    return (active > 0) & (usual < part * masked_median(usual, active > 0))


def diallers(cube: CountCube) -> tuple[np.ndarray, tuple[DifferentJob, ...]]:
    """Return (reps,) on a machine: most calls in its rhythm in some quarter, as with at least two others, and who."""
    rows = cube.of_check("cadence")
    blocks = quarter_blocks(len(cube.months)).astype(float)
    n, k = (counts[rows].sum(axis=(0, 2)) @ blocks.T for counts in (cube.n, cube.k))
    machine = ((n >= 10) & (k >= MOST_OF * n)).any(axis=1)
    machine &= machine.sum() >= LEAST_TOGETHER
    return machine, job_of("dialler", cube, machine, ("cadence",))


def job_of(
    kind: JobKind, cube: CountCube, who: np.ndarray, checks: tuple[CheckName, ...] = (), n_months: int | None = None
) -> tuple[DifferentJob, ...]:
    """Return who of (reps,) ``who`` has such a job, as a finding; none where nobody has."""
    reps = tuple(rep for rep, is_one in zip(cube.reps, who, strict=True) if is_one)
    return (DifferentJob(kind, reps, checks, n_months),) if reps else ()
