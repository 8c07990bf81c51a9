"""Infer weights from ordered pairs of reps: who is the better seller overall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

LEAST_MARGIN = 0.01  # points by which the better rep must lead for an ordering to be met
MOST_SECONDS = 5.0


@dataclass(frozen=True)
class Ordering:
    """Weights that put as many pairs of reps in the wanted order as any weights can.

    Attributes
    ----------
    weights : (KPIs,) adding up to 100, in the middle of those that meet the same orderings.
    lowest, highest : (KPIs,) the range of each weight with the same orderings met.
    unmet : indices, in the pairs given, of the orderings left unmet.
    margin : the narrowest lead, in points, among the orderings met; NaN when none is.
    """

    weights: np.ndarray
    lowest: np.ndarray
    highest: np.ndarray
    unmet: tuple[int, ...]
    margin: float


def infer_weights_from_orderings(points: np.ndarray, pairs: Sequence[tuple[int, int]]) -> Ordering:
    """Infer weights from ordered pairs of reps.

    Parameters
    ----------
    points : (reps, KPIs); a KPI missing for either rep of a pair is ignored for that pair.
    pairs : (better, worse) rows of ``points``.

    Notes
    -----
    First the fewest orderings to leave unmet, exactly (mixed-integer programme, stopped after five seconds); then, for
    the others, linear programmes for each weight's range, and the mean of the corners found, which meets them all.
    """
    better, worse = np.array(pairs, dtype=int).reshape(-1, 2).T
    leads = np.nan_to_num(points[better] - points[worse])
    unmet = _choose_unmet(leads)
    kept = np.delete(leads, unmet, axis=0)
    ends = _weight_extremes(kept)
    n_kpis = points.shape[1]
    weights = ends.mean(axis=0) if len(kept) else np.full(n_kpis, 1 / n_kpis)
    margin = float((kept @ weights).min()) if len(kept) else np.nan
    lowest, highest = 100 * ends.min(axis=0), 100 * ends.max(axis=0)
    return Ordering(100 * weights, lowest, highest, tuple(int(i) for i in unmet), margin)


def _choose_unmet(leads: np.ndarray) -> np.ndarray:
    """Choose the pairs to leave unmet: least Σ u with w·lead + big·u ≥ margin, Σ w = 1, u in {0, 1}."""
    n_pairs, n_kpis = leads.shape
    if not n_pairs:
        return np.array([], dtype=int)
    big = np.abs(leads).max() + LEAST_MARGIN
    rows = np.hstack([leads, big * np.eye(n_pairs)])
    total = np.concatenate([np.ones(n_kpis), np.zeros(n_pairs)])
    found = milp(
        np.concatenate([np.zeros(n_kpis), np.ones(n_pairs)]),
        constraints=[LinearConstraint(rows, LEAST_MARGIN, np.inf), LinearConstraint(total, 1, 1)],
        integrality=1 - total, bounds=Bounds(0, 1), options={"time_limit": MOST_SECONDS},
    )  # fmt: skip
    return np.flatnonzero(found.x[n_kpis:] > 0.5)


def _weight_extremes(leads: np.ndarray) -> np.ndarray:
    """Return (2 × KPIs, KPIs) shares that meet every ordering in ``leads`` with one KPI's share smallest or largest."""
    n_kpis = leads.shape[1]
    return np.array([
        linprog(sign * np.eye(n_kpis)[k], A_ub=-leads, b_ub=np.full(len(leads), -LEAST_MARGIN / 2),
                A_eq=np.ones((1, n_kpis)), b_eq=[1.0], bounds=(0, 1)).x for sign in (1, -1) for k in range(n_kpis)
    ])  # fmt: skip
