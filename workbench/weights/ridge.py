"""Fit non-negative weights shrunk towards equal ones, from sums per rep, so that leaving reps out is cheap.

min over w ≥ 0 of ‖y − Zw‖² + λN‖w − w̄1‖², w̄ being the best equal weight; λ → ∞ is equal weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from scipy.optimize import nnls

PENALTIES = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, np.inf)
N_FOLDS = 5
SEED = 20170101


@dataclass(frozen=True, eq=False)
class CrossProducts:
    """The sufficient statistics of some rows for a fit; leading axes, if any, are reps.

    Attributes
    ----------
    gram : (…, KPIs, KPIs) ZᵀWZ. moment : (…, KPIs) ZᵀWy. squares : (…) yᵀWy. n : (…) sum of the rows' weights W.
    """

    gram: np.ndarray
    moment: np.ndarray
    squares: np.ndarray
    n: np.ndarray

    def of(self, reps: np.ndarray | int) -> CrossProducts:
        return CrossProducts(self.gram[reps], self.moment[reps], self.squares[reps], self.n[reps])

    def together(self) -> CrossProducts:
        return CrossProducts(*(part.sum(axis=0) for part in vars(self).values()))

    def less(self, other: CrossProducts) -> CrossProducts:
        return CrossProducts(*(a - b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))


def sum_products_by_rep(
    z: np.ndarray, y: np.ndarray, reps: np.ndarray, n_reps: int, weight: np.ndarray | None = None
) -> CrossProducts:
    """Sum the products of (rows, KPIs) z and (rows,) y by (rows,) rep code; (rows,) ``weight`` 1 unless given."""
    weight = np.ones(len(y)) if weight is None else weight
    gram, moment = np.zeros((n_reps, z.shape[1], z.shape[1])), np.zeros((n_reps, z.shape[1]))
    np.add.at(gram, reps, z[:, :, None] * (weight[:, None] * z)[:, None, :])
    np.add.at(moment, reps, z * (weight * y)[:, None])
    squares = np.bincount(reps, weights=weight * y * y, minlength=n_reps)
    return CrossProducts(gram, moment, squares, np.bincount(reps, weights=weight, minlength=n_reps))


def fit_ridge(sums: CrossProducts, penalty: float) -> np.ndarray:
    """Fit (KPIs,) shares adding up to 1, from sums over all reps; equal if no KPI predicts the goal."""
    return _fit_ridges(sums, np.array([penalty]))[0]


def _fit_ridges(sums: CrossProducts, penalties: np.ndarray) -> np.ndarray:
    """Fit (penalties, KPIs) shares; the equations of all penalties are solved at once."""
    k, n = len(sums.moment), max(1, sums.n)
    shares, pull, finite = np.full((len(penalties), k), 1 / k), sums.gram.sum(), np.isfinite(penalties)
    if pull <= 0 or not finite.any():
        return shares
    level = max(0.0, sums.moment.sum() / pull)
    roots = np.linalg.cholesky(sums.gram / n + penalties[finite, None, None] * np.eye(k))
    sides = np.linalg.solve(roots, (sums.moment / n + penalties[finite, None] * level)[..., None])[..., 0]
    for at, root, side in zip(np.flatnonzero(finite), roots, sides, strict=True):
        weights, _ = nnls(root.T, side)
        if weights.sum() > 0:
            shares[at] = weights / weights.sum()
    return shares


def fit_with_best_penalty(sums: CrossProducts) -> tuple[np.ndarray, float]:
    """Fit (KPIs,) shares on all reps, with the penalty chosen by cross-validation over reps."""
    penalty = _best_penalty([sums.of(fold).together() for fold in _folds(len(sums.n))])
    return fit_ridge(sums.together(), penalty), penalty


def fit_leaving_out_each_rep(sums: CrossProducts) -> np.ndarray:
    """Fit (reps, KPIs) shares without each rep, with the penalty chosen anew each time."""
    folds, everybody = _folds(len(sums.n)), sums.together()
    shares = np.empty(sums.moment.shape)
    together = [sums.of(fold).together() for fold in folds]
    for at, fold in enumerate(folds):
        for rep in fold:
            one = sums.of(rep)
            left = [part.less(one) if i == at else part for i, part in enumerate(together)]
            shares[rep] = fit_ridge(everybody.less(one), _best_penalty(left))
    return shares


def _folds(n_reps: int) -> list[np.ndarray]:
    return np.array_split(np.random.default_rng(SEED).permutation(n_reps), min(N_FOLDS, n_reps))


def _best_penalty(folds: list[CrossProducts]) -> float:
    """Return the λ whose scores correlate most with y on held-out folds; ties to the larger λ."""
    everybody = reduce(_add_products, folds)
    fitted = [_fit_ridges(everybody.less(fold), np.array(PENALTIES)) for fold in folds]
    scores = [
        np.mean([_held_out_correlation(shares[at], fold) for shares, fold in zip(fitted, folds, strict=True)])
        for at in range(len(PENALTIES))
    ]
    best = np.max(scores)
    return max(penalty for penalty, score in zip(PENALTIES, scores, strict=True) if score >= best - 1e-12)


def _add_products(a: CrossProducts, b: CrossProducts) -> CrossProducts:
    return CrossProducts(*(x + y for x, y in zip(vars(a).values(), vars(b).values(), strict=True)))


def _held_out_correlation(shares: np.ndarray, fold: CrossProducts) -> float:
    """Return the correlation through the origin of y with the score on the rows of a fold."""
    scale = np.sqrt(max(0.0, shares @ fold.gram @ shares) * fold.squares)
    return float(shares @ fold.moment / scale) if scale > 0 else 0.0
