"""Rows that two measures share, and the correlation that follows by construction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class RowOverlap:
    """The rows that two measures with the same rep and date both count.

    Attributes
    ----------
    measure, other : names of the measures.
    share_of_measure : share of the measure's rows, or of its value where it is a sum and that is more, that the other
        counts too.
    share_of_other : likewise the share of the other's that the measure counts.
    n_shared : rows that both count.
    """

    measure: str
    other: str
    share_of_measure: float
    share_of_other: float
    n_shared: int

    @property
    def built_in(self) -> float:
        """Correlation of two counts from shared rows alone: √(share of the one × share of the other).

        With counts N₁ and N₂ of independent events (Poisson) the covariance is the mean of the shared count, so the
        correlation is shared ÷ √(N₁·N₂).
        """
        return float(np.sqrt(self.share_of_measure * self.share_of_other))

    def swapped(self) -> RowOverlap:
        """Return the overlap seen from the other measure."""
        return RowOverlap(self.other, self.measure, self.share_of_other, self.share_of_measure, self.n_shared)


def find_overlap(found: Iterable[RowOverlap], measure: str, other: str) -> RowOverlap | None:
    """Find the overlap of two measures, seen from the first; None if they share no row."""
    for one in found:
        if (one.measure, one.other) == (measure, other):
            return one
        if (one.measure, one.other) == (other, measure):
            return one.swapped()
    return None
