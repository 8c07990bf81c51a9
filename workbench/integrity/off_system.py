"""Recognise people who do part of their work outside the log: they log little and reach as much of the goal.

The few events that they log say little: meetings entered afterwards in one sitting, calls without an end. They look
like faking, and their goal says otherwise, since empty activity adds events and reaches nothing. That holds for a goal
that is not counted from the same logs; ``goal_by_month`` lets no other through.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.integrity.count_cube import LEAST_REPS, QUARTER, CountCube, quarter_blocks
from workbench.integrity.funnel import masked_median
from workbench.integrity.goal_units import goal_unit

LITTLE_LOGGED, AS_MUCH = 0.5, 0.75
"""Of the middle rep's events and goal: who logs less and reaches more works elsewhere, however the events look."""
LESS_LOGGED, SOME = 0.9, 0.4
"""Of the middle rep's: fewer events, this part of the goal and as much of it for each event explain odd events."""
LOGS_LESS, KEEPS, MORE_EACH = 0.8, 0.5, 1.25
"""Of the own past: the same for whose events look odd since a month, with so much more of the goal for each event."""
LEAST_UNITS = 8.0
"""Of the goal that the middle rep reaches in the months a rep worked of a quarter: of fewer, chance decides.

Measured at 2 to 4 deals a month, in 300 teams of 24 each: at 5 units up to 0.057 honest reps are named a team, at 8 up
to 0.037, at 12 up to 0.033. In teams of 12 it makes no difference.
"""
MOST_QUARTERS = 0.5
"""Of those at work: where the goal tells of fewer, it says too little about a rep's whole time."""


@dataclass(frozen=True, eq=False)
class WorkSeen:
    """(reps, quarters) of one role.

    Attributes
    ----------
    months : at work in quarters of which the goal tells: it is known of the rep and at least ``LEAST_REPS`` reps, and
        the middle rep reaches at least ``LEAST_UNITS`` units of it in as many months. 0 elsewhere.
    logged, reached : events and goal in a month at work, 1 is the middle rep's; 0 where ``months`` is 0.
    worked : whether the rep logged anything.
    """

    months: np.ndarray
    logged: np.ndarray
    reached: np.ndarray
    worked: np.ndarray


def work_seen(cube: CountCube, reached: np.ndarray) -> WorkSeen:
    """Compare what reps log and reach with the middle of the role, by quarter.

    Parameters
    ----------
    reached : (reps, months) the goal in months at work; NaN elsewhere.
    """
    at_work, blocks = np.isfinite(reached), quarter_blocks(len(cube.months)).astype(float)
    months = at_work @ blocks.T
    elsewhere = cube.elsewhere.max(axis=0, initial=0) / np.maximum(at_work.sum(axis=1), 1)
    monthly = cube.n.sum(axis=2).max(axis=0, initial=0)
    events, goal = (
        np.where(at_work, each, 0) @ blocks.T for each in (monthly + elsewhere[:, None], np.nan_to_num(reached))
    )
    there = months > 0
    middle_events, middle_goal = (
        np.nan_to_num(masked_median(each / np.maximum(months, 1), there, axis=0)) for each in (events, goal)
    )
    enough = there.sum(axis=0) >= LEAST_REPS
    tells = there & enough & (middle_goal > 0) & (middle_goal * months >= LEAST_UNITS * goal_unit(goal, months))
    months = months * tells
    logged, achieved = (
        np.divide(each, months * middle, out=np.zeros_like(each), where=tells & (middle > 0))
        for each, middle in ((events, middle_events), (goal, middle_goal))
    )
    return WorkSeen(months, logged, achieved, monthly @ blocks.T > 0)


def goal_tells(seen: WorkSeen, rep: int) -> bool:
    """Whether the goal tells of a rep in most quarters at work, so that it decides about the whole time."""
    told = seen.months[rep] > 0
    return bool(told.any() and told.sum() >= MOST_QUARTERS * (told | seen.worked[rep]).sum())


def goal_tells_since(seen: WorkSeen, rep: int, start: int) -> bool:
    """Whether the goal tells of a rep in the two quarters from a month on, by its place, and in one before."""
    first = start // QUARTER
    told = seen.months[rep] > 0
    after = (told | ~seen.worked[rep])[first : first + 2]
    return bool(told[:first].any() and told[first : first + 2].any() and after.all())


def off_system(seen: WorkSeen) -> np.ndarray:
    """Return (reps,) who log under half in most quarters, two of them running, and reach as much of the goal then."""
    at_work = seen.months > 0
    little = at_work & (seen.logged < LITTLE_LOGGED)
    running = (little[:, 1:] & little[:, :-1]).any(axis=1)
    return (
        running
        & (2 * little.sum(axis=1) >= at_work.sum(axis=1))
        & (_over(little * seen.months, seen.reached) >= AS_MUCH)
    )


def logs_little(seen: WorkSeen, rep: int) -> bool:
    """Whether a rep logs less than the others, and reaches no less for each event."""
    logged, reached = (float(_over(seen.months[[rep]], each[[rep]])[0]) for each in (seen.logged, seen.reached))
    return logged < LESS_LOGGED and reached >= max(SOME, logged)


def logs_less_since(seen: WorkSeen, rep: int, start: int) -> bool:
    """Whether a rep logs less in the two quarters from a month on, by its place, and reaches more for each event."""
    quarter = np.arange(seen.months.shape[1]) - start // QUARTER
    before, after = (seen.months[[rep]] * part for part in (quarter < 0, (quarter >= 0) & (quarter < 2)))
    was, now, had, has = (
        float(_over(months, each[[rep]])[0]) for each in (seen.logged, seen.reached) for months in (before, after)
    )
    return had > 0 and now < LOGS_LESS * was and has >= KEEPS * had and has * was >= MORE_EACH * had * now


def _over(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return (reps,) means over quarters; 0 where no quarter counts."""
    return (weights * values).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
