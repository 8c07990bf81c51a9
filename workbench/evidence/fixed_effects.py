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
    values : (variables, reps, periods), 0 where absent.
    present : (reps, periods).
    weight : (reps, periods) how much more than its own products a rep takes along when it is left out, since the period
        levels are then estimated from one rep fewer: n_t ÷ (n_t − 1) with n_t the reps of its segment in the period,
        exact for complete panels; 1 without period levels.
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
        """Return cross products (variables, variables) over all reps, and with each carrier left out."""
        by_rep = np.swapaxes(self.values[:, self.carriers], 0, 1)
        total = np.einsum("rvt,rwt->vw", by_rep, by_rep, optimize=True)
        own = (by_rep * self.weight[self.carriers][:, None]) @ np.swapaxes(by_rep, 1, 2)
        return total, total - own


def remove_levels(
    values: np.ndarray, present: np.ndarray, periods: bool = True, segments: np.ndarray | None = None
) -> Residuals:
    """Return least-squares residuals of each variable on rep and period effects, for unbalanced panels too.

    Parameters
    ----------
    values : (variables, reps, periods); cells outside ``present`` are ignored.
    present : (reps, periods) cells to use, the same for all variables.
    periods : whether to remove period levels beside rep levels.
    segments : (reps,) codes of segments that have period levels of their own; None for one level a period.

    Notes
    -----
    Frisch–Waugh–Lovell: rep means first, then one small system (periods × periods) for the period effects. A minute
    ridge stands in for the generalised inverse where reps and periods fall into unconnected parts.
    """
    if periods and segments is not None:
        return _by_segment(values, present, segments)
    mask = present.astype(float)
    clean = _remove_rep_means(np.where(present, values, 0.0), mask)
    scale = np.sum(np.where(present, values, 0.0) ** 2, axis=(1, 2))
    if not periods:
        return Residuals(_clear_rounding_errors(clean, scale), present, np.ones(present.shape))
    effects = _period_effects(clean, mask)
    shared = _remove_rep_means(effects[:, None, :] * mask, mask)
    return Residuals(_clear_rounding_errors(clean - shared, scale), present, _weight(present))


def _by_segment(values: np.ndarray, present: np.ndarray, segments: np.ndarray) -> Residuals:
    """Remove effects segment by segment, since each segment is a panel by itself."""
    left, weight = np.zeros(values.shape), np.ones(present.shape)
    for segment in np.unique(segments):
        members = segments == segment
        own = remove_levels(values[:, members], present[members])
        left[:, members], weight[members] = own.values, own.weight
    return Residuals(left, present, weight)


def _clear_rounding_errors(residuals: np.ndarray, scale: np.ndarray) -> np.ndarray:
    varies = np.sum(residuals**2, axis=(1, 2)) > NOTHING * scale
    return residuals * varies[:, None, None]


def _remove_rep_means(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    n = np.maximum(mask.sum(axis=1), 1)
    return (values - (values.sum(axis=2) / n)[:, :, None]) * mask


def remove_period_means(values: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Subtract from values (variables, reps, periods) the period's mean over present reps; 0 where absent."""
    clean = np.where(present, values, 0.0)
    means = clean.sum(axis=1) / np.maximum(present.sum(axis=0), 1)
    return (clean - means[:, None, :]) * present


def _period_effects(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return (variables, periods) period effects from rep-centred values."""
    n_by_rep = np.maximum(mask.sum(axis=1), 1)
    system = np.diag(mask.sum(axis=0)) - mask.T @ (mask / n_by_rep[:, None])
    system[np.diag_indices_from(system)] += RIDGE * max(1.0, mask.sum())
    return np.linalg.solve(system, values.sum(axis=1).T).T


def _weight(present: np.ndarray) -> np.ndarray:
    n = present[present.sum(axis=1) >= 2].sum(axis=0)
    return np.broadcast_to(np.where(n > 1, n / np.maximum(n - 1, 1), 1.0), present.shape)
