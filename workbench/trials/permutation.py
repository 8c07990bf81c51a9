"""Permute assigned units under a linear model: p and interval of one coefficient (Freedman & Lane 1983)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from math import comb

import numpy as np

SAMPLED = 4_999
"""Permutations; where an assignment has no more, all of them are tried."""
LEVEL = 0.05
SEED = 20_261_130
_EQUAL = 1 - 1e-9
_STEPS = 32
_WIDEST = 60


@dataclass(frozen=True, eq=False)
class UnitOrders:
    """Orders in which units are permuted, the first as they are.

    ``keys`` : (P, n) whose order along each row is the permutation, so that a part of the units is permuted in the same
    way as all of them. ``exact`` : all assignments there are.
    """

    keys: np.ndarray
    exact: bool

    @cached_property
    def whole(self) -> np.ndarray:
        """(P, n) permutations of all units."""
        return np.argsort(self.keys, axis=1, kind="stable")

    def of(self, units: np.ndarray) -> np.ndarray:
        """Return (P, m) permutations of a part of the units, given as a (n,) mask."""
        if units.all():
            return self.whole
        return np.argsort(self.keys[:, units], axis=1, kind="stable")


@lru_cache(maxsize=4)
def sampled_orders(n: int, seed: int = SEED, sampled: int = SAMPLED) -> UnitOrders:
    """Return random orders of n units, the same for the same seed."""
    keys = np.random.default_rng(seed).random((sampled + 1, n))
    keys[0] = np.arange(n)
    return UnitOrders(keys, exact=False)


def assignment_orders(treated: np.ndarray, seed: int = SEED, sampled: int = SAMPLED) -> UnitOrders:
    """Return one order per possible assignment of as many treated units, where those are no more than sampled ones.

    Enough where treated and untreated units are otherwise exchanged among themselves without effect, as in a difference
    of means. Otherwise sampled.
    """
    n, k = len(treated), int(treated.sum())
    n_orders = comb(n, k)
    if n_orders > sampled + 1:
        return sampled_orders(n, seed, sampled)
    chosen = np.array(list(combinations(range(n), k)), dtype=int).reshape(n_orders, k)
    free = np.ones((n_orders, n), dtype=bool)
    free[np.arange(n_orders)[:, None], chosen] = False
    orders = np.empty((n_orders, n), dtype=int)
    orders[:, np.flatnonzero(treated)] = chosen
    orders[:, np.flatnonzero(~treated)] = np.nonzero(free)[1].reshape(n_orders, n - k)
    same = np.flatnonzero((orders == np.arange(n)).all(axis=1))[0]
    orders[[0, same]] = orders[[same, 0]]
    return UnitOrders(np.argsort(orders, axis=1).astype(float), exact=True)


@dataclass(frozen=True, eq=False)
class PermutedCoefficient:
    """A coefficient with what its permutations need, at any assumed effect.

    Attributes
    ----------
    value, error : least squares estimate and its plain standard error. slopes : of the nuisance columns.
    df : degrees of freedom that are left.
    """

    value: float
    error: float
    slopes: np.ndarray
    df: int
    _size: float
    _squares: np.ndarray
    _along: np.ndarray
    _nuisance: np.ndarray

    def statistics(self, assumed: float = 0.0) -> np.ndarray:
        """Return (P,) t statistics under the assumed effect, the first as observed."""
        along = self._along[0] - assumed * self._along[1]
        nuisance = self._nuisance[0] - assumed * self._nuisance[1]
        whole = self._squares[0] - 2 * assumed * self._squares[1] + assumed**2 * self._squares[2]
        rest = whole - (nuisance**2).sum(axis=1) - along**2 / self._size
        floor = max(whole, 0.0) * 1e-12
        return along / np.sqrt(self._size * np.maximum(rest, floor) / self.df + np.finfo(float).tiny)

    def p(self, assumed: float = 0.0) -> float:
        """Return the share of permutations, the observed one included, that are at least as extreme."""
        found = np.abs(self.statistics(assumed))
        return float(np.mean(found >= found[0] * _EQUAL))

    def bounds(self, level: float = LEVEL) -> tuple[float, float]:
        """Return the assumed effects between which p exceeds ``level``; NaN where no effect is ever excluded."""
        return self._bound(-1.0, level), self._bound(1.0, level)

    def _bound(self, side: float, level: float) -> float:
        step = max(self.error, abs(self.value) * 1e-9, np.finfo(float).tiny) * side
        for _ in range(_WIDEST):
            if self.p(self.value + step) <= level:
                break
            step *= 1.5
        else:
            return np.nan
        inside, outside = self.value, self.value + step
        for _ in range(_STEPS):
            middle = (inside + outside) / 2
            if self.p(middle) <= level:
                outside = middle
            else:
                inside = middle
        return float(outside)


def permute_coefficient(
    values: np.ndarray, effect: np.ndarray, nuisance: np.ndarray, orders: np.ndarray
) -> PermutedCoefficient | None:
    """Fit ``values`` on ``effect`` and nuisance columns, and permute the residuals of the fit without the effect.

    Parameters
    ----------
    values : (n,) outcome by unit. effect : (n,) the column whose coefficient is asked for.
    nuisance : (n, q) the other columns, the constant among them. orders : (P, n) permutations, the first the identity.

    Returns
    -------
    PermutedCoefficient or None
        None where the effect cannot be told from the other columns, nothing varies beside them, or no degree of freedom
        is left.
    """
    basis = _orthonormal(nuisance)
    df = len(values) - basis.shape[1] - 1
    left = effect - basis @ (basis.T @ effect)
    size = float(left @ left)
    if df < 1 or size <= 1e-9 * max(float(effect @ effect), 1e-300):
        return None
    rest = values - basis @ (basis.T @ values)
    if rest @ rest <= 1e-20 * max(float(values @ values), 1e-300):
        return None
    value = float(left @ rest / size)
    error = float(np.sqrt(max(rest @ rest - value**2 * size, 0.0) / df / size))
    mixed, moved = rest[orders], left[orders]
    slopes, *_ = np.linalg.lstsq(np.column_stack([effect, nuisance]), values, rcond=None)
    return PermutedCoefficient(
        value, error, slopes[1:], df, size, np.array([rest @ rest, rest @ left, size]),
        np.stack([mixed @ left, moved @ left]), np.stack([mixed @ basis, moved @ basis]),
    )  # fmt: skip


def _orthonormal(columns: np.ndarray) -> np.ndarray:
    left, sizes, _ = np.linalg.svd(columns, full_matrices=False)
    return left[:, sizes > sizes.max(initial=0) * 1e-10]
