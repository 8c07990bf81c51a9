"""Is the spread between reps at a phase real: against how much each rep varies between months or lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import optimize, stats
from scipy.sparse import csr_array

from workbench.phases.lasting_luck import lasting_factor
from workbench.phases.like_for_like import CellLayout, fit_chances

Block = Literal["month", "stratum"]
ASSIGNED = 0.8  # share of a rep's month in one stratum from which strata count as assigned
REAL = 0.05
POWER, WORTH = 0.8, 0.15  # the power for which n is quoted, at a spread (sd ÷ mean) that is worth coaching
MOST_NEEDED = 1e6
MOST_LASTING = 2.0  # more attempts do not help against spells that last: more months do
MEMORY_COST = 1.25  # more attempts because it is not known how long luck lasts; simulated
MORE_LOOKS = 1
REFITS, CLOSE, MOST_WOBBLE = 6, 0.01, 25.0


@dataclass(frozen=True, eq=False)
class SpreadTest:
    """Whether reps differ by more than each of them varies.

    Attributes
    ----------
    statistic : F, the score statistic of reps per degree of freedom. p : its probability without a spread; NaN where it
        cannot be tested. df, df_luck : degrees of freedom.
    wobble : variance of a rep's log-odds between blocks beyond binomial chance, at least 0. block : what a rep varies
        between. weight : (cells,) what a call counts, 1 without wobble. luck : calls made per call that counts.
        lasting : how many times the variance of a rep's mean is that of months without memory, at least 1.
    """

    statistic: float
    p: float
    df: int
    df_luck: int
    wobble: float
    block: Block
    weight: np.ndarray
    luck: float
    lasting: float = 1.0

    @property
    def p_of_months(self) -> float:
        """The probability of such a spread if a rep's luck did not last beyond a month."""
        return float(stats.f.sf(self.statistic * self.lasting, self.df, self.df_luck)) if self.df_luck > 0 else np.nan


def choose_block(layout: CellLayout, tries: np.ndarray) -> Block:
    """Return what a rep's own variation is measured between: strata where they are assigned, else months.

    Strata are assigned where they belong to reps, or where a rep works one of several at a time.
    """
    cells = np.zeros((layout.n_reps, int(layout.stratum.max()) + 1, int(layout.month.max()) + 1))
    np.add.at(cells, (layout.rep, layout.stratum, layout.month), tries)
    several = (cells.sum(axis=2) > 0).sum(axis=1)
    if layout.own_strata:
        return "stratum" if np.median(several) >= 2 else "month"
    monthly = cells.sum(axis=1)
    top = np.divide(cells.max(axis=1), monthly, out=np.zeros_like(monthly), where=monthly > 0)
    assigned = np.median(several) >= 2 and np.average(top, weights=monthly) >= ASSIGNED
    return "stratum" if assigned else "month"


def judge_spread(layout: CellLayout, hits: np.ndarray, tries: np.ndarray) -> SpreadTest:
    """Test whether the reps' rates differ: quasi-binomial F, never below binomial noise.

    Notes
    -----
    A rep's log-odds vary between blocks (Williams 1982): calls of a block of binomial information V count
    1 ÷ (1 + wobble · V), with the wobble at which Pearson's χ² of the residuals by rep and block is its degrees of
    freedom. Then the score statistic of the reps' effects given strata and months, which is Pearson's χ² where there
    are none. One factor for all calls would be too small where blocks differ in size. Months are no independent draws
    where a good spell lasts: the statistic and what a call counts are divided by ``lasting_factor``.
    """
    block = choose_block(layout, tries)
    wobble, weight, df_luck, left = _wobble(layout, hits, tries, layout.stratum if block == "stratum" else layout.month)
    chi2, df = score_of_reps(layout, weight * hits, weight * tries)
    usable = df > 0 and df_luck > 0 and not (layout.own_strata and block == "month")
    lasting = _lasting(layout, hits, tries, weight, wobble) if block == "month" and wobble > 0 else 1.0
    statistic = chi2 / df / left / lasting if df > 0 else np.nan
    p = float(stats.f.sf(statistic, df, df_luck)) if usable else np.nan
    counts = weight / lasting
    luck = float(tries.sum() / (counts @ tries))
    return SpreadTest(float(statistic), p, df, df_luck, wobble, block, counts, luck, lasting)


def _lasting(layout: CellLayout, hits: np.ndarray, tries: np.ndarray, weight: np.ndarray, wobble: float) -> float:
    """Return how much longer than months a rep's luck lasts, from residuals given reps, strata and months."""
    chance = fit_chances(np.hstack([layout.nuisance, layout.reps]), weight * hits, weight * tries)[1]
    residuals, information = np.zeros((2, layout.n_reps, int(layout.month.max()) + 1))
    np.add.at(residuals, (layout.rep, layout.month), hits - tries * chance)
    np.add.at(information, (layout.rep, layout.month), tries * chance * (1 - chance))
    return lasting_factor(residuals, information, wobble)


def score_of_reps(layout: CellLayout, hits: np.ndarray, tries: np.ndarray) -> tuple[float, int]:
    """Return the score statistic (χ²) of the reps' effects given all others, and its degrees of freedom."""
    _, chance = fit_chances(layout.nuisance, hits, tries)
    weight = (tries * chance * (1 - chance))[:, None]
    reps, other = layout.reps, layout.nuisance
    slope = reps.T @ (hits - tries * chance)
    cross = reps.T @ (other * weight)
    within = np.linalg.pinv(other.T @ (other * weight), hermitian=True)
    information = np.diag((reps * weight).sum(axis=0)) - cross @ within @ cross.T
    values, vectors = np.linalg.eigh((information + information.T) / 2)
    there = values > 1e-7 * max(values.max(), 1e-300)
    return float(np.sum((slope @ vectors[:, there]) ** 2 / values[there])), int(there.sum())


def _wobble(
    layout: CellLayout, hits: np.ndarray, tries: np.ndarray, block: np.ndarray
) -> tuple[float, np.ndarray, int, float]:
    """Return the variance of log-odds between a rep's blocks, what calls count, degrees of freedom, and luck left."""
    places, place = np.unique(layout.rep * (int(block.max()) + 1) + block, return_inverse=True)
    wobble, weight, df, left = 0.0, np.ones(len(tries)), 0.0, 1.0
    if len(places) <= len(np.unique(layout.rep)):
        return wobble, weight, 0, left
    columns = np.hstack([layout.nuisance, layout.reps])
    for _ in range(REFITS):
        chance = fit_chances(columns, weight * hits, weight * tries)[1]
        squares = np.bincount(place, hits - tries * chance) ** 2
        information = np.bincount(place, tries * chance * (1 - chance))
        df = len(places) - _used_up(columns, weight * tries * chance * (1 - chance), place)
        left = _weighted_squares(squares, information, wobble) / max(df, 1.0)
        found = _moment(squares, information, df)
        if abs(found - wobble) <= CLOSE * found:
            break
        wobble, weight = found, (1 / (1 + found * information))[place]
    return wobble, weight, max(int(df + 0.5), 0), max(left, 1.0)


def _used_up(columns: np.ndarray, information: np.ndarray, place: np.ndarray) -> float:
    """Return how many degrees of freedom of the blocks the effects of reps, strata and months take: their leverage."""
    cells = np.arange(len(place))
    gather = csr_array((np.ones(len(place)), (place, cells)), shape=(int(place.max()) + 1, len(place)))
    slopes = gather @ (columns * information[:, None])
    total = gather @ information
    spread = np.linalg.pinv(columns.T @ (columns * information[:, None]), hermitian=True)
    leverage = np.einsum("bi,ij,bj->b", slopes, spread, slopes, optimize=True)
    return float(np.sum(np.divide(leverage, total, out=np.ones_like(total), where=total > 0)))


def _moment(squares: np.ndarray, information: np.ndarray, df: float) -> float:
    """Return the variance at which the weighted squares of residuals are as many as their degrees of freedom."""

    def too_much(wobble: float) -> float:
        return _weighted_squares(squares, information, wobble) - df

    if too_much(0) <= 0:
        return 0.0
    return float(optimize.brentq(too_much, 0, MOST_WOBBLE, xtol=1e-6)) if too_much(MOST_WOBBLE) < 0 else MOST_WOBBLE


def _weighted_squares(squares: np.ndarray, information: np.ndarray, wobble: float) -> float:
    """Return Pearson's χ² of blocks whose log-odds wobble."""
    variance = information * (1 + wobble * information)
    return float(np.sum(np.divide(squares, variance, out=np.zeros_like(squares), where=variance > 0)))


def attempts_needed(mean: float, test: SpreadTest, looks: int = 1) -> float:
    """Return the attempts per rep that would show a spread worth coaching (sd 15 % of the mean) in 8 of 10 teams.

    Parameters
    ----------
    looks : how many p values are adjusted together; the smallest must be below ``REAL`` ÷ looks.
    """
    if not 0 < mean < 1 or test.df <= 0:
        return np.nan
    size = (1 - mean) / (mean * WORTH**2) - 1
    df_luck = max(test.df_luck, 1)
    luck = test.luck * min(MOST_LASTING / test.lasting, 1.0)
    ratio = stats.f.isf(REAL / looks, test.df, df_luck) / stats.f.isf(POWER, test.df, df_luck)
    needed = MEMORY_COST * luck * max(size, 1.0) * (ratio - 1)
    return float(min(needed, MOST_NEEDED))


def adjust_for_many(p: np.ndarray) -> np.ndarray:
    """Return p values adjusted for several phases and for the look at merged ones; NaN stays NaN.

    Notes
    -----
    Holm (1979), so that no phase at all is called real by chance in more than ``REAL`` of teams, also beside one that
    is (under Benjamini & Hochberg, 8 % of teams with one real phase had a false one beside it). One phase more than
    there are is counted, as those that may be merged are tested once more.
    """
    known = np.flatnonzero(np.isfinite(p))
    adjusted = np.full(len(p), np.nan)
    order = known[np.argsort(p[known], kind="stable")]
    times = len(order) + MORE_LOOKS - np.arange(len(order))
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * times), 1.0)
    return adjusted


def chance_of_opposite(rates: np.ndarray, before: np.ndarray) -> float:
    """Return the one-sided p of a negative rank correlation with the phase before; 1 where there is none."""
    there = np.isfinite(rates) & np.isfinite(before)
    if there.sum() < 4 or np.ptp(rates[there]) == 0 or np.ptp(before[there]) == 0:
        return 1.0
    return float(stats.spearmanr(rates[there], before[there], alternative="less").pvalue)
