"""At which lag does the KPI go with the goal, and does it lead the goal or only follow it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from workbench.evidence.fixed_effects import remove_levels
from workbench.evidence.links import MIN_PERIODS, WithinRepLink, difference, within_rep_links
from workbench.evidence.partial import partial_within
from workbench.evidence.record import EvidenceOptions, Record
from workbench.scoring.correlation import Correlation

NAME = "lead"
SOURCE = "Rep and period effects removed; whole-history shuffles, largest statistic over lags (Westfall & Young 1993)"
AHEAD, BEHIND = (0, 1, 2, 3), (-1, -2, -3)
LONG_ENOUGH_FOR_LAST_GOAL = 20
Timing = Literal["leads", "same_period", "follows", "none", "unclear"]


@dataclass(frozen=True)
class Lead:
    """Links of the KPI with the goal ``lag`` periods later (negative: earlier), within reps.

    Attributes
    ----------
    lags, links : from −3 to 3, as far as the history is long enough.
    best_lag : the lag ≥ 0 with the clearest link, None where there is none to compare.
    p_leads : the chance of a link that clear at any lag ≥ 0, had each KPI history belonged to some other rep.
    p_follows : likewise for lags < 0.
    given_last_goal : link at lag 1 beyond what last period's goal tells; None with fewer than 20 periods.
    """

    lags: tuple[int, ...]
    links: tuple[Correlation, ...]
    best_lag: int | None
    p_leads: float
    p_follows: float
    timing: Timing
    given_last_goal: Correlation | None
    draws: int
    source: str = SOURCE

    @property
    def best(self) -> Correlation | None:
        return None if self.best_lag is None else self.links[self.lags.index(self.best_lag)]

    @property
    def ahead(self) -> tuple[Correlation, ...]:
        """The links at lags ≥ 0."""
        return tuple(link for lag, link in zip(self.lags, self.links, strict=True) if lag >= 0)


def check(record: Record, options: EvidenceOptions) -> tuple[Lead, ...]:
    """One finding per KPI, in the order of the record."""
    lags = tuple(lag for lag in sorted(AHEAD + BEHIND) if record.n_periods - abs(lag) >= MIN_PERIODS)
    profiles = [within_rep_links(*shifted(record, lag), options.take_out_periods) for lag in lags]
    clear = _clearness(record, lags, options)
    return tuple(
        _lead(lags, [profile[k] for profile in profiles], clear[:, k], _given_last_goal(record, k, options), options)
        for k in range(len(record.kpis))
    )


def shifted(record: Record, lag: int) -> tuple[np.ndarray, np.ndarray]:
    """KPI values and the goal ``lag`` periods later, cut to the periods that have both."""
    last = record.n_periods - abs(lag)
    if lag >= 0:
        return record.values[:, :, :last], record.goal[:, lag:]
    return record.values[:, :, -lag:], record.goal[:, :last]


def _lead(lags: tuple[int, ...], profile: list[WithinRepLink], clear: np.ndarray, given: Correlation | None,
          options: EvidenceOptions) -> Lead:  # fmt: skip
    """``clear``: (lags, 1 + draws) statistics, the observed first."""
    ahead, behind = np.array(lags) >= 0, np.array(lags) < 0
    p_leads, p_follows = _family_p(clear[ahead]), _family_p(clear[behind])
    strength = np.where(ahead, np.abs(clear[:, 0]), -np.inf) if len(lags) else np.array([])
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
        _, low, high, _ = difference(profile[peak], profile[best], options.confidence)
        if abs(found[peak].rho) > abs(found[best].rho) and low * high > 0:
            return "follows"
    if p_leads <= alpha and found[best].low * found[best].high > 0:
        return "leads" if lags[best] > 0 else "same_period"
    reading = [link.high < options.smallest for lag, link in zip(lags, found, strict=True) if lag >= 0]
    return "none" if all(reading) else "unclear"


def _family_p(clear: np.ndarray) -> float:
    """(lags, 1 + draws) → chance of a largest absolute statistic as large as the observed."""
    if not len(clear) or not np.isfinite(clear[:, 0]).any():
        return np.nan
    largest = np.nanmax(np.abs(clear), axis=0, initial=0)
    return float(np.mean(largest >= largest[0] * (1 - 1e-9)))


def _clearness(record: Record, lags: tuple[int, ...], options: EvidenceOptions) -> np.ndarray:
    """(lags, kpis, 1 + draws): sum of the reps' products ÷ root of their squares, observed and shuffled.

    Each draw gives the whole KPI history of rep π(i) to rep i. Dividing by the reps' own squares keeps draws
    comparable when histories overlap only partly.
    """
    n, rng = record.n_reps, np.random.default_rng(options.seed)
    orders = np.stack([np.arange(n)] + [rng.permutation(n) for _ in range(options.draws)], axis=1)
    cells = orders + n * np.arange(n)[:, None]  # a row per rep, so that memory is read in order
    out = np.empty((len(lags), len(record.kpis), orders.shape[1]))
    for place, lag in enumerate(lags):
        values, goal = shifted(record, lag)
        y = remove_levels(goal[None], np.isfinite(goal), options.take_out_periods).values[0]
        for k, x in enumerate(values):
            x = remove_levels(x[None], np.isfinite(x), options.take_out_periods).values[0]
            out[place, k] = _studentised(np.take(y @ x.T, cells))
    return out


def _studentised(products: np.ndarray) -> np.ndarray:
    """(reps, draws) → (draws,)."""
    total, size = products.sum(axis=0), np.sqrt(np.einsum("rd,rd->d", products, products))
    return np.divide(total, size, out=np.full(len(total), np.nan), where=size > 0)


def _given_last_goal(record: Record, k: int, options: EvidenceOptions) -> Correlation | None:
    """Link of the KPI with the next period's goal, both less what this period's goal tells of them."""
    if record.n_periods < LONG_ENOUGH_FOR_LAST_GOAL:
        return None
    now, later = record.goal[:, :-1], record.goal[:, 1:]
    return partial_within(
        np.stack([record.values[k, :, :-1], now, later]), options.take_out_periods, options.confidence
    )[0]
