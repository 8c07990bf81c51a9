"""Both groups period by period with what the treated would have had, and who moved, rep by rep."""

from __future__ import annotations

import numpy as np
from scipy import stats

from workbench.trials.estimate_effect import FEWEST_UNITS, scaled_past
from workbench.trials.permutation import SEED, permute_coefficient, sampled_orders
from workbench.trials.trial_finding import TrialCourse, TrialRep
from workbench.trials.trial_groups import TrialGroups
from workbench.trials.trial_scale import TrialScale
from workbench.trials.unit_means import UnitMeans, mean_of_known, unit_means
from workbench.trials.window_values import WindowMeasure

BAND_ORDERS = 999


def course_of_trial(
    measure: WindowMeasure, groups: TrialGroups, scale: TrialScale, used: np.ndarray, before: np.ndarray
) -> TrialCourse:
    """Return both groups' means by period, and for the treated the value expected from their past and the comparison.

    The band of a period after the start inverts the same permutation for that period alone.

    Parameters
    ----------
    used : (R,) bool, reps of the estimate. before : (R,) their means before.
    """
    by_period = measure.by_period()
    shown = scale.history | scale.after
    lines = np.full((5, len(scale.periods)), np.nan)
    for t in np.flatnonzero(shown):
        units = unit_means(groups, np.where(used, before, np.nan), by_period[:, t])
        lines[:, t] = _period(units, bool(scale.after[t]))
    treated, comparison, expected, low, high = lines[:, shown]
    return TrialCourse(scale.periods[shown], scale.after[shown], treated, comparison, expected, low, high)


def _period(units: UnitMeans, in_trial: bool) -> tuple[float, float, float, float, float]:
    mine, theirs = units.after[units.treated], units.after[~units.treated]
    changed, as_before = mean_of_known(mine), mean_of_known(theirs)
    if not len(mine) or not len(theirs):
        return changed, as_before, np.nan, np.nan, np.nan
    orders = sampled_orders(len(units.names), SEED, BAND_ORDERS if in_trial else 1).whole
    level = np.column_stack([np.ones(len(units.names)), scaled_past(units.before)])
    found = permute_coefficient(units.after, units.treated.astype(float), level, orders)
    if found is None:
        return changed, as_before, np.nan, np.nan, np.nan
    if not in_trial or min(units.n) < FEWEST_UNITS:
        return changed, as_before, changed - found.value, np.nan, np.nan
    low, high = found.bounds()
    return changed, as_before, changed - found.value, changed - high, changed - low


def rep_by_rep(
    measure: WindowMeasure, groups: TrialGroups, scale: TrialScale, before: np.ndarray, after: np.ndarray
) -> tuple[TrialRep, ...]:
    """Return every rep with both values: what colleagues of the same past did on average, and the difference from it.

    The range is that of a single rep without any effect (of the residuals within both groups); NaN below six reps.
    """
    used = np.isfinite(before) & np.isfinite(after)
    if not used.any():
        return ()
    changes = groups.treated.astype(float)
    x, y, treated = before[used], after[used], changes[used]
    both = 0 < treated.sum() < len(treated)
    columns = [np.ones(len(x)), x - x.mean(), *([treated] if both else [])]
    design = np.column_stack(columns)
    slopes, _, order, _ = np.linalg.lstsq(design, y, rcond=None)
    df = len(x) - int(order)
    expected = slopes[0] + slopes[1] * (before - x.mean())
    half = np.nan
    if df >= 3 and both:
        spread = float(np.sqrt(((y - design @ slopes) ** 2).sum() / df))
        half = float(stats.t.ppf(0.975, df)) * spread * np.sqrt(1 + 1 / max((treated == 0).sum(), 1))
    n_before = (measure.known & scale.before).sum(axis=1)
    n_after = (measure.known & scale.after).sum(axis=1)
    out = []
    for i in np.flatnonzero(used):
        moved = float(after[i] - expected[i]) if both else float(after[i] - before[i])
        out.append(TrialRep(
            str(groups.reps[i]), str(groups.units[i]), bool(groups.treated[i]), float(before[i]), float(after[i]),
            float(expected[i]) if both else float(before[i]), moved, moved - half, moved + half, int(n_before[i]),
            int(n_after[i]),
        ))  # fmt: skip
    return tuple(out)
