"""Choose the next pair of reps to ask about, so that few answers determine the weights."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

DRAWS = 300
DOUBT = 0.2  # what weights that break an answer still count for, since people err
PAIRS_A_KPI = 4
SEED = 20170101

RepPair = tuple[int, int]


def choose_next_pair(points: np.ndarray, given: Sequence[RepPair], passed: Collection[RepPair] = ()) -> RepPair | None:
    """Choose the pair of reps whose order best halves the weights still possible; None if no pair is informative.

    Parameters
    ----------
    points : (reps, KPIs); a missing value counts as the KPI's average here.
    given : (better, worse) rows of ``points``, the answers so far. passed : pairs not to ask again.

    Notes
    -----
    Weights are drawn uniformly over all shares, and count less for every answer they contradict. The value of a pair is
    the smaller of the two expected leads: of one rep over the other under weights that favour the one, and the reverse.
    Reps already asked about count less, so that the answers do not depend on a few people.
    """
    if len(points) < 2:
        return None
    scores = _drawn_scores(points)
    likely = _draw_likelihoods(scores, given)
    leads = np.array([likely @ np.maximum(scores[:, [a]] - scores, 0) for a in range(len(points))])
    asked = np.bincount(np.array([*given, *passed], dtype=int).ravel(), minlength=len(points))
    worth = np.triu(np.minimum(leads, leads.T), 1) / (1 + asked[:, None] + asked)
    for a, b in (*given, *passed):
        worth[min(a, b), max(a, b)] = 0
    a, b = divmod(int(np.argmax(worth)), len(points))
    return (a, b) if worth[a, b] > 1e-9 else None


def answers_needed(n_kpis: int, n_reps: int) -> int:
    """Return how many answers usually determine the weights: four per KPI, at most every pair."""
    return min(PAIRS_A_KPI * n_kpis, n_reps * (n_reps - 1) // 2)


def _drawn_scores(points: np.ndarray) -> np.ndarray:
    """Return (draws, reps) scores under weights drawn uniformly over all shares, including each KPI alone."""
    known = np.isfinite(points)
    usual = np.where(known, points, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    n_kpis = points.shape[1]
    weights = np.vstack([np.eye(n_kpis), np.random.default_rng(SEED).dirichlet(np.ones(n_kpis), DRAWS)])
    return weights @ np.where(known, points, usual).T


def _draw_likelihoods(scores: np.ndarray, given: Sequence[RepPair]) -> np.ndarray:
    """Return (draws,) the likelihood of each draw after the answers, adding up to 1."""
    better, worse = np.array(given, dtype=int).reshape(-1, 2).T
    broken = (scores[:, better] <= scores[:, worse]).sum(axis=1)
    likely = DOUBT ** (broken - broken.min())
    return likely / likely.sum()
