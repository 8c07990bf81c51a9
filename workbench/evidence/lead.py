"""Check at which lag the KPI is linked to the goal, and whether it leads the goal or follows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from workbench.evidence.partial import partial_within
from workbench.evidence.record import EvidenceOptions, Record
from workbench.scoring.correlation import Correlation
from workbench.scoring.fixed_effects import remove_levels
from workbench.scoring.within_reps import MIN_PERIODS, WithinRepLink, link_difference, within_rep_links

NAME = "lead"
SOURCE = "Rep and period effects removed; whole-history shuffles, largest statistic over lags (Westfall & Young 1993)"
AHEAD, BEHIND = (0, 1, 2, 3), (-1, -2, -3)
LONG_ENOUGH_FOR_LAST_GOAL = 20
Timing = Literal["leads", "same_period", "follows", "none", "unclear"]


@dataclass(frozen=True)
class Lead:
    """The links of a KPI with the goal ``lag`` periods later (negative: earlier), within reps.

    Attributes
    ----------
    lags, links : from −3 to 3, as far as the history is long enough.
    best_lag : the lag ≥ 0 with the clearest link among those with data, None where there is none to compare.
    p_leads : p of a link that clear at any lag ≥ 0, by permuting KPI histories between reps.
    p_follows : likewise for lags < 0.
    built_in : the correlation at lag 0 from rows shared with the goal alone.
    given_last_goal : link at lag 1 given last period's goal; None with fewer than 20 periods.
    """

    lags: tuple[int, ...]
    links: tuple[Correlation, ...]
    best_lag: int | None
    p_leads: float
    p_follows: float
    timing: Timing
    given_last_goal: Correlation | None
    draws: int
    built_in: float = 0.0
    source: str = SOURCE

    @property
    def best(self) -> Correlation | None:
        return None if self.best_lag is None else self.links[self.lags.index(self.best_lag)]

    def at(self, lag: int) -> Correlation:
        """Return the link at one lag; an empty one if the history is too short."""
        if lag in self.lags:
            return self.links[self.lags.index(lag)]
        return Correlation(np.nan, np.nan, np.nan, 0, 0, "", "the history is too short")

    @property
    def ahead(self) -> tuple[Correlation, ...]:
        """Return the links at lags ≥ 0; lags without data are left out, unless all are."""
        every = [link for lag, link in zip(self.lags, self.links, strict=True) if lag >= 0]
        return tuple([link for link in every if np.isfinite(link.rho)] or every)


def check(record: Record, options: EvidenceOptions) -> tuple[Lead, ...]:
    """Return one finding per KPI, in the order of the record."""
    lags = tuple(lag for lag in sorted(AHEAD + BEHIND) if record.n_periods - abs(lag) >= MIN_PERIODS)
    out = options.take_out_periods, record.shock_segments
    profiles = [within_rep_links(*shift_pairs(record, lag), *out, shift_weights(record, lag)) for lag in lags]
    clear = _shuffled_statistics(record, lags, options)
    found = [
        _lead(
            lags, [profile[k] for profile in profiles], clear[:, k], _link_given_last_goal(record, k, options), options
        )
        for k in range(len(record.kpis))
    ]
    shared_rows = built_in_links(record, profiles[lags.index(0)] if 0 in lags else ())
    return tuple(replace(one, built_in=built_in) for one, built_in in zip(found, shared_rows, strict=True))


def built_in_links(record: Record, at_once: tuple[WithinRepLink, ...]) -> tuple[float, ...]:
    """Return, for each KPI, the link at lag 0 that results from rows shared with the goal alone.

    Notes
    -----
    If the shared rows are a random part of the goal's, their part of the KPI moves with the goal at the slope of its
    total over the goal's, so the link is slope · sd(goal) ÷ sd(KPI) within reps: more than two Poisson counts would
    have (``Record.built_in``, the least that is taken) where the goal moves more than by chance.
    """
    least = record.built_in or (0.0,) * len(record.kpis)
    if not record.goal_share or not at_once:
        return least
    found = []
    for k, (share, link) in enumerate(zip(record.goal_share, at_once, strict=True)):
        cells = np.isfinite(record.values[k]) & np.isfinite(record.goal)
        total, goal = (abs(float(grid[cells].sum())) for grid in (record.values[k], record.goal))
        known = share > 0 and goal > 0 and link.xx > 0
        found.append(min(1.0, max(least[k], share * total / goal * np.sqrt(link.yy / link.xx) if known else 0.0)))
    return tuple(float(one) for one in found)


def shift_pairs(record: Record, lag: int) -> tuple[np.ndarray, np.ndarray]:
    """Return KPI values and the goal ``lag`` periods later, for the periods that have both."""
    last = record.n_periods - abs(lag)
    if lag >= 0:
        return record.values[:, :, :last], record.goal[:, lag:]
    return record.values[:, :, -lag:], record.goal[:, :last]


def shift_weights(record: Record, lag: int) -> np.ndarray | None:
    """Return the weights of the same pairs: the days worked in the goal's period."""
    weights, last = record.weights, record.n_periods - abs(lag)
    if weights is None:
        return None
    return weights[:, lag:] if lag >= 0 else weights[:, :last]


def _lead(lags: tuple[int, ...], profile: list[WithinRepLink], clear: np.ndarray, given: Correlation | None,
          options: EvidenceOptions) -> Lead:  # fmt: skip
    """Build the finding; ``clear``: (lags, 1 + draws) statistics, the observed first."""
    ahead, behind = np.array(lags) >= 0, np.array(lags) < 0
    p_leads, p_follows = _family_p(clear[ahead]), _family_p(clear[behind])
    strength = np.where(ahead & np.isfinite(clear[:, 0]), np.abs(clear[:, 0]), -np.inf) if len(lags) else np.array([])
    best = int(np.argmax(strength)) if np.isfinite(strength).any() else None
    found = tuple(link.correlation(options) for link in profile)
    timing = "unclear" if best is None else _timing(lags, profile, found, best, p_leads, p_follows, options)
    return Lead(lags, found, None if best is None else lags[best], p_leads, p_follows, timing, given, options.draws)


def _timing(lags: tuple[int, ...], profile: list[WithinRepLink], found: tuple[Correlation, ...], best: int,
            p_leads: float, p_follows: float, options: EvidenceOptions) -> Timing:  # fmt: skip
    alpha = 1 - options.confidence
    before = [place for place, lag in enumerate(lags) if lag < 0 and np.isfinite(found[place].rho)]
    if before and p_follows <= alpha:
        peak = max(before, key=lambda place: abs(found[place].rho))
        _, low, high, _ = link_difference(profile[peak], profile[best], options.confidence)
        if abs(found[peak].rho) > abs(found[best].rho) and low * high > 0:
            return "follows"
    if p_leads <= alpha and found[best].low * found[best].high > 0:
        return "leads" if lags[best] > 0 else "same_period"
    measured = [link for lag, link in zip(lags, found, strict=True) if lag >= 0 and np.isfinite(link.rho)]
    return "none" if all(link.high < options.smallest for link in measured) else "unclear"


def _family_p(clear: np.ndarray) -> float:
    """Return p of a largest absolute statistic as large as the observed, from (lags, 1 + draws) statistics."""
    if not len(clear) or not np.isfinite(clear[:, 0]).any():
        return np.nan
    largest = np.nanmax(np.abs(clear), axis=0, initial=0)
    return float(np.mean(largest >= largest[0] * (1 - 1e-9)))


def _shuffled_statistics(record: Record, lags: tuple[int, ...], options: EvidenceOptions) -> np.ndarray:
    """Return (lags, kpis, 1 + draws): sum of the reps' products ÷ root of their squares, observed and shuffled.

    Each draw gives the whole KPI history of rep π(i) of the same segment to rep i. Dividing by the reps' own squares
    keeps draws comparable when histories overlap only partly.
    """
    n, rng = record.n_reps, np.random.default_rng(options.seed)
    out = options.take_out_periods, record.shock_segments
    orders = np.column_stack([np.arange(n), draw_shuffles(n, options.draws, rng, record.shock_segments)])
    cells = orders + n * np.arange(n)[:, None]  # a row per rep, so that memory is read in order
    found = np.empty((len(lags), len(record.kpis), orders.shape[1]))
    for place, lag in enumerate(lags):
        values, goal = shift_pairs(record, lag)
        weights = shift_weights(record, lag)
        y = remove_levels(goal[None], np.isfinite(goal), *out, weights).values[0]
        y = y if weights is None else y * np.sqrt(weights)  # the products below are to be weighted sums
        for k, x in enumerate(values):
            x = remove_levels(x[None], np.isfinite(x), *out).values[0]
            found[place, k] = _studentize(np.take(y @ x.T, cells))
    return found


def draw_shuffles(n: int, draws: int, rng: np.random.Generator, segments: np.ndarray | None = None) -> np.ndarray:
    """Draw (n, draws) permutations of the reps, within their segments."""
    if segments is None:
        return np.stack([rng.permutation(n) for _ in range(draws)], axis=1)
    codes = np.unique(segments, return_inverse=True)[1]
    orders = np.empty((n, draws), dtype=int)
    orders[np.argsort(codes, kind="stable")] = np.argsort(codes[:, None] + rng.random((n, draws)), axis=0)
    return orders


def _studentize(products: np.ndarray) -> np.ndarray:
    """Return (draws,) studentized sums of (reps, draws) products."""
    total, size = products.sum(axis=0), np.sqrt(np.einsum("rd,rd->d", products, products))
    return np.divide(total, size, out=np.full(len(total), np.nan), where=size > 0)


def _link_given_last_goal(record: Record, k: int, options: EvidenceOptions) -> Correlation | None:
    """Return the link of the KPI with the next period's goal, given this period's goal."""
    if record.n_periods < LONG_ENOUGH_FOR_LAST_GOAL:
        return None
    now, later = record.goal[:, :-1], record.goal[:, 1:]
    three = np.stack([record.values[k, :, :-1], now, later])
    out = record.shock_segments, shift_weights(record, 1)
    return partial_within(three, options.take_out_periods, options.confidence, *out)[0]
