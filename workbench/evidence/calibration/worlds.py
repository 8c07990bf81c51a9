"""Simulated teams with planted truths: KPIs of every kind, some of which drive the goal."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.signal import lfilter

from workbench.evidence.record import Record
from workbench.evidence.seasons import season_means

KINDS = ("noise", "trait", "lever", "lagged_lever", "season", "copy", "gamed", "drifting", "segment", "follower")
USELESS = ("noise", "trait", "season", "copy", "gamed", "follower", "ended")
LEVERS = ("lever", "lagged_lever")
MOVERS = (*LEVERS, "gamed", "drifting", "segment")
LAG = 2
MEMORY = 0.4  # autocorrelation of activity and of sales noise from one period to the next


@dataclass(frozen=True)
class World:
    """A team to draw.

    Attributes
    ----------
    link : correlation within reps that each KPI with a link is given (per-period share of the goal's variance: link²).
    skill : standard deviation of reps' own level in goal and KPIs, relative to the deviation from period to period.
    season : likewise for what all reps share in a period.
    leavers : share of reps who come late or leave early. tails : degrees of freedom of the goal's noise (t).
    """

    reps: int
    periods: int
    link: float = 0.3
    skill: float = 1.0
    season: float = 1.0
    leavers: float = 0.3
    tails: float = np.inf
    kinds: tuple[str, ...] = KINDS

    def history(self, rng: np.random.Generator) -> Record:
        """Draw one history of the world."""
        return draw_history(self, rng)

    def crowd(self, reps: int) -> World:
        """Return the same world with so many reps that its estimates stand for the truth."""
        return replace(self, reps=reps)


def draw_history(world: World, rng: np.random.Generator) -> Record:
    """Draw one history of the world. The KPIs are named by their kind."""
    n, periods = world.reps, world.periods
    season = world.season * world_shocks(periods)
    talent, segment = rng.normal(size=n), np.arange(n) % 2
    moves = {kind: draw_autocorrelated(rng, n, periods + LAG) for kind in KINDS}
    movers = [kind for kind in MOVERS if kind in world.kinds]
    goal = world.link * sum((_effect(kind, moves[kind], segment) for kind in movers), np.zeros((n, periods)))
    noise = draw_autocorrelated(rng, n, periods, world.tails) * np.sqrt(max(1 - len(movers) * world.link**2, 0.1))
    goal = goal + noise + season + world.skill * talent[:, None]
    levels = {kind: world.skill * rng.normal(size=n)[:, None] for kind in KINDS}
    values = np.stack([_draw_kpi(kind, moves, levels, goal, talent, season, rng) for kind in world.kinds])
    active = draw_presence(world, rng)
    return record_from_grid(world.kinds, np.where(active, values, np.nan), np.where(active, goal, np.nan), segment)


def world_shocks(periods: int) -> np.ndarray:
    """Return (periods,) the season and shocks shared by all reps, variance about 1, the same in every draw."""
    return (np.sin(2 * np.pi * np.arange(periods) / 12) + np.random.default_rng(7).normal(size=periods)) / 1.2


def draw_autocorrelated(rng: np.random.Generator, n: int, periods: int, tails: float = np.inf) -> np.ndarray:
    """Draw (n, periods) series of variance 1 with autocorrelation ``MEMORY``."""
    shocks = rng.normal(size=(n, periods + 10))
    if np.isfinite(tails):
        shocks = rng.standard_t(tails, size=shocks.shape) * np.sqrt((tails - 2) / tails)
    return lfilter([np.sqrt(1 - MEMORY**2)], [1, -MEMORY], shocks, axis=1)[:, 10:]


def draw_presence(world: World, rng: np.random.Generator) -> np.ndarray:
    """Draw (reps, periods) whether the rep was present: some join late or leave early, all stay half of the time."""
    away = np.where(rng.random(world.reps) < world.leavers, rng.integers(0, world.periods // 2 + 1, world.reps), 0)
    late = rng.random(world.reps) < 0.5
    period = np.arange(world.periods)
    return (period >= np.where(late, away, 0)[:, None]) & (period < world.periods - np.where(late, 0, away)[:, None])


def _effect(kind: str, moves: np.ndarray, segment: np.ndarray) -> np.ndarray:
    """Return the effect of a KPI's variation within reps on the goal, for a link of 1."""
    now, periods = moves[:, LAG:], moves.shape[1] - LAG
    if kind == "lagged_lever":
        return moves[:, :-LAG]
    if kind == "gamed":
        return now * (np.arange(periods) < periods // 2)
    if kind == "drifting":
        return now * np.linspace(1.6, 0.0, periods)
    if kind == "segment":
        return now * (segment == 0)[:, None]
    return now


def _draw_kpi(kind: str, moves: dict, levels: dict, goal: np.ndarray, talent: np.ndarray, season: np.ndarray,
         rng: np.random.Generator) -> np.ndarray:  # fmt: skip
    now, level = moves[kind][:, LAG:], levels[kind]
    if kind == "trait":
        return now + talent[:, None]
    if kind == "season":
        return now + level + 2 * season
    if kind == "copy":
        return moves["lever"][:, LAG:] + levels["lever"] + 0.15 * now
    if kind == "gamed":
        faked = np.arange(goal.shape[1]) >= goal.shape[1] // 2
        return np.where(faked, draw_autocorrelated(rng, *goal.shape) + 1, now) + level
    if kind == "follower":
        before = np.concatenate([rng.normal(size=(len(goal), 1)), goal[:, :-1]], axis=1)
        return 0.6 * before + 0.8 * now + level
    return now + level


def record_from_grid(kinds: tuple[str, ...], values: np.ndarray, goal: np.ndarray, segment: np.ndarray) -> Record:
    """Build a record from a grid of values: months from January 2020, no targets, 15 minutes each."""
    k, n, periods = values.shape
    months = np.datetime64("2020-01") + np.arange(periods)
    nothing = np.full((k, n), np.nan)
    return Record(
        kpis=kinds, reps=tuple(f"rep {i + 1}" for i in range(n)), periods=months.astype("datetime64[ns]"),
        values=values, goal=goal, raw=values, units=values,
        rep_values=_means(values), rep_goal=_means(goal),
        met=nothing, goal_met=nothing[0], attempts=nothing[:, 0], minutes=np.full(k, 15.0),
        seasons=season_means(values, months), holds_goal=(False,) * k,
        beside=tuple(tuple(j for j in range(k) if j != i) for i in range(k)),
        segments={"segment": np.where(segment == 0, "A", "B")},
    )  # fmt: skip


def _means(grid: np.ndarray) -> np.ndarray:
    """Return means over the last axis of known values; NaN where there are none."""
    n = np.isfinite(grid).sum(axis=-1)
    return np.divide(np.nansum(grid, axis=-1), n, out=np.full(n.shape, np.nan), where=n > 0)
