"""Random draws that come out the same on every machine.

NumPy promises a stable stream of raw bits for PCG64, but not stable distributions from one version to the next; so
every draw here is the inverse distribution function of a uniform made from the raw bits.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import cycle

import numpy as np
from scipy.special import ndtri
from scipy.stats import poisson

_THROW: ContextVar[str] = ContextVar("throw", default="")


@contextmanager
def thrown(throw: str) -> Iterator[None]:
    """Give all dice made inside other seeds; an empty throw gives those of the samples."""
    token = _THROW.set(throw)
    try:
        yield
    finally:
        _THROW.reset(token)


def is_thrown() -> bool:
    """Whether the dice are other ones than those of the samples."""
    return bool(_THROW.get())


class Dice:
    """One stream of random numbers, seeded by a name, and by the throw in which it is made."""

    def __init__(self, name: str) -> None:
        seed = f"{name}, {_THROW.get()}" if _THROW.get() else name
        self._bits = np.random.PCG64(np.random.SeedSequence(zlib.crc32(seed.encode())))

    def uniform(self, n: int, low: float = 0.0, high: float = 1.0) -> np.ndarray:
        """``n`` numbers in (low, high)."""
        raw = self._bits.random_raw(n) >> np.uint64(11)
        return low + (high - low) * (raw.astype(float) + 0.5) * 2.0**-53

    def whole(self, n: int, low: int, high: int) -> np.ndarray:
        """``n`` whole numbers from low to high, both included."""
        return np.floor(self.uniform(n, low, high + 1)).astype(int)

    def normal(self, n: int, mean: float = 0.0, sd: float = 1.0) -> np.ndarray:
        return mean + sd * ndtri(self.uniform(n))

    def poisson(self, mean: np.ndarray | Sequence[float]) -> np.ndarray:
        """One count for each mean."""
        mean = np.asarray(mean, dtype=float)
        return poisson.ppf(self.uniform(len(mean)), mean).astype(int)

    def chance(self, p: np.ndarray | Sequence[float]) -> np.ndarray:
        """For each probability, whether it happened."""
        p = np.asarray(p, dtype=float)
        return self.uniform(len(p)) < p

    def even(self) -> Dice:
        """These dice; under a throw, dice whose luck evens out, since nobody picks them as the samples' were picked."""
        return _EvenDice(self) if is_thrown() else self

    def amounts(self, n: int, median: float | np.ndarray, spread: float, step: int = 1) -> np.ndarray:
        """``n`` log-normal amounts, rounded to whole multiples of ``step``."""
        return (np.rint(median * np.exp(self.normal(n, sd=spread)) / step) * step).astype(int)

    def pick(self, options: Sequence[str], n: int, weights: Sequence[float] | np.ndarray | None = None) -> np.ndarray:
        """``n`` of the options, drawn with replacement."""
        parts = np.ones(len(options)) if weights is None else np.asarray(weights, dtype=float)
        edges = np.cumsum(parts / parts.sum())[:-1]
        return np.asarray(options, dtype=object)[np.searchsorted(edges, self.uniform(n))]

    def drift(self, n: int, keep: float, sd: float) -> np.ndarray:
        """``n`` steps of a first-order autoregression around 0 with standard deviation ``sd``."""
        shocks = self.normal(n, sd=sd)
        steps = [shocks[0]]
        for shock in shocks[1:]:
            steps.append(keep * steps[-1] + shock * np.sqrt(1 - keep**2))
        return np.array(steps)


class _EvenDice(Dice):
    """Draws that fill (0, 1) evenly in every stretch (Kronecker's sequence), each call with a step of its own."""

    def __init__(self, first: Dice) -> None:
        self._first, self._steps = first, cycle(np.sqrt([2, 3, 5, 7, 11, 13, 17]))

    def uniform(self, n: int, low: float = 0.0, high: float = 1.0) -> np.ndarray:
        at = (self._first.uniform(1) + next(self._steps) * np.arange(n)) % 1
        return low + (high - low) * np.clip(at, 2.0**-53, 1 - 2.0**-53)
