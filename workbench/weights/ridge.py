"""Non-negative weights shrunk towards equal ones, from sums per rep, so that leaving reps out costs next to nothing.

min over w ≥ 0 of ‖y − Zw‖² + λN‖w − w̄1‖², w̄ being the best equal weight; λ → ∞ is equal weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

PENALTIES = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, np.inf)
N_FOLDS = 5
SEED = 20170101


@dataclass(frozen=True, eq=False)
class RepSums:
    """All that the fit needs to know of each rep.

    Attributes
    ----------
    gram : (reps, KPIs, KPIs) ZᵀZ. moment : (reps, KPIs) Zᵀy. squares : (reps,) yᵀy. n : (reps,) rows.
    """

    gram: np.ndarray
    moment: np.ndarray
    squares: np.ndarray
    n: np.ndarray

    def of(self, reps: np.ndarray) -> RepSums:
        return RepSums(self.gram[reps], self.moment[reps], self.squares[reps], self.n[reps])


def rep_sums(z: np.ndarray, y: np.ndarray, reps: np.ndarray, n_reps: int) -> RepSums:
    """Sums of (rows, KPIs) z and (rows,) y by (rows,) rep code."""
    gram, moment = np.zeros((n_reps, z.shape[1], z.shape[1])), np.zeros((n_reps, z.shape[1]))
    np.add.at(gram, reps, z[:, :, None] * z[:, None, :])
    np.add.at(moment, reps, z * y[:, None])
    squares = np.bincount(reps, weights=y * y, minlength=n_reps)
    return RepSums(gram, moment, squares, np.bincount(reps, minlength=n_reps))


def fit(sums: RepSums, penalty: float) -> np.ndarray:
    """(KPIs,) shares adding up to 1; equal where nothing speaks for any KPI."""
    gram, moment, n = sums.gram.sum(axis=0), sums.moment.sum(axis=0), max(1, sums.n.sum())
    k = len(moment)
    equal = np.full(k, 1 / k)
    if not np.isfinite(penalty) or gram.sum() <= 0:
        return equal
    level = max(0.0, moment.sum() / gram.sum())
    root = np.linalg.cholesky(gram / n + penalty * np.eye(k))
    weights, _ = nnls(root.T, np.linalg.solve(root, moment / n + penalty * level))
    return weights / weights.sum() if weights.sum() > 0 else equal


def best_penalty(sums: RepSums) -> float:
    """The λ whose shares fit held-out reps best (in correlation with y), by folds of reps; ties to the larger λ."""
    n = len(sums.n)
    folds = np.array_split(np.random.default_rng(SEED).permutation(n), min(N_FOLDS, n))
    scores = [np.mean([_held_out(sums, fold, penalty) for fold in folds]) for penalty in PENALTIES]
    best = np.max(scores)
    return max(penalty for penalty, score in zip(PENALTIES, scores, strict=True) if score >= best - 1e-12)


def _held_out(sums: RepSums, fold: np.ndarray, penalty: float) -> float:
    """Correlation through the origin of y with the score on the reps of a fold, fitted on the others."""
    shares, test = fit(sums.of(np.setdiff1d(np.arange(len(sums.n)), fold)), penalty), sums.of(fold)
    score_squares = shares @ test.gram.sum(axis=0) @ shares
    scale = np.sqrt(score_squares * test.squares.sum())
    return float(shares @ test.moment.sum(axis=0) / scale) if scale > 0 else 0.0
