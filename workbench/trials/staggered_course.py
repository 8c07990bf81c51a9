"""Those who have started and those who still wait, period by period with a band, and who moved, rep by rep."""

from __future__ import annotations

import numpy as np

from workbench.trials.permutation import SEED, sampled_orders
from workbench.trials.staggered_starts import (
    FEWEST_ORDERS,
    NEVER,
    StaggeredTrial,
    StartCells,
    bounds_by_orders,
    n_start_orders,
    own_past,
    staggered_reps,
    start_cells,
)
from workbench.trials.trial_course import BAND_ORDERS
from workbench.trials.trial_finding import TrialCourse, TrialRep
from workbench.trials.trial_sides import TrialSides
from workbench.trials.unit_means import mean_of_known

FEWEST_REPS = 6


def course_of_starts(trial: StaggeredTrial, periods: np.ndarray, share: float) -> TrialCourse:
    """Return those who have started and those who still wait, by period, with what the former would have had.

    ``expected`` and its band end where nobody waits any more. The band of a period inverts the same permuted start
    dates as the estimate, for that period alone.
    """
    shown = np.isfinite(trial.values).any(axis=0)
    cells = start_cells(trial, share, BAND_ORDERS)
    ever, lines = trial.starts != NEVER, np.full((5, len(periods)), np.nan)
    for t in np.flatnonzero(shown).tolist():
        now = np.isfinite(trial.values[:, t])
        started = (trial.starts <= t) & now
        mine = started if started.any() else ever & now
        theirs = (trial.starts > t) & now & (~ever if not started.any() and (~ever).any() else True)
        lines[:2, t] = mean_of_known(trial.values[mine, t]), mean_of_known(trial.values[theirs, t])
        lines[2:, t] = _without_change(trial, cells, t, float(lines[0, t]))
    after = np.arange(len(periods))[shown] >= trial.starts.min()
    treated, comparison, expected, low, high = lines[:, shown]
    return TrialCourse(periods[shown], after, treated, comparison, expected, low, high)


def _without_change(trial: StaggeredTrial, cells: StartCells, t: int, mine: float) -> tuple[float, float, float]:
    found, unit = cells.over(t + 1, t)
    if not cells.weights[t, 0]:
        return np.nan, np.nan, np.nan
    expected = mine - float(found[0])
    if n_start_orders(trial.starts, t) < FEWEST_ORDERS:
        return expected, np.nan, np.nan
    low, high = bounds_by_orders(found, unit)
    return expected, mine - high, mine - low


def reps_by_start(sides: TrialSides, share: float, effect: float) -> tuple[TrialRep, ...]:
    """Return every rep who has started, against those who waited in the same periods.

    A rep's periods after everybody has started have nobody to compare with and are left out, with reps who have no
    others. The range is that of a single rep at the place of this one under permuted start dates, when the average
    effect is all there is; NaN below six reps.

    Parameters
    ----------
    share : of the past, as in the estimate. effect : the average one.
    """
    trial, used = staggered_reps(sides), np.flatnonzero(sides.used)
    orders = sampled_orders(len(trial.starts), SEED, BAND_ORDERS).whole
    out = []
    for start in trial.cohorts:
        moved, n, spread = _moved(trial, start, trial.starts[orders], share, effect)
        below, above = np.quantile(spread, [0.025, 0.975]) if len(spread) and len(used) >= FEWEST_REPS else [np.nan] * 2
        past, n_past = own_past(trial.values, np.isfinite(trial.values), trial.early(start))
        for row in np.flatnonzero((trial.starts == start) & (n.sum(axis=1) > 0)).tolist():
            after = float(trial.values[row, n[row]].mean())
            size = float(moved[row]) + effect
            out.append(TrialRep(
                str(sides.groups.reps[used[row]]), str(sides.groups.units[used[row]]), True, float(past[row]), after,
                after - size, size, size - float(above), size - float(below), int(n_past[row]), int(n[row].sum()),
            ))  # fmt: skip
    return tuple(out)


def _moved(
    trial: StaggeredTrial, start: int, starts: np.ndarray, share: float, effect: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what a cohort's reps have beyond the effect, (R,), in which periods, (R, T), and the same by chance, (n,).

    By chance: of whoever stands in the cohort's place under each order of ``starts``, (P, R).
    """
    known, n_periods = np.isfinite(trial.values), trial.values.shape[1]
    level = trial.values - effect * (np.arange(n_periods) >= trial.starts[:, None])
    past, n_past = own_past(level, known, trial.early(start))
    total, n = np.zeros(starts.shape), np.zeros(starts.shape)
    cells = np.zeros(known.shape, dtype=bool)
    for t in range(start, n_periods):
        seen = known[:, t] & (n_past > 0)
        now = np.where(seen, level[:, t] - share * past, 0.0)
        theirs = (starts > t) & seen
        m = theirs.sum(axis=1)
        counted = (m > 0)[:, None] & seen & (starts == start)
        total += np.where(counted, now - (theirs @ now / np.maximum(m, 1))[:, None], 0.0)
        n += counted
        cells[:, t] = counted[0]
    mean = total / np.maximum(n, 1)
    return mean[0], cells, mean[n > 0]
