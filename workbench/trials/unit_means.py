"""Means before and after by assigned unit: an office is the mean of those of its reps who are there at both times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.trials.trial_groups import TrialGroups


@dataclass(frozen=True, eq=False)
class UnitMeans:
    """One row per assigned unit with both values.

    Attributes
    ----------
    names : (U,). treated : (U,) bool. before, after : (U,) means over the unit's reps. n_reps : (U,).
    reps : (R,) bool, reps that were used.
    """

    names: np.ndarray
    treated: np.ndarray
    before: np.ndarray
    after: np.ndarray
    n_reps: np.ndarray
    reps: np.ndarray

    @property
    def n(self) -> tuple[int, int]:
        """Treated units, comparison units."""
        return int(self.treated.sum()), int((~self.treated).sum())


def unit_means(groups: TrialGroups, before: np.ndarray, after: np.ndarray) -> UnitMeans:
    """Average reps' values, (R,) NaN where missing, by unit; reps without both values or a unit are left out."""
    used = np.isfinite(before) & np.isfinite(after) & (groups.units != "")
    names, at = np.unique(groups.units[used].astype(str), return_inverse=True)
    n = np.bincount(at, minlength=len(names))
    low, high, treated = (
        np.bincount(at, weights=values[used].astype(float), minlength=len(names)) / np.maximum(n, 1)
        for values in (before, after, groups.treated)
    )
    return UnitMeans(names.astype(object), treated > 0.5, low, high, n, used)


def mean_of_known(values: np.ndarray) -> float:
    """Average what is not missing; NaN where nothing is."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else np.nan
