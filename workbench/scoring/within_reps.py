"""Compute the links of KPIs with the goal within reps, also with each rep left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from workbench.scoring.correlation import Correlation, jackknife_correlation
from workbench.scoring.fixed_effects import Residuals, remove_levels
from workbench.scoring.jackknife import fisher_z, jackknife_bounds
from workbench.scoring.rows import Rows

WITHIN = "pearson of values less each rep's own level"
WITHIN_BOTH = WITHIN + " and each period's"
MIN_PERIODS = 3
ROUNDING = 1e-12


class LinkOptions(Protocol):
    """How a link is computed: whether what reps share in a period is taken out, and the confidence of its interval."""

    @property
    def take_out_periods(self) -> bool: ...

    @property
    def confidence(self) -> float: ...


class _Plain(NamedTuple):
    take_out_periods: bool
    confidence: float


@dataclass(frozen=True, eq=False)
class WithinRepLink:
    """The link of one KPI with the goal: sums of products of residuals, in all and without each rep.

    Attributes
    ----------
    xy, xx, yy : sums over all cells. without : (3, n), the same without each rep, NaN for reps that carry nothing.
    n_pairs : cells. n_periods : periods with any cell.
    """

    xy: float
    xx: float
    yy: float
    without: np.ndarray
    n_pairs: int
    n_periods: int

    @property
    def r(self) -> float:
        return float(_ratio(self.xy, self.xx * self.yy))

    @property
    def r_without(self) -> np.ndarray:
        """(n,) correlation without each rep; NaN for reps that carry nothing."""
        xy, xx, yy = self.without
        return _ratio(xy, xx * yy)

    @property
    def slope(self) -> float:
        """Goal per unit of the KPI."""
        return float(self.xy / self.xx) if self.xx > 0 else np.nan

    @property
    def slope_without(self) -> np.ndarray:
        xy, xx, _ = self.without
        return np.divide(xy, xx, out=np.full_like(xy, np.nan), where=xx > 0)

    @property
    def carriers(self) -> np.ndarray:
        return np.isfinite(self.without[0])

    def correlation(self, options: LinkOptions) -> Correlation:
        method = WITHIN_BOTH if options.take_out_periods else WITHIN
        return jackknife_correlation(self.r, self.r_without[self.carriers], self.n_pairs, method, options.confidence)


def within_rep_links(
    values: np.ndarray, goal: np.ndarray, take_out_periods: bool = True, segments: np.ndarray | None = None,
    weights: np.ndarray | None = None,
) -> tuple[WithinRepLink, ...]:  # fmt: skip
    """Return one link per KPI, over the cells where both the KPI and the goal are present.

    Parameters
    ----------
    values : (kpis, reps, periods). goal : (reps, periods). NaN where missing.
    segments : (reps,) codes of segments with period levels of their own, None for one level a period.
    weights : (reps, periods) of the cells, such as days worked; None where all weigh the same.
    """
    found: dict[int, WithinRepLink] = {}
    for chosen, present in group_by_present_cells(values, goal):
        cells = np.concatenate([values[chosen], goal[None]])
        residuals = remove_levels(cells, present, take_out_periods, segments, weights)
        found |= dict(zip(chosen.tolist(), links_of_residuals(residuals), strict=True))
    return tuple(found[k] for k in range(len(values)))


def correlate_within_reps(
    x: np.ndarray, goal: np.ndarray, rows: Rows, take_out_periods: bool, weights: np.ndarray | None = None,
    confidence: float = 0.95,
) -> Correlation:  # fmt: skip
    """Correlate two series (rows,) within reps: the one estimate of this link, on whatever page it stands.

    ``rows`` : rep and period of each row. weights : (rows,) days worked; None where all rows weigh the same.
    """
    reps, period = (np.unique(codes, return_inverse=True)[1] for codes in (rows.reps, rows.periods))
    grids = np.full((3, reps.max(initial=-1) + 1, period.max(initial=-1) + 1), np.nan)
    grids[:, reps, period] = x, goal, np.ones(len(x)) if weights is None else weights
    share = None if weights is None else np.where(np.isfinite(grids[2]), grids[2], 1.0)
    link = within_rep_links(grids[:1], grids[1], take_out_periods, weights=share)[0]
    return link.correlation(_Plain(take_out_periods, confidence))


def group_by_present_cells(values: np.ndarray, goal: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Group KPIs by the cells they are present in: (indices, (reps, periods) cells with the KPI and the goal)."""
    present = np.isfinite(values) & np.isfinite(goal)
    groups: dict[bytes, list[int]] = {}
    for place, cells in enumerate(present):
        groups.setdefault(cells.tobytes(), []).append(place)
    return [(np.array(places), present[places[0]]) for places in groups.values()]


def link_difference(one: WithinRepLink, other: WithinRepLink, confidence: float) -> tuple[float, float, float, int]:
    """Return atanh(one) − atanh(other) with jackknife bounds, and the number of reps carrying either."""
    carriers = one.carriers | other.carriers
    value = fisher_z(one.r, one.n_pairs) - fisher_z(other.r, other.n_pairs)
    without = [
        fisher_z(np.where(link.carriers, link.r_without, link.r), link.n_pairs)[carriers] for link in (one, other)
    ]
    low, high = jackknife_bounds(value, without[0] - without[1], confidence)
    return float(value), float(low), float(high), int(carriers.sum())


def links_of_residuals(residuals: Residuals) -> list[WithinRepLink]:
    """Return the links of residuals, whose last variable is the goal."""
    once, taken = np.ones_like(residuals.weight), residuals.weight
    totals = _sums(residuals, once).sum(axis=2)
    without = totals[:, :, None] - _sums(residuals, taken)
    without[1:] = np.where(without[1:] > ROUNDING * totals[1:, :, None], without[1:], 0)
    without = np.where(residuals.carriers, without, np.nan)
    n_periods = int(residuals.present.any(axis=0).sum())
    xy, xx, yy = totals
    return [WithinRepLink(xy[k], xx[k], yy[k], without[:, k], residuals.n_pairs, n_periods) for k in range(len(xy))]


def _sums(residuals: Residuals, weight: np.ndarray) -> np.ndarray:
    """Return (3, kpis, reps) each rep's sums of xy, xx and yy over its periods."""
    x, y = residuals.values[:-1], residuals.values[-1]
    weighted = x * weight
    squares = np.broadcast_to((y * y * weight).sum(axis=1), x.shape[:2])
    return np.stack([np.einsum("krt,rt->kr", weighted, y), np.einsum("krt,krt->kr", weighted, x), squares])


def _ratio(product: np.ndarray | float, squares: np.ndarray | float) -> np.ndarray:
    product, squares = np.asarray(product, float), np.asarray(squares, float)
    varies = squares > 0
    ratio = np.divide(product, np.sqrt(np.where(varies, squares, 1)), out=np.full_like(product, np.nan), where=varies)
    return np.clip(ratio, -1, 1)
