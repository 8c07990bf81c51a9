"""Check whether a KPI is necessary: what it adds to the others, reps who made the goal without it, its copies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.evidence.partial import partial_across, partial_within
from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.redundancy import Redundancy, find_redundancies, is_mostly_present_with
from workbench.scoring.correlation import Correlation
from workbench.scoring.fixed_effects import remove_levels, remove_period_means
from workbench.scoring.jackknife import MIN_REPS

NAME = "necessity"
SOURCE = "Partial correlation from the inverse correlation matrix (Whittaker 1990, 5); prediction of left-out reps"


@dataclass(frozen=True)
class HeldOut:
    """``r2``: R² on left-out reps with the KPI less without it. ``better`` of ``n_reps`` reps it predicts better.

    Differences of squared errors are too skewed, and left-out reps share too much of their fits, for an honest
    interval at 10 to 50 reps (t and Wilson intervals cover about 87%), so there is none.
    """

    r2: float
    better: int
    n_reps: int
    reason: str = ""


@dataclass(frozen=True)
class Necessity:
    """What one KPI adds to the others.

    Attributes
    ----------
    partial_across, partial_within : link with the goal given the other KPIs (copies left out).
    gain_across, gain_within : what it adds to predicting reps left out of the fit, for reps' levels and for movements
        about their level.
    made_goal_without : reps who reached the goal while missing this KPI's target; None without targets.
    n_made_goal : reps who reached the goal and have a value of this KPI.
    overlap : how much the other KPIs already measure it. n_beside : how many KPIs it is compared with.
    """

    partial_across: Correlation
    partial_within: Correlation
    gain_across: HeldOut
    gain_within: HeldOut
    made_goal_without: tuple[str, ...] | None
    n_made_goal: int
    overlap: Redundancy
    n_beside: int
    source: str = SOURCE


def check(record: Record, options: EvidenceOptions) -> tuple[Necessity, ...]:
    """Return one finding per KPI, in the order of the record.

    A copy of other KPIs is compared with those others; the others are compared without their copies, so that of two
    copies one can still be necessary. A KPI that is missing in most of the other's rep-periods is no control, since
    only the few in which both are known would be left.
    """
    found, there = find_redundancies(record, options), is_mostly_present_with(record)
    together: dict[tuple[int, ...], list[int]] = {}
    for k, others in enumerate(record.beside):
        group = tuple(sorted({k, *(j for j in others if not found[j].redundant and there[k, j])}))
        together.setdefault(group, []).append(k)
    parts: dict[int, tuple[_Contribution, int]] = {}
    for group, members in together.items():
        results = _contributions(record, list(group), options)
        parts |= {k: (results[group.index(k)], len(group) - 1) for k in members}
    return tuple(
        Necessity(*parts[k][0], *_reps_without_kpi(record, k), found[k], parts[k][1]) for k in range(len(record.kpis))
    )


_Contribution = tuple[Correlation, Correlation, HeldOut, HeldOut]


def _contributions(record: Record, group: list[int], options: EvidenceOptions) -> list[_Contribution]:
    """Return, per KPI of the group: partial across, partial within, gain across, gain within."""
    levels = np.vstack([record.rep_values[group], record.rep_goal])
    cells = np.concatenate([record.values[group], record.goal[None]])
    out = options.take_out_periods, record.shock_segments, record.weights
    movements = remove_levels(cells, np.isfinite(cells).all(axis=0), *out)
    known = np.isfinite(levels).all(axis=0)[:, None]
    return list(zip(
        partial_across(levels, options.confidence),
        partial_within(cells, out[0], options.confidence, *out[1:]),
        held_out_gains(remove_period_means(levels[:, :, None], known), known),
        held_out_gains(movements.values, movements.present),
        strict=True,
    ))  # fmt: skip


def held_out_gains(residuals: np.ndarray, present: np.ndarray) -> tuple[HeldOut, ...]:
    """Return what each KPI adds to the prediction of reps left out of the fit, given all other KPIs.

    Parameters
    ----------
    residuals : (kpis + 1, reps, periods) centred values, the goal last, 0 outside ``present`` (reps, periods).

    Notes
    -----
    Each rep is predicted by least squares from all other reps, so that nobody's own level leaks into the prediction.
    """
    by_rep = np.swapaxes(residuals[:, present.any(axis=1)], 0, 1)
    products = by_rep @ np.swapaxes(by_rep, 1, 2)
    n, kpis, pairs = len(products), len(residuals) - 1, int(present.sum())
    if n < MIN_REPS or pairs < 2 * (kpis + 1) or not np.any(residuals[-1]):
        reason = (
            f"predicting left-out reps needs at least {MIN_REPS} of them and {2 * (kpis + 1)} values; there are {n}"
        )
        return (HeldOut(np.nan, 0, n, reason),) * kpis
    full = _left_out_errors(products, np.arange(kpis))
    lost = np.stack([_left_out_errors(products, np.delete(np.arange(kpis), k)) for k in range(kpis)]) - full
    total = products.sum(axis=0)[-1, -1]
    return tuple(HeldOut(float(own.sum() / total), int(np.sum(own > 0)), n) for own in lost)


def _left_out_errors(products: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Return (reps,) squared errors of each rep predicted from the others by the chosen KPIs."""
    if not len(used):
        return products[:, -1, -1]
    others = products.sum(axis=0) - products
    system = others[:, used[:, None], used]
    system = system + 1e-9 * np.einsum("rii->r", system)[:, None, None] * np.eye(len(used)) + 1e-300 * np.eye(len(used))
    weights = np.linalg.solve(system, others[:, used, -1][..., None])[..., 0]
    own = products[:, used[:, None], used]
    fit, cross = np.einsum("ri,rij,rj->r", weights, own, weights), np.einsum("ri,ri->r", weights, products[:, used, -1])
    return products[:, -1, -1] - 2 * cross + fit


def _reps_without_kpi(record: Record, k: int) -> tuple[tuple[str, ...] | None, int]:
    known = np.isfinite(record.met[k]) & np.isfinite(record.goal_met)
    made = known & (record.goal_met == 1)
    if not known.any():
        return None, 0
    return tuple(record.reps[i] for i in np.flatnonzero(made & (record.met[k] == 0))), int(made.sum())
