"""Simulated teams with a confounder of KPI and goal, or in which the goal drives the KPI."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.signal import lfilter

from workbench.evidence.calibration.worlds import draw_autocorrelated, record_from_grid
from workbench.evidence.record import DailyHistory, Record

Confounder = Literal[
    "", "regional shocks", "campaign", "territory × season", "territory redrawn", "follow-up at once",
    "follow-up within weeks", "follow-up on a goal with memory", "lever with follow-up", "lever by days", "rows shared",
    "the very rows",
]  # fmt: skip
REGIONS = 4
CAMPAIGN = 3  # periods
WORKDAYS = 21  # of a period
DAILY_MEMORY = 0.4 ** (1 / WORKDAYS)
LONG_MEMORY = 0.7 ** (1 / WORKDAYS)
FOLLOW_UP = ("follow-up at once", "follow-up within weeks", "follow-up on a goal with memory")
SHARED_ROWS = ("rows shared", "the very rows")
LEVERS_BY_DAYS = ("lever with follow-up", "lever by days")


@dataclass(frozen=True)
class ConfoundedWorld:
    """A team with a KPI that is linked to the goal without driving it, or a real driver beside one.

    Attributes
    ----------
    link : of the lever within reps, before shocks are added. known : the data tell the regions, or the days.
    rows : share of the goal's rows that the KPI of ``rows shared`` counts, beside as many others; ``the very rows``
        counts all of them and no others.
    """

    reps: int
    periods: int
    confounder: Confounder = ""
    known: bool = True
    link: float = 0.4
    rows: float = 0.3

    def crowd(self, reps: int) -> ConfoundedWorld | None:
        """Return the world whose estimates stand for the truth; None where there is none.

        With regions unknown that is the same team with regions known: more reps of the same four regions do not
        average their shocks out.
        """
        if self.confounder not in ("regional shocks", "campaign"):
            return None
        return replace(self, reps=reps, known=True)

    @property
    def kinds(self) -> tuple[str, ...]:
        if self.confounder in FOLLOW_UP:
            return ("follower",)
        if self.confounder in LEVERS_BY_DAYS:
            return ("lever",)
        return ("noise",) if self.confounder in SHARED_ROWS else ("noise", "lever")

    def history(self, rng: np.random.Generator) -> Record:
        """Draw one history of the world."""
        halves = np.arange(self.reps) % 2
        if self.confounder == "the very rows":
            values, goal = simulate_shared_rows(1.0, self.reps, self.periods, rng, others=0.0)
            record = record_from_grid(self.kinds, values[None], goal, halves)
            return replace(record, holds_goal=(True,), built_in=(1.0,), goal_share=(1.0,))
        if self.confounder == "rows shared":
            values, goal = simulate_shared_rows(self.rows, self.reps, self.periods, rng)
            return replace(
                record_from_grid(self.kinds, values[None], goal, halves),
                built_in=(float(np.sqrt(self.rows / 2)),),
                goal_share=(0.5,),
            )
        if self.confounder in (*FOLLOW_UP, *LEVERS_BY_DAYS):
            daily = simulate_days(self.confounder, self.reps, self.periods, rng)
            values = np.stack([sum_days_by_period(days) for days in daily.values if days is not None])
            record = record_from_grid(self.kinds, values, sum_days_by_period(daily.goal), halves)
            return replace(record, daily=daily if self.known else None)
        on_kpis, on_goal = confounder_effects(self.confounder, self.reps, self.periods, rng)
        move, levels = draw_autocorrelated(rng, self.reps, self.periods), rng.normal(size=(3, self.reps, 1))
        luck = np.sqrt(1 - self.link**2) * draw_autocorrelated(rng, self.reps, self.periods)
        noise = draw_autocorrelated(rng, self.reps, self.periods)
        values = np.stack([noise + levels[1] + on_kpis, move + levels[2] + on_kpis])
        record = record_from_grid(self.kinds, values, self.link * move + luck + levels[0] + on_goal, halves)
        return replace(record, segments={"region": rep_regions(self.reps).astype(str)} if self.known else {})


def rep_regions(n: int) -> np.ndarray:
    """Return (n,) the region of each rep."""
    return np.arange(n) % REGIONS


def confounder_effects(kind: str, n: int, periods: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw (n, periods) each: the confounder's effect on every KPI, and on the goal."""
    region, period = rep_regions(n), np.arange(periods)
    if kind == "regional shocks":
        return draw_autocorrelated(rng, REGIONS, periods)[region], draw_autocorrelated(rng, REGIONS, periods)[region]
    if kind == "campaign":
        begins = rng.integers(0, max(periods - CAMPAIGN, 1), REGIONS)
        on = (period >= begins[:, None]) & (period < begins[:, None] + CAMPAIGN)
        return 2.0 * on[region], 2.0 * on[region]
    if kind == "territory × season":
        swing = np.exp(0.5 * rng.normal(size=(n, 1))) * np.sin(2 * np.pi * period / 12)
        return swing, swing
    if kind == "territory redrawn":
        change = rng.normal(size=(n, 1)) * (period >= periods // 2)
        return change, change
    nothing = np.zeros((n, periods))
    return nothing, nothing


def simulate_days(kind: str, n: int, periods: int, rng: np.random.Generator) -> DailyHistory:
    """Simulate one KPI and the goal by day: counts of activity, and autocorrelated amounts of deals.

    Reps differ in level; all share a season. Follow-up is caused by deals up to 10 workdays before (at once) or 5 to 25
    (within weeks); a lever's deals come up to 15 workdays after the activity.
    """
    days = periods * WORKDAYS
    level, deals_level = (np.exp(0.4 * rng.normal(size=(n, 1))) for _ in range(2))
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(days) / (12 * WORKDAYS))
    own = 8 * np.exp(0.35 * _draw_daily_series(rng, n, days) - 0.06)
    memory = LONG_MEMORY if kind == "follow-up on a goal with memory" else DAILY_MEMORY
    luck = 0.35 * np.exp(0.5 * _draw_daily_series(rng, n, days, memory) - 0.125)
    activity = rng.poisson(own * level * season).astype(float)
    if kind in ("lever by days", "lever with follow-up"):
        ahead = _spread_follow_ups(activity / (8 * level * season), 0, 15)
        deals = rng.poisson(luck * deals_level * season * (0.3 + 0.7 * ahead**1.5))
    else:
        deals = rng.poisson(luck * deals_level * season)
    after = {"follow-up at once": (0, 10), "follow-up within weeks": (5, 25), "lever with follow-up": (1, 15),
             "follow-up on a goal with memory": (0, 10)}  # fmt: skip
    if kind in after:
        share = 0.3 if kind == "lever with follow-up" else 1.0
        followed = rng.poisson(4 * share * level * _spread_follow_ups(deals / 0.35, *after[kind]))
        activity = (activity if kind == "lever with follow-up" else rng.poisson(0.5 * own * level * season)) + followed
    amounts = deals * np.exp(0.5 * rng.normal(size=deals.shape) - 0.125)
    return DailyHistory(amounts, (deals.astype(float),), (activity.astype(float),))


def sum_days_by_period(days: np.ndarray) -> np.ndarray:
    """Sum (reps, days) to (reps, periods)."""
    return days.reshape(len(days), -1, WORKDAYS).sum(axis=2)


def simulate_shared_rows(
    share: float, n: int, periods: int, rng: np.random.Generator, others: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Simulate (n, periods) a KPI that counts ``share`` of the goal's rows and as many ``others``, and the goal."""
    level = np.exp(0.4 * rng.normal(size=(2, n, 1)))
    deals = rng.poisson(8 * level[0] * np.exp(0.3 * draw_autocorrelated(rng, n, periods)))
    inside = rng.binomial(deals, share)
    beside = rng.poisson(8 * share * others * level[1] * np.exp(0.3 * draw_autocorrelated(rng, n, periods)))
    amounts = rng.gamma(4 * np.maximum(deals, 1e-9)) / 4
    return (inside + beside).astype(float), amounts


def _draw_daily_series(rng: np.random.Generator, n: int, days: int, memory: float = DAILY_MEMORY) -> np.ndarray:
    shocks = rng.normal(size=(n, days + 300))
    return lfilter([np.sqrt(1 - memory**2)], [1, -memory], shocks, axis=1)[:, 300:]


def _spread_follow_ups(events: np.ndarray, first: int, last: int) -> np.ndarray:
    """Spread events evenly over the days from ``first`` to ``last`` after them."""
    kernel = np.zeros(last + 1)
    kernel[first:] = 1 / (last - first + 1)
    return lfilter(kernel, [1], events, axis=1)
