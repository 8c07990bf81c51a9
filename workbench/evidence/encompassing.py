"""Find KPIs whose link with the goal is already carried by stronger KPIs that stay in the scorecard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from workbench.evidence.partial import partial_across, partial_to_last, partial_within, rank_products
from workbench.evidence.record import EvidenceOptions, Record
from workbench.evidence.redundancy import is_mostly_present_with
from workbench.scoring.correlation import Correlation
from workbench.scoring.fixed_effects import remove_levels
from workbench.scoring.jackknife import fisher_z, jackknife_bounds

SOURCE = "Encompassing (Chong & Hendry 1986) by partial correlations; backward elimination, weakest link first"
BEYOND_CHANCE = 0.98
"""Confidence that the KPI that stays has the larger partial link. Of two levers alike (20 reps × 24 months) the weaker
would be dropped in up to 32% of teams by the estimate alone, in 5% at .95, and in 2% at .98.

What counts is the KPI's own part, its link given the KPIs that stay. Beside a lever of .4 (alike .6; 300 teams each) a
KPI with an own part of .2 or .3 is dropped in under 1%, one with .1 (.34 on its own) in 37%, and one with none in 77%:
an own part of .1 is below the smallest link that matters, so little is lost with it, however strong its plain link.
"""


@dataclass(frozen=True)
class Encompassed:
    """A KPI that adds no link that matters to stronger KPIs that stay.

    Attributes
    ----------
    kpi, by : the KPI, and the one that stays through which most of its link with the goal runs.
    link : with the goal given the KPIs that stay. alone, by_alone : the plain links of the KPI and of the one that
        stays, over the same cells. across : across reps instead of within reps.
    """

    kpi: str
    by: str
    link: Correlation
    alone: float
    by_alone: float
    across: bool = False
    source: str = SOURCE

    @property
    def nearest(self) -> str:
        return self.by


Found = dict[int, Encompassed]


def find_encompassed_within(
    record: Record, members: list[int], droppable: list[int], options: EvidenceOptions
) -> Found:
    """Return the ``droppable`` KPIs, by index, that the other ``members`` encompass within reps."""

    def links(group: list[int]) -> _JointLinks:
        cells = np.concatenate([record.values[group], record.goal[None]])
        out = options.take_out_periods, record.shock_segments, record.weights
        residuals = remove_levels(cells, np.isfinite(cells).all(axis=0), *out)
        full, without = residuals.products()
        given = partial_within(cells, out[0], options.confidence, *out[1:])
        return _JointLinks(full, without, given, residuals.n_pairs)

    return _eliminate(record, members, droppable, links, options)


def find_encompassed_across(
    record: Record, members: list[int], droppable: list[int], options: EvidenceOptions
) -> Found:
    """Return the ``droppable`` KPIs, by index, that the other ``members`` encompass across reps, on ranks."""

    def links(group: list[int]) -> _JointLinks:
        levels = np.vstack([record.rep_values[group], record.rep_goal])
        complete = levels[:, np.isfinite(levels).all(axis=0)]
        full, without = rank_products(complete)
        return _JointLinks(full, without, partial_across(levels, options.confidence), complete.shape[1])

    return {k: replace(one, across=True) for k, one in _eliminate(record, members, droppable, links, options).items()}


@dataclass(frozen=True, eq=False)
class _JointLinks:
    """Cross products of a group of KPIs and the goal (last), also without each rep, and links given the others."""

    full: np.ndarray
    without: np.ndarray
    given: tuple[Correlation, ...]
    n_pairs: int

    @property
    def correlations(self) -> np.ndarray:
        scale = np.sqrt(np.diag(self.full))
        return self.full / np.where(scale > 0, scale, np.nan)[:, None] / np.where(scale > 0, scale, np.nan)

    def sharing_most(self, k: int) -> int:
        """Return the position of the KPI through which most of the k-th one's plain link runs.

        The plain link is the sum over KPIs j of r_kj · β_j, β the standardised coefficients of all of them together.
        """
        r = self.correlations
        beta = np.linalg.lstsq(r[:-1, :-1], r[:-1, -1], rcond=1e-10)[0]
        share = r[k, :-1] * beta
        share[k] = -np.inf
        return int(np.argmax(share))

    def is_smaller(self, k: int, j: int) -> bool:
        """Return whether the k-th partial link is smaller than the j-th beyond chance."""
        z = fisher_z(partial_to_last(self.full), self.n_pairs)
        each = fisher_z(partial_to_last(self.without), self.n_pairs)
        low, _ = jackknife_bounds(z[j] - z[k], each[:, j] - each[:, k], BEYOND_CHANCE)
        return bool(low > 0)


def _eliminate(
    record: Record, members: list[int], droppable: list[int], links: Callable[[list[int]], _JointLinks],
    options: EvidenceOptions,
) -> Found:  # fmt: skip
    """Take out encompassed KPIs one at a time, the weakest plain link first, so that what encompasses them stays."""
    found: Found = {}
    if len(members) < 2 or not droppable:
        return found
    there = is_mostly_present_with(record)
    plain = {k: links([k]).correlations[0, -1] for k in droppable}
    for k in sorted(droppable, key=lambda k: plain[k]):
        beside = [j for j in members if j != k and j not in found and j in record.beside[k] and there[k, j]]
        one = _encompassed(record.kpis, [k, *beside], links, options) if beside else None
        if one:
            found[k] = one
    return found


def _encompassed(
    names: tuple[str, ...], group: list[int], links: Callable[[list[int]], _JointLinks], options: EvidenceOptions
) -> Encompassed | None:
    """Return the finding on the first KPI of the group; None if the others do not encompass it."""
    joint = links(group)
    if not np.isfinite(joint.correlations).all():
        return None
    other, plain = joint.sharing_most(0), joint.correlations[:-1, -1]
    own, stays = joint.given[0], joint.given[other]
    adds_nothing = own.low <= 0 and own.high < options.smallest
    if not (adds_nothing and stays.low > 0 and plain[other] > plain[0] and joint.is_smaller(0, other)):
        return None
    return Encompassed(names[group[0]], names[group[other]], own, float(plain[0]), float(plain[other]))
