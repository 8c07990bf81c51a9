"""Compute the ranks each rep could have, and distinguishable pairs, under other weights, in other periods, or both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from workbench.data.model.panel import REP, Panel
from workbench.scoring.history import History
from workbench.scoring.ranks import rank_values
from workbench.weights import multiple_comparisons
from workbench.weights.batch_scores import ranks_under, scores_under
from workbench.weights.score_spread import LEAST_MONTHS, MonthPoints, ScoreSpread, estimate_score_spread

KAPPA = 50.0
DRAWS, DRAWS_FOR_PAIRS, DRAWS_WITH_PERIODS = 5000, 1000, 200
SEED = 20170101
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, eq=False)
class RankRanges:
    """Plausible ranks and distinguishable pairs, reps in the order of their current rank.

    Attributes
    ----------
    reps : names. rank : (reps,) today's. low, high : (reps,) the ranks that each rep by itself could have.
    acceptability : (reps, ranks) share of the drawn weights under which the rep has that rank (SMAA).
    tier : (reps,) 1 for the top tier; a new one begins only where every rep above is told apart from every rep below.
    draws : how many weights were drawn; 1 where they stayed as they are.
    above : (reps, reps) whether the first rep is told above the second, over all pairs at once.
    months : the median number of months that a rep's score rests on, None where chance was not asked about.
    ends_after : months of history after which the first and the last could be told apart, should the difference stay;
        None where they are, or where that cannot be said.
    """

    reps: tuple[str, ...]
    rank: np.ndarray
    low: np.ndarray
    high: np.ndarray
    acceptability: np.ndarray
    tier: np.ndarray
    draws: int
    above: np.ndarray
    months: int | None = None
    ends_after: int | None = None

    @property
    def too_short(self) -> bool:
        """Whether there are too few months to tell any two reps apart."""
        return self.months is not None and self.months < LEAST_MONTHS

    def tiers(self) -> list[tuple[str, ...]]:
        """List the reps of each tier, the top one first."""
        return [
            tuple(rep for rep, tier in zip(self.reps, self.tier, strict=True) if tier == one)
            for one in range(1, int(np.nanmax(self.tier, initial=0)) + 1)
        ]

    def pairs(self) -> list[tuple[str, tuple[str, ...]]]:
        """List each rep who is significantly above others, with those others, in the order of rank."""
        found = ((rep, tuple(self.reps[j] for j in np.flatnonzero(self.above[i]))) for i, rep in enumerate(self.reps))
        return [(rep, below) for rep, below in found if below]


def rank_ranges_by_weights(history: History, draws: int = DRAWS, kappa: float = KAPPA, seed: int = SEED) -> RankRanges:
    """Compute ranks under ``draws`` weights drawn around the current ones from Dirichlet(κ × shares), on the same data.

    With κ = 50 a share of 50% varies between about 38 and 62% (90% of draws). A KPI of weight 0 stays off. The range is
    from the 5th to the 95th percentile; a pair is told apart if it keeps its order in 95% of the draws.
    """
    drawn = ranks_under(scores_under(history.reps.points, draw_weights(history, draws, kappa, seed),
                                     history.design.scoring))  # fmt: skip
    known = np.isfinite(drawn).any(axis=1)
    low, high = (_quantile(drawn, known, q) for q in (LOW, HIGH))
    some = drawn[:, :DRAWS_FOR_PAIRS]
    above = np.stack([(row < some).mean(axis=1) >= HIGH for row in some])
    return _ranges(history, drawn, low, high, above)


def rank_ranges_by_periods(panel: Panel, history: History, month_points: MonthPoints | None = None) -> RankRanges:
    """Compute ranks under the current weights in other months (``multiple_comparisons``, ``estimate_score_spread``)."""
    return _ranges_from_spread(panel, history, _shares(history)[None], month_points)


def rank_ranges_by_both(
    panel: Panel, history: History, draws: int = DRAWS_WITH_PERIODS, kappa: float = KAPPA, seed: int = SEED,
    month_points: MonthPoints | None = None,
) -> RankRanges:  # fmt: skip
    """Compute ranks under other weights and periods: what holds in 95% of drawn weights, the current ones included.

    ``month_points``: ``points_without_months`` where they are known; weights do not change them.
    """
    weights = np.vstack([_shares(history), draw_weights(history, draws, kappa, seed)])
    return _ranges_from_spread(panel, history, weights, month_points)


def _ranges_from_spread(
    panel: Panel, history: History, weights: np.ndarray, month_points: MonthPoints | None
) -> RankRanges:
    """Compute rank ranges from the score spread; the first row of ``weights`` are the current ones."""
    spread = estimate_score_spread(panel, history, weights, month_points)
    drawn = ranks_under(spread.score.T)
    counted = spread.months if spread.months.any() else spread.there
    known = counted[counted > 0]
    months = int(np.median(known)) if len(known) else 0
    if months < LEAST_MONTHS:
        n = int(np.isfinite(drawn[:, 0]).sum())
        low = np.where(np.isfinite(drawn[:, 0]), 1.0, np.nan)
        return _ranges(history, drawn, low, n * low, np.zeros((len(drawn), len(drawn)), dtype=bool), months)
    reach = multiple_comparisons.critical_distances(spread.level[0], spread.variance[0], spread.free)
    lows, highs = multiple_comparisons.rank_intervals(spread.level, spread.variance, spread.score, reach)
    seen = np.isfinite(lows).any(axis=0)
    low, high = _quantile(lows.T, seen, LOW), _quantile(highs.T, seen, HIGH)
    above = multiple_comparisons.is_proven_above(spread.level, spread.variance, spread.score, spread.free)
    steady = above[0] & (above.mean(axis=0) >= HIGH)
    unread = ~seen & np.isfinite(drawn[:, 0])
    low, high = np.where(unread, 1.0, low), np.where(unread, np.isfinite(drawn[:, 0]).sum(), high)
    return _ranges(history, drawn, low, high, steady, months, _months_to_separate(spread, months))


def _months_to_separate(spread: ScoreSpread, months: int) -> int | None:
    """Return the months of history after which the gap between first and last would be significant."""
    level, variance = spread.level[0], spread.variance[0]
    known = np.flatnonzero(np.isfinite(level))
    if len(known) < 2:
        return None
    first, last = known[np.argmax(level[known])], known[np.argmin(level[known])]
    need = multiple_comparisons.tukey_range(len(known), spread.free, multiple_comparisons.CONFIDENCE) / np.sqrt(2)
    gap, error = level[first] - level[last], need * np.sqrt(variance[first] + variance[last])
    return int(np.ceil(months * (error / gap) ** 2)) if 0 < gap < error else None


def draw_weights(history: History, draws: int, kappa: float, seed: int) -> np.ndarray:
    """Draw (draws, KPIs) shares around the current ones; 0 stays 0."""
    shares = _shares(history)
    drawn, on = np.zeros((draws, len(shares))), shares > 0
    if on.any():
        drawn[:, on] = np.random.default_rng(seed).dirichlet(kappa * shares[on], size=draws)
    return drawn


def _shares(history: History) -> np.ndarray:
    return np.array(list(history.design.shares().values()))


def _ranges(
    history: History, drawn: np.ndarray, low: np.ndarray, high: np.ndarray, above: np.ndarray,
    months: int | None = None, ends_after: int | None = None,
) -> RankRanges:  # fmt: skip
    """Build RankRanges from (reps, draws) ranks and results per rep, in the order of ``history.reps``."""
    today = rank_values(history.reps.score)
    typical = np.where(np.isnan(drawn), len(drawn), drawn).mean(axis=1)
    order = np.lexsort([typical, np.nan_to_num(today, nan=np.inf)])
    names = history.reps.keys[REP].to_numpy(dtype=object)[order]
    above = above[np.ix_(order, order)]
    return RankRanges(tuple(names), today[order], low[order], high[order], _acceptability(drawn[order]),
                      _tiers(today[order], above), drawn.shape[1], above, months,
                      None if above.any() else ends_after)  # fmt: skip


def _quantile(drawn: np.ndarray, known: np.ndarray, q: float) -> np.ndarray:
    found = np.full(len(drawn), np.nan)
    method: Literal["lower", "higher"] = "lower" if q < 0.5 else "higher"
    found[known] = np.nanquantile(drawn[known], q, axis=1, method=method)
    return found


def _acceptability(drawn: np.ndarray) -> np.ndarray:
    n, draws = drawn.shape
    rows, columns = np.nonzero(np.isfinite(drawn))
    counts = np.zeros((n, n))
    np.add.at(counts, (rows, drawn[rows, columns].astype(int) - 1), 1)
    return counts / draws


def _tiers(today: np.ndarray, above: np.ndarray) -> np.ndarray:
    """Return tiers from the top: one ends where all reps so far are above all that follow. NaN without a rank."""
    tiers, ranked = np.full(len(today), np.nan), np.flatnonzero(np.isfinite(today))
    told = above[np.ix_(ranked, ranked)]
    cuts = [i > 0 and bool(told[:i, i:].all()) for i in range(len(ranked))]
    tiers[ranked] = 1 + np.cumsum(cuts)
    return tiers
