"""Estimate how many attempts a rate needs until differences between reps are real: the beta-binomial distribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats
from scipy.special import digamma, gammaln, polygamma

from workbench.evidence.jackknife import Estimate
from workbench.scoring.fixed_effects import period_levels

SOURCE = (
    "Beta-binomial by maximum likelihood, reliability n ÷ (n + M) after n attempts (Skellam 1948; Kleinman 1973), "
    "luck beyond the binomial by the squares of residuals within reps"
)
FEWEST_REPS = 5
LEAST, MOST = 0.01, 1e4  # M searched, the upper end in units of the most attempts of any rep
POINTS, ROUNDS, EXACT = 21, 40, 1e-9
BEYOND_CHANCE = 0.05


@dataclass(frozen=True)
class BetaBinomial:
    """Beta-binomial fit: each rep's true rate comes from a beta distribution of mean ``mean`` and size ``size`` (M).

    ``size`` is the number of attempts after which half of the differences between reps are real; infinite when the
    reps differ no more than by chance. ``low``, ``high``: its interval.
    """

    mean: float
    size: float
    low: float
    high: float


def fit_beta_binomial(
    hits: np.ndarray, tries: np.ndarray, confidence: float = 0.95, adjusted: bool = True
) -> BetaBinomial:
    """Fit successes (units,) of attempts (units,), each unit with a true rate of its own.

    Notes
    -----
    Maximum likelihood; if ``adjusted`` with the profile of M adjusted for the mean that is estimated beside it (Cox &
    Reid 1987), since plain maximum likelihood takes the spread of few units for too small: of 10 units with M = 100
    its median is 142. Interval by likelihood ratio, with Student's t squared for χ², degrees of freedom units − 1.
    """
    ends = float(np.log(LEAST)), float(np.log(MOST * tries.max()))
    grid = np.linspace(*ends, POINTS)
    height = _profile(grid, hits, tries, adjusted)[0]
    top = int(np.argmax(height))

    def likelihood(log_size: float) -> float:
        return float(_profile(np.array([log_size]), hits, tries, adjusted)[0][0])

    around = grid[max(top - 1, 0)], grid[min(top + 1, POINTS - 1)]
    best = optimize.minimize_scalar(
        lambda at: -likelihood(at), bounds=around, method="bounded", options={"xatol": 1e-8}
    )
    peak, at = max((-best.fun, best.x), (height[top], grid[top]))
    floor = peak - stats.t.ppf((1 + confidence) / 2, len(hits) - 1) ** 2 / 2
    low, high = 0.0, np.inf
    if likelihood(ends[0]) < floor:
        low = np.exp(optimize.brentq(lambda log_size: likelihood(log_size) - floor, ends[0], at))
    if likelihood(ends[1]) < floor:
        high = np.exp(optimize.brentq(lambda log_size: likelihood(log_size) - floor, at, ends[1]))
    mean = _profile(np.array([at]), hits, tries, adjusted)[1][0]
    return BetaBinomial(float(mean), np.inf if top == POINTS - 1 else float(np.exp(at)), float(low), float(high))


def _profile(
    log_size: np.ndarray, hits: np.ndarray, tries: np.ndarray, adjusted: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return (sizes,) the profile log likelihood of each M, and the mean rate that gives it (Newton's method)."""
    size = np.exp(log_size)[:, None]
    miss = tries - hits
    start = float(np.clip(hits.sum() / tries.sum(), 1e-9, 1 - 1e-9))
    mean = np.full(size.shape, start)
    for _ in range(ROUNDS):
        a, b = size * mean, size * (1 - mean)
        slope = np.sum(digamma(hits + a) - digamma(a) - digamma(miss + b) + digamma(b), axis=1, keepdims=True) * size
        bend = np.sum(
            polygamma(1, hits + a) - polygamma(1, a) + polygamma(1, miss + b) - polygamma(1, b), axis=1, keepdims=True
        ) * size**2  # fmt: skip
        step = np.divide(slope, bend, out=np.zeros_like(slope), where=bend < 0)
        moved = np.clip(mean - step, mean / 10, 1 - (1 - mean) / 10)
        done = np.all(np.abs(moved - mean) <= EXACT * mean)
        mean = moved
        if done:
            break
    a, b = size * mean, size * (1 - mean)
    terms = gammaln(hits + a) - gammaln(a) + gammaln(miss + b) - gammaln(b) + gammaln(size) - gammaln(tries + size)
    return terms.sum(axis=1) - (np.log(-bend[:, 0]) / 2 if adjusted else 0), mean[:, 0]


def half_real_attempts(
    hits: np.ndarray, tries: np.ndarray, take_out_periods: bool = True, confidence: float = 0.95
) -> Estimate:
    """Estimate the attempts after which half of the differences between reps in a rate are real.

    Parameters
    ----------
    hits, tries : (reps, periods) successes and attempts, NaN where missing.

    Notes
    -----
    Reps are the units, with all their attempts. What all reps share in a period is taken out of the successes first.
    Where a rep's periods differ by more than binomial chance, luck is that much larger: successes and attempts count
    1 ÷ φ each, φ being the squares of residuals over those of binomial chance.
    """
    present = np.isfinite(hits) & np.isfinite(tries) & (tries > 0)
    k, n = np.where(present, hits, 0.0), np.where(present, tries, 0.0)
    reps, total = present.any(axis=1), int(n.sum())
    method = "beta-binomial, maximum likelihood over reps; interval by likelihood ratio"
    if reps.sum() < FEWEST_REPS:
        reason = f"needs {FEWEST_REPS} reps with attempts; there are {int(reps.sum())}"
        return Estimate(np.nan, np.nan, np.nan, total, int(reps.sum()), method, reason)
    if not 0 < k.sum() < n.sum():
        reason = "every attempt ends in the same way"
        return Estimate(np.nan, np.nan, np.nan, total, int(reps.sum()), method, reason)
    k, n, present = k[reps], n[reps], present[reps]
    shared, luck = _shared_and_luck(k, n, present, take_out_periods)
    own = np.clip(k.sum(axis=1) - (n * shared).sum(axis=1), 0, n.sum(axis=1))
    fit = fit_beta_binomial(own / luck, n.sum(axis=1) / luck, confidence)
    if luck > 1:
        method += f"; luck {luck:.2f} times the binomial's"
    return Estimate(fit.size * luck, fit.low * luck, fit.high * luck, total, int(reps.sum()), method)


def _shared_and_luck(
    hits: np.ndarray, tries: np.ndarray, present: np.ndarray, take_out_periods: bool
) -> tuple[np.ndarray, float]:
    """Return (periods,) what all reps share in each period, mean 0 over attempts, and φ: luck over the binomial's."""
    rate = np.divide(hits, tries, out=np.zeros_like(hits), where=present)
    shared = np.zeros(tries.shape[1])
    if take_out_periods:
        shared = period_levels(rate[None], tries)[0]
        shared = shared - (tries.sum(axis=0) @ shared) / tries.sum()
    level = ((rate - shared) * tries).sum(axis=1) / tries.sum(axis=1)
    left = rate - shared - level[:, None]
    total = tries.sum(axis=1)
    own = np.clip(hits.sum(axis=1) / total, 0, 1)
    binomial = own * (1 - own) * np.divide(total, total - 1, out=np.ones_like(total), where=total > 1)
    free = present.sum() - len(hits) - (present.any(axis=0).sum() - 1 if take_out_periods else 0)
    expected = (present.sum(axis=1) @ binomial) * free / present.sum()
    luck = float(np.sum(tries * left**2) / expected) if expected > 0 else 1.0
    return shared, luck if free > 0 and stats.chi2.sf(luck * free, free) <= BEYOND_CHANCE else 1.0
