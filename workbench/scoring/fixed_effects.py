"""Remove rep and period effects from variables, also with one rep left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RIDGE = 1e-10
NOTHING = 1e-14  # share of a variable's squares below which what is left is rounding


@dataclass(frozen=True, eq=False)
class Residuals:
    """Values less their rep and period effects.

    Attributes
    ----------
    values : (variables, reps, periods), 0 where absent; where cells have weights, times their root, so that sums of
        products are weighted sums.
    present : (reps, periods).
    weight : (reps, periods) how much more than its own products a rep takes along when it is left out, since the period
        levels are then estimated from one rep fewer: W_t ÷ (W_t − w_it) with W_t the weight of its segment's reps in
        the period (n_t ÷ (n_t − 1) where all weigh the same), exact for complete panels; 1 without period levels.
    """

    values: np.ndarray
    present: np.ndarray
    weight: np.ndarray

    @property
    def carriers(self) -> np.ndarray:
        """Return (reps,) whether a rep carries evidence: at least two periods."""
        return self.present.sum(axis=1) >= 2

    @property
    def n_pairs(self) -> int:
        return int(self.present[self.carriers].sum())

    def products(self) -> tuple[np.ndarray, np.ndarray]:
        """Return cross products (variables, variables) over all reps, and with each carrier left out.

        What varied in the carrier left out alone varies no longer: its products are 0, not what rounding leaves.
        """
        by_rep = np.swapaxes(self.values[:, self.carriers], 0, 1)
        total = np.einsum("rvt,rwt->vw", by_rep, by_rep, optimize=True)
        own = (by_rep * self.weight[self.carriers][:, None]) @ np.swapaxes(by_rep, 1, 2)
        left = total - own
        varies = np.einsum("rvv->rv", left) > NOTHING * np.diagonal(total)
        return total, np.where(varies[:, :, None] & varies[:, None, :], left, 0.0)


def remove_levels(
    values: np.ndarray, present: np.ndarray, periods: bool = True, segments: np.ndarray | None = None,
    weights: np.ndarray | None = None,
) -> Residuals:  # fmt: skip
    """Return least-squares residuals of each variable on rep and period effects, for unbalanced panels too.

    Parameters
    ----------
    values : (variables, reps, periods); cells outside ``present`` are ignored.
    present : (reps, periods) cells to use, the same for all variables.
    periods : whether to remove period levels beside rep levels.
    segments : (reps,) codes of segments that have period levels of their own; None for one level a period.
    weights : (reps, periods) weights of the squares, such as days worked; None where all cells weigh the same.

    Notes
    -----
    Frisch–Waugh–Lovell: rep means first, then one small system (periods × periods) for the period effects. A minute
    ridge stands in for the generalised inverse where reps and periods fall into unconnected parts.
    """
    if periods and segments is not None:
        return _by_segment(values, present, segments, weights)
    mask = present.astype(float) if weights is None else np.where(present, weights, 0.0)
    clean, root = _remove_rep_means(np.where(present, values, 0.0), mask), np.sqrt(mask)
    scale = np.sum((np.where(present, values, 0.0) * root) ** 2, axis=(1, 2))
    if not periods:
        return Residuals(_clear_rounding_errors(clean * root, scale), present, np.ones(present.shape))
    effects = _period_effects(clean, mask)
    shared = _remove_rep_means(np.broadcast_to(effects[:, None, :], clean.shape), mask)
    return Residuals(_clear_rounding_errors((clean - shared) * root, scale), present, _weight(present, mask))


def _by_segment(values: np.ndarray, present: np.ndarray, segments: np.ndarray, weights: np.ndarray | None) -> Residuals:
    """Remove effects segment by segment, since each segment is a panel by itself."""
    left, weight = np.zeros(values.shape), np.ones(present.shape)
    for segment in np.unique(segments):
        members = segments == segment
        one = None if weights is None else weights[members]
        own = remove_levels(values[:, members], present[members], weights=one)
        left[:, members], weight[members] = own.values, own.weight
    return Residuals(left, present, weight)


def _clear_rounding_errors(residuals: np.ndarray, scale: np.ndarray) -> np.ndarray:
    varies = np.sum(residuals**2, axis=(1, 2)) > NOTHING * scale
    return residuals * varies[:, None, None]


def _remove_rep_means(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Subtract each rep's mean, weighted by the mask; 0 where it is 0."""
    n = mask.sum(axis=1)
    means = np.einsum("vrt,rt->vr", values, mask) / np.where(n > 0, n, 1)
    return (values - means[:, :, None]) * (mask > 0)


def remove_period_means(values: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Subtract from values (variables, reps, periods) the period's mean over present reps; 0 where absent."""
    clean = np.where(present, values, 0.0)
    means = clean.sum(axis=1) / np.maximum(present.sum(axis=0), 1)
    return (clean - means[:, None, :]) * present


def period_levels(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return (variables, periods) least-squares period effects beside rep effects, up to a constant.

    Parameters
    ----------
    values : (variables, reps, periods). weights : (reps, periods) of the squares, 0 where absent.
    """
    return _period_effects(_remove_rep_means(values, weights), weights)


def _period_effects(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return (variables, periods) period effects from rep-centred values."""
    n_by_rep = mask.sum(axis=1)
    system = np.diag(mask.sum(axis=0)) - mask.T @ (mask / np.where(n_by_rep > 0, n_by_rep, 1)[:, None])
    system[np.diag_indices_from(system)] += RIDGE * max(1.0, mask.sum())
    return np.linalg.solve(system, np.einsum("vrt,rt->vt", values, mask).T).T


def _weight(present: np.ndarray, mask: np.ndarray) -> np.ndarray:
    carried = np.where((present.sum(axis=1) >= 2)[:, None], mask, 0.0)
    total = carried.sum(axis=0)
    others = total - carried
    alone = others <= 1e-12 * total
    return np.where(alone, 1.0, np.divide(total, others, out=np.ones_like(carried), where=~alone))
