"""Sweep one KPI's share from 0 to 100%, the others in proportion: agreement, and changes of the top."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.data.model.panel import REP
from workbench.scoring.history import History
from workbench.weights.batch_scores import ranks_under, scores_under
from workbench.weights.rank_agreement import rank_agreements

FINE = 1001
COARSE_STEP = 10


@dataclass(frozen=True, eq=False)
class Flip:
    """The nearest share, on one side, at which the top N changes: who enters and who leaves."""

    share: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Sweep:
    """The sweep of one KPI's share.

    Attributes
    ----------
    shares : (steps,) 0 … 1. across_reps, next_period : (steps,) Spearman of score and goal; ``next_period``, the
        goal one period after the score, is the held-out one. top_kept : (steps,) how many of today's top N are in it.
    share : today's. low, high : the span around it, to a thousandth, in which the top stays.
    below, above : the nearest flips; None where there is none up to 0 or 1.
    """

    kpi: str
    share: float
    shares: np.ndarray
    across_reps: np.ndarray
    next_period: np.ndarray
    top_kept: np.ndarray
    low: float
    high: float
    below: Flip | None
    above: Flip | None

    @property
    def nearest_flip(self) -> Flip | None:
        flips = [flip for flip in (self.below, self.above) if flip]
        return min(flips, key=lambda flip: abs(flip.share - self.share), default=None)


def sweep_share(history: History, k: int, top: int) -> Sweep:
    """Sweep the k-th KPI's share over the whole range, the other KPIs keeping their proportions.

    ``top`` is the N of the top N. If all other weights are 0, they count as equal.
    """
    shares = np.linspace(0, 1, FINE)
    design = history.design
    today = design.shares()[design.kpis[k].name]
    ranks = ranks_under(scores_under(history.reps.points, _swept_weights(history, k, [today, *shares]), design.scoring))
    inside = ranks <= top
    same = (inside[:, 1:] == inside[:, :1]).all(axis=0)
    names = history.reps.keys[REP].to_numpy(dtype=object)
    ends = [_find_flip(names, inside[:, 1:], inside[:, 0], shares, same, today, side) for side in (-1, 1)]
    coarse, kept = shares[::COARSE_STEP], (inside[:, 1:] & inside[:, :1]).sum(axis=0)
    across, later = rank_agreements(history, _swept_weights(history, k, coarse))
    below, above = (flip for flip, _ in ends)
    return Sweep(
        design.kpis[k].name, today, coarse, across, later, kept[::COARSE_STEP], ends[0][1], ends[1][1], below, above
    )


def _swept_weights(history: History, k: int, shares: np.ndarray | list[float]) -> np.ndarray:
    """Return (steps, KPIs) weights."""
    others = np.array([kpi.weight if i != k else 0.0 for i, kpi in enumerate(history.design.kpis)])
    if not others.any():
        others = np.where(np.arange(len(others)) == k, 0.0, 1.0)
    grid = np.asarray(shares)[:, None]
    weights = (1 - grid) * others / (others.sum() or 1.0)
    weights[:, k] = grid[:, 0]
    return weights


def _find_flip(
    names: np.ndarray,
    inside: np.ndarray,
    now: np.ndarray,
    shares: np.ndarray,
    same: np.ndarray,
    today: float,
    side: int,
) -> tuple[Flip | None, float]:
    """Return the first changed step on one side of the current share, and the last unchanged share before it."""
    steps = np.flatnonzero(shares > today) if side > 0 else np.flatnonzero(shares < today)[::-1]
    changed = np.flatnonzero(~same[steps])
    if not len(changed):
        return None, float(shares[-1] if side > 0 else shares[0])
    at = steps[changed[0]]
    then = inside[:, at]
    last = shares[steps[changed[0] - 1]] if changed[0] else today
    return Flip(float(shares[at]), tuple(names[then & ~now]), tuple(names[now & ~then])), float(last)
