"""Simulated teams whose true rates at each phase are known, as counts of calls by rep, list and month.

Log-odds of getting through a phase add up from the rep, the list, the team's month, and what is the rep's own in a
month; who calls whom, and what is logged, depends on the kind of team.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit, logit

from workbench.phases.phase_cube import PhaseCube

TeamKind = Literal[
    "calm", "month shocks", "list per quarter", "lists inseparable", "coding habits", "warm prospects", "month drift",
    "new code mid-year", "reps drift", "small and one real", "bimodal", "one real", "one real and shocks",
    "worst coached",
]  # fmt: skip
NOTHING_PLANTED: tuple[TeamKind, ...] = (
    "calm", "month shocks", "list per quarter", "lists inseparable", "coding habits", "warm prospects", "month drift",
    "new code mid-year", "reps drift",
)  # fmt: skip
"""Kinds in which no phase would get better by coaching."""
RATES = (0.25, 0.5, 0.5, 0.6, 0.5)
PHASE_NAMES = ("Reached", "Conversation", "Need found", "Offer discussed", "Meeting set")
MONTHS, LISTS, QUARTER = 12, 4, 3
TEAM_MONTH, SHOCK, LIST_LUCK = 0.15, 0.3, 0.4  # standard deviations of log-odds
HABIT, NEW_CODE = 0.3, 0.25  # shares of conversations that are logged one step lower, or one step higher
SMALL, DRIFT, MEMORY = 0.08, 0.8, 0.6
COACHED_FROM = 6
"""The month, from 0, in which coaching begins where the worst rep is coached."""


@dataclass(frozen=True)
class PhaseWorld:
    """A kind of team.

    Attributes
    ----------
    dials : of a rep over the year, on average. spread : standard deviation ÷ mean of the rates at the planted phase.
    """

    kind: TeamKind
    reps: int
    dials: int
    spread: float = 0.0


@dataclass(frozen=True, eq=False)
class PlantedTeam:
    """A team drawn.

    Attributes
    ----------
    rates : (phases, reps) true rates on the team's mix of lists and months. planted : the place, from 0, of the phase
        at which reps differ; None where coaching has nothing to build on. months : (phases, months) the team's rates
        without the luck of any rep's month or list.
    """

    cube: PhaseCube
    rates: np.ndarray
    planted: int | None
    months: np.ndarray


def draw_phase_team(world: PhaseWorld, rng: np.random.Generator) -> PlantedTeam:
    """Draw one team."""
    planted = None if world.kind in NOTHING_PLANTED else int(rng.integers(3))
    skill = _draw_rates(world, planted, rng)
    rep, stratum, month = _draw_cells(world)
    calls = _draw_calls(world, rep, month, rng)
    place, own = _draw_luck(world, rep, stratum, month, rng)
    reached, usual, by_month = [calls], [], []
    for k in range(len(RATES)):
        odds = logit(skill[k])
        usual.append(expit(odds[:, None] + place[k]) @ reached[-1] / max(reached[-1].sum(), 1))
        chance = expit(odds[rep] + place[k])
        by_month.append(
            _ratio(np.bincount(month, chance * reached[-1], MONTHS), np.bincount(month, reached[-1], MONTHS))
        )
        reached.append(rng.binomial(reached[-1], expit(odds[rep] + place[k] + own[k])))
    _log_otherwise(world, rep, month, reached, rng)
    cube = PhaseCube(
        tuple(f"rep {i:02}" for i in range(world.reps)), tuple(f"list {i:03}" for i in range(int(stratum.max()) + 1)),
        tuple(f"2025-{t + 1:02}" for t in range(MONTHS)), PHASE_NAMES, rep, stratum, month, np.array(reached, float),
    )  # fmt: skip
    return PlantedTeam(cube, np.array(usual), planted, np.array(by_month))


def _ratio(hits: np.ndarray, tries: np.ndarray) -> np.ndarray:
    return np.divide(hits, tries, out=np.full(len(tries), np.nan), where=tries > 0)


def _draw_rates(world: PhaseWorld, planted: int | None, rng: np.random.Generator) -> np.ndarray:
    """Draw (phases, reps) rates on a list and in a month of average luck."""
    rates = np.repeat(np.array(RATES)[:, None], world.reps, axis=1)
    if world.kind == "warm prospects":
        rates[0] = np.clip(_beta(RATES[0], 0.2, world.reps, rng), 0.16, 0.5)
        rates[1] = RATES[0] * RATES[1] / rates[0]
    if world.kind == "small and one real":
        rates = np.array([_beta(rate, SMALL, world.reps, rng) for rate in RATES])
    if planted is not None:
        good = rng.permutation(world.reps) < world.reps // 2
        rates[planted] = (
            RATES[planted] * np.where(good, 1 + world.spread, 1 - world.spread)
            if world.kind == "bimodal"
            else _beta(RATES[planted], world.spread, world.reps, rng)
        )
    return rates


def _beta(mean: float, spread: float, n: int, rng: np.random.Generator) -> np.ndarray:
    size = (1 - mean) / (mean * spread**2) - 1
    return np.clip(rng.beta(mean * size, (1 - mean) * size, n), 0.005, 0.995)


def _draw_cells(world: PhaseWorld) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the rep, list and month of each cell."""
    if world.kind in ("list per quarter", "lists inseparable"):
        rep, month = (each.ravel() for each in np.indices((world.reps, MONTHS)))
        each = rep if world.kind == "lists inseparable" else rep * (MONTHS // QUARTER) + month // QUARTER
        return rep, each, month
    rep, stratum, month = (each.ravel() for each in np.indices((world.reps, LISTS, MONTHS)))
    return rep, stratum, month


def _draw_calls(world: PhaseWorld, rep: np.ndarray, month: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    level = world.dials * world.reps / len(rep) * np.exp(0.2 * rng.normal(size=world.reps))[rep]
    if world.kind == "month drift":  # some reps do most of their calls early, some late
        level = level * np.exp(rng.normal(size=world.reps)[rep] * (month / (MONTHS - 1) - 0.5) * 2)
    return rng.poisson(level)


def _draw_luck(
    world: PhaseWorld, rep: np.ndarray, stratum: np.ndarray, month: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw (phases, cells) log-odds of the place and time of calls, and of what is a rep's own in them."""
    phases, kind = len(RATES), world.kind
    team = TEAM_MONTH * rng.normal(size=(phases, MONTHS))
    if kind == "month drift":
        team += DRIFT * (np.arange(MONTHS) / (MONTHS - 1) - 0.5)
    luck = LIST_LUCK * rng.normal(size=(phases, int(stratum.max()) + 1))[:, stratum]
    shock = rng.normal(size=(phases, world.reps, MONTHS))
    if kind == "reps drift":
        for t in range(1, MONTHS):
            shock[..., t] = MEMORY * shock[..., t - 1] + np.sqrt(1 - MEMORY**2) * shock[..., t]
    size = {"month shocks": SHOCK, "reps drift": SHOCK, "one real and shocks": SHOCK, "worst coached": SHOCK / 2}
    own = size.get(kind, 0.0) * shock[:, rep, month]
    if kind in ("list per quarter", "lists inseparable"):
        return team[:, month], own + luck
    return team[:, month] + luck, own


def _log_otherwise(
    world: PhaseWorld, rep: np.ndarray, month: np.ndarray, reached: list[np.ndarray], rng: np.random.Generator
) -> None:
    """Change what is logged: habits of half of the team, or a new code that reps take up at different times."""
    if world.kind == "coding habits":
        lower = rng.binomial(reached[2], HABIT * (rep % 2))
        reached[2] = np.maximum(reached[2] - lower, reached[3])
    if world.kind == "new code mid-year":
        since = rng.integers(5, 10, world.reps)[rep] <= month
        reached[3] = reached[3] + rng.binomial(reached[2] - reached[3], NEW_CODE * since)
