"""Which ranks each rep could have under slightly other weights, and had other periods been in the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.data.model.panel import PERIOD, REP, Panel
from workbench.scoring.history import History
from workbench.scoring.ranks import ranks
from workbench.scoring.scorecard import scores_from_points
from workbench.weights.batch_scores import ranks_under, scores_under
from workbench.weights.resample import period_draws, resampled_points

KAPPA = 50.0
DRAWS = 5000
PERIOD_DRAWS = 1000
SEED = 20170101
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, eq=False)
class RankRanges:
    """Plausible ranks, reps in today's order.

    Attributes
    ----------
    reps : names. rank : (reps,) today's. low, high : (reps,) 5th and 95th percentile of the drawn ranks.
    acceptability : (reps, ranks) share of draws in which the rep has that rank (SMAA).
    tier : (reps,) 1 for the top tier. Within a tier nobody can be told apart from its first rep: their ranges meet.
    draws : how many.
    """

    reps: tuple[str, ...]
    rank: np.ndarray
    low: np.ndarray
    high: np.ndarray
    acceptability: np.ndarray
    tier: np.ndarray
    draws: int

    def tiers(self) -> list[tuple[str, ...]]:
        """The reps of each tier, the top one first."""
        return [
            tuple(rep for rep, tier in zip(self.reps, self.tier, strict=True) if tier == one)
            for one in range(1, int(np.nanmax(self.tier, initial=0)) + 1)
        ]


def under_other_weights(history: History, draws: int = DRAWS, kappa: float = KAPPA, seed: int = SEED) -> RankRanges:
    """Ranks under weights drawn around today's: Dirichlet(κ × shares), ``draws`` of them.

    κ = 50 lets a share of 50 % wander between about 38 and 62 % (90 % of draws). A KPI of weight 0 stays off.
    """
    weights = weight_draws(history, draws, kappa, seed)
    return _ranges(history, ranks_under(scores_under(history.reps.points, weights, history.design.scoring)))


def under_other_periods(panel: Panel, history: History, draws: int = PERIOD_DRAWS, seed: int = SEED) -> RankRanges:
    """Ranks under today's weights with the periods drawn anew, with replacement, the same for every rep."""
    return _ranges(history, _period_ranks(panel, history, draws, np.tile(_shares(history), (draws, 1)), seed))


def under_both(
    panel: Panel, history: History, draws: int = PERIOD_DRAWS, kappa: float = KAPPA, seed: int = SEED
) -> RankRanges:
    """Weights and periods drawn together."""
    return _ranges(history, _period_ranks(panel, history, draws, weight_draws(history, draws, kappa, seed), seed))


def weight_draws(history: History, draws: int, kappa: float, seed: int) -> np.ndarray:
    """(draws, KPIs) shares around today's; 0 stays 0."""
    shares = _shares(history)
    drawn, on = np.zeros((draws, len(shares))), shares > 0
    if on.any():
        drawn[:, on] = np.random.default_rng(seed).dirichlet(kappa * shares[on], size=draws)
    return drawn


def _shares(history: History) -> np.ndarray:
    return np.array(list(history.design.shares().values()))


def _period_ranks(panel: Panel, history: History, draws: int, weights: np.ndarray, seed: int) -> np.ndarray:
    """(reps, draws), one set of weights and one set of periods per draw."""
    n_periods = panel.frame[PERIOD].nunique()
    points = resampled_points(panel, history, period_draws(n_periods, draws, seed))
    scores = paired_scores(points, weights, history)
    return ranks_under(scores.T)


def paired_scores(points: np.ndarray, weights: np.ndarray, history: History) -> np.ndarray:
    """(draws, reps) scores of (draws, reps, KPIs) points, each draw under its own row of (draws, KPIs) weights."""
    n_draws, n_reps, n_kpis = points.shape
    flat, rules = points.reshape(-1, n_kpis), history.design.scoring
    return scores_from_points(flat, np.repeat(weights, n_reps, axis=0), rules).reshape(n_draws, n_reps)


def _ranges(history: History, drawn: np.ndarray) -> RankRanges:
    """From (reps, draws) ranks, in the order of ``history.reps``."""
    today = ranks(history.reps.score)
    typical = np.where(np.isnan(drawn), len(drawn), drawn).mean(axis=1)
    order = np.lexsort([typical, np.nan_to_num(today, nan=np.inf)])
    drawn, names = drawn[order], history.reps.keys[REP].to_numpy(dtype=object)[order]
    known = np.isfinite(drawn).any(axis=1)
    low, high = (_quantile(drawn, known, q) for q in (LOW, HIGH))
    return RankRanges(tuple(names), today[order], low, high, _acceptability(drawn), _tiers(low, high), drawn.shape[1])


def _quantile(drawn: np.ndarray, known: np.ndarray, q: float) -> np.ndarray:
    found = np.full(len(drawn), np.nan)
    method = "lower" if q < 0.5 else "higher"
    found[known] = np.nanquantile(drawn[known], q, axis=1, method=method)
    return found


def _acceptability(drawn: np.ndarray) -> np.ndarray:
    n, draws = drawn.shape
    rows, columns = np.nonzero(np.isfinite(drawn))
    counts = np.zeros((n, n))
    np.add.at(counts, (rows, drawn[rows, columns].astype(int) - 1), 1)
    return counts / draws


def _tiers(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """From the top: a rep belongs to the tier while its range meets that of the tier's first rep. NaN without range."""
    tiers, tier, reach = np.full(len(low), np.nan), 0, -np.inf
    for i in np.flatnonzero(np.isfinite(low)):
        if low[i] > reach:
            tier, reach = tier + 1, high[i]
        tiers[i] = tier
    return tiers
