"""Which pair of reps to ask about next, so that few answers say much about the weights."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

DRAWS = 300
DOUBT = 0.2  # what weights that break an answer still count for, since people err
PAIRS_A_KPI = 4
SEED = 20170101

RepPair = tuple[int, int]


def next_pair(points: np.ndarray, given: Sequence[RepPair], passed: Collection[RepPair] = ()) -> RepPair | None:
    """The pair of reps whose order would halve what the answers so far leave open; None when no pair says anything.

    Parameters
    ----------
    points : (reps, KPIs); a missing value counts as the KPI's average here.
    given : (better, worse) rows of ``points``, the answers so far. passed : pairs not to ask again.

    Notes
    -----
    Weights are drawn evenly over all that are possible, and count less for every answer they break. A pair is worth
    what the weights that put one rep first give it as a lead, or those that put the other first, whichever is less.
    A rep who was asked about is asked about less, so that the answers do not hang on a few people.
    """
    if len(points) < 2:
        return None
    scores = _drawn_scores(points)
    likely = _likely(scores, given)
    leads = np.array([likely @ np.maximum(scores[:, [a]] - scores, 0) for a in range(len(points))])
    asked = np.bincount(np.array([*given, *passed], dtype=int).ravel(), minlength=len(points))
    worth = np.triu(np.minimum(leads, leads.T), 1) / (1 + asked[:, None] + asked)
    for a, b in (*given, *passed):
        worth[min(a, b), max(a, b)] = 0
    a, b = divmod(int(np.argmax(worth)), len(points))
    return (a, b) if worth[a, b] > 1e-9 else None


def answers_needed(n_kpis: int, n_reps: int) -> int:
    """How many answers usually settle the weights: four a KPI, or every pair there is."""
    return min(PAIRS_A_KPI * n_kpis, n_reps * (n_reps - 1) // 2)


def _drawn_scores(points: np.ndarray) -> np.ndarray:
    """(draws, reps) scores under weights drawn evenly over all shares; the single KPIs are among them."""
    known = np.isfinite(points)
    usual = np.where(known, points, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    n_kpis = points.shape[1]
    weights = np.vstack([np.eye(n_kpis), np.random.default_rng(SEED).dirichlet(np.ones(n_kpis), DRAWS)])
    return weights @ np.where(known, points, usual).T


def _likely(scores: np.ndarray, given: Sequence[RepPair]) -> np.ndarray:
    """(draws,) how much each draw counts after the answers, adding up to 1."""
    better, worse = np.array(given, dtype=int).reshape(-1, 2).T
    broken = (scores[:, better] <= scores[:, worse]).sum(axis=1)
    likely = DOUBT ** (broken - broken.min())
    return likely / likely.sum()
