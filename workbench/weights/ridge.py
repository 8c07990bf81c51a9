"""Non-negative weights shrunk towards equal ones, from sums per rep, so that leaving reps out costs next to nothing.

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
    """All that a fit needs to know of some rows; leading axes, if any, are reps.

    Attributes
    ----------
    gram : (…, KPIs, KPIs) ZᵀZ. moment : (…, KPIs) Zᵀy. squares : (…) yᵀy. n : (…) rows.
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


def rep_sums(z: np.ndarray, y: np.ndarray, reps: np.ndarray, n_reps: int) -> CrossProducts:
    """Sums of (rows, KPIs) z and (rows,) y by (rows,) rep code."""
    gram, moment = np.zeros((n_reps, z.shape[1], z.shape[1])), np.zeros((n_reps, z.shape[1]))
    np.add.at(gram, reps, z[:, :, None] * z[:, None, :])
    np.add.at(moment, reps, z * y[:, None])
    squares = np.bincount(reps, weights=y * y, minlength=n_reps)
    return CrossProducts(gram, moment, squares, np.bincount(reps, minlength=n_reps))


def fit(sums: CrossProducts, penalty: float) -> np.ndarray:
    """(KPIs,) shares adding up to 1, from sums over all reps together; equal where nothing speaks for any KPI."""
    k, n = len(sums.moment), max(1, sums.n)
    equal, pull = np.full(k, 1 / k), sums.gram.sum()
    if not np.isfinite(penalty) or pull <= 0:
        return equal
    level = max(0.0, sums.moment.sum() / pull)
    root = np.linalg.cholesky(sums.gram / n + penalty * np.eye(k))
    weights, _ = nnls(root.T, np.linalg.solve(root, sums.moment / n + penalty * level))
    return weights / weights.sum() if weights.sum() > 0 else equal


def fit_all(sums: CrossProducts) -> tuple[np.ndarray, float]:
    """(KPIs,) shares fitted on every rep, and the penalty chosen by folds of reps."""
    penalty = _best_penalty([sums.of(fold).together() for fold in _folds(len(sums.n))])
    return fit(sums.together(), penalty), penalty


def fit_without_each(sums: CrossProducts) -> np.ndarray:
    """(reps, KPIs) shares fitted without each rep, the penalty chosen anew each time."""
    folds, everybody = _folds(len(sums.n)), sums.together()
    shares = np.empty(sums.moment.shape)
    together = [sums.of(fold).together() for fold in folds]
    for at, fold in enumerate(folds):
        for rep in fold:
            one = sums.of(rep)
            left = [part.less(one) if i == at else part for i, part in enumerate(together)]
            shares[rep] = fit(everybody.less(one), _best_penalty(left))
    return shares


def _folds(n_reps: int) -> list[np.ndarray]:
    return np.array_split(np.random.default_rng(SEED).permutation(n_reps), min(N_FOLDS, n_reps))


def _best_penalty(folds: list[CrossProducts]) -> float:
    """The λ whose shares go best with y on held-out folds; ties to the larger λ."""
    everybody = reduce(_plus, folds)
    scores = [np.mean([_held_out(fit(everybody.less(fold), penalty), fold) for fold in folds]) for penalty in PENALTIES]
    best = np.max(scores)
    return max(penalty for penalty, score in zip(PENALTIES, scores, strict=True) if score >= best - 1e-12)


def _plus(a: CrossProducts, b: CrossProducts) -> CrossProducts:
    return CrossProducts(*(x + y for x, y in zip(vars(a).values(), vars(b).values(), strict=True)))


def _held_out(shares: np.ndarray, fold: CrossProducts) -> float:
    """Correlation through the origin of y with the score on the rows of a fold."""
    scale = np.sqrt(max(0.0, shares @ fold.gram @ shares) * fold.squares)
    return float(shares @ fold.moment / scale) if scale > 0 else 0.0
