"""Posterior draws of the reps' true rates: beta-binomial with the uncertainty of the team's mean and spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln

POINTS, DRAWS = 41, 2000
WIDE = 5.0  # standard errors of the mean that its grid covers
LOW, HIGH = 0.025, 0.975
TOP = 0.9


@dataclass(frozen=True, eq=False)
class TrueRates:
    """Draws from the posterior of the reps' true rates.

    Attributes
    ----------
    draws : (draws, reps) rates. mean : (draws,) the team's mean. size : (draws,) M, the attempts after which half of
        the differences between reps are real.
    """

    draws: np.ndarray
    mean: np.ndarray
    size: np.ndarray

    @property
    def shrunk(self) -> np.ndarray:
        """(reps,) posterior means."""
        return self.draws.mean(axis=0)

    @property
    def low(self) -> np.ndarray:
        return np.quantile(self.draws, LOW, axis=0)

    @property
    def high(self) -> np.ndarray:
        return np.quantile(self.draws, HIGH, axis=0)

    @property
    def top(self) -> np.ndarray:
        """(draws,) the 90th percentile of the reps' own draws: the level that is achievable in this team."""
        return np.quantile(self.draws, TOP, axis=1)

    @property
    def median(self) -> np.ndarray:
        """(draws,) the median rep's rate."""
        return np.median(self.draws, axis=1)

    @property
    def relative_spread(self) -> np.ndarray:
        """(draws,) standard deviation of the reps' rates over their mean; NaN for a single rep."""
        if self.draws.shape[1] < 2:
            return np.full(len(self.draws), np.nan)
        return self.draws.std(axis=1, ddof=1) / self.draws.mean(axis=1)


def draw_true_rates(hits: np.ndarray, tries: np.ndarray, rng: np.random.Generator, draws: int = DRAWS) -> TrueRates:
    """Draw true rates given (reps,) successes and attempts, which need not be whole.

    Notes
    -----
    Rates are beta(μM, (1 − μ)M); μ flat, M ÷ (M + n̄) uniform with n̄ the mean attempts (Daniels 1999; Christiansen &
    Morris 1997), on a grid. A rep without attempts is drawn from the team's distribution.
    """
    worked = tries > 0
    usual = tries[worked].mean()
    share = (np.arange(POINTS) + 0.5) / POINTS
    size = usual * share / (1 - share)
    mean = _grid_of_means(hits[worked], tries[worked])
    a, b = np.multiply.outer(size, mean), np.multiply.outer(size, 1 - mean)
    height = np.zeros(a.shape)
    for x, n in zip(hits[worked], tries[worked], strict=True):
        height += betaln(x + a, n - x + b)
    height -= worked.sum() * betaln(a, b)
    weight = np.exp(height - height.max()).ravel()
    cell = rng.choice(weight.size, size=draws, p=weight / weight.sum())
    one, other = a.ravel()[cell][:, None], b.ravel()[cell][:, None]
    rates = rng.beta(one + hits, other + tries - hits)
    at = np.unravel_index(cell, a.shape)
    return TrueRates(rates, mean[at[1]], size[at[0]])


def _grid_of_means(hits: np.ndarray, tries: np.ndarray) -> np.ndarray:
    """Return means on both sides of the team's rate, as far as spread and chance allow."""
    pooled = (hits.sum() + 0.5) / (tries.sum() + 1)
    between = np.var(hits / tries, ddof=1) if len(hits) > 1 else pooled * (1 - pooled)
    error = np.sqrt(between / len(hits) + pooled * (1 - pooled) / tries.sum())
    low, high = max(pooled - WIDE * error, pooled / 50), min(pooled + WIDE * error, 1 - (1 - pooled) / 50)
    return np.linspace(low, high, POINTS)
