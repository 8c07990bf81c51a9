"""Simulated teams at the level of counts of suspect events: honest reps who differ, fakers, and people with other jobs.

Log-odds of a suspect event add up from the check, the rep, the list, the month, the rep's drift by quarter and chance;
empty events come on top of the honest ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from workbench.integrity.count_cube import CountCube
from workbench.integrity.suspect_counts import FAMILIES, CheckName

WorldKind = Literal[
    "calm", "heavy tails", "middling spread", "middling, drifting, correlated", "wide spread", "drift",
    "correlated checks", "wide, drifting, correlated", "uneven months", "subrole of five", "subrole that drifts",
    "subrole of two", "new job mid-year", "lists swapped", "bad list", "bad list, lists unknown", "new dialler",
    "new dialler, rhythm unknown", "other jobs", "small counts", "heaping", "a third fakes", "one check only",
    "everybody starts", "off the system", "off the system, no goal", "calm, with a goal",
    "off the system, 0.1 deals a month", "off the system, 0.35 deals a month", "off the system, 0.7 deals a month",
    "off the system, 2 deals a month",
]  # fmt: skip
Begin = Literal["", "all year", "mid-year"]
BASE: dict[CheckName, float] = {
    "seconds_long": 0.15, "after_hours": 0.05, "same_contact": 0.10, "dead_number": 0.06, "switchboard": 0.05,
    "burst": 0.12, "cadence": 0.05, "no_answer_logged": 0.25, "late_entry": 0.08,
}  # fmt: skip
"""Usual suspect share of each check."""
DIALLER: dict[CheckName, float] = {"seconds_long": 0.5, "cadence": 0.8, "no_answer_logged": 0.6}
AT_NIGHT: dict[CheckName, float] = {"after_hours": 0.9, "no_answer_logged": 0.6, "seconds_long": 0.35}
OFF_SYSTEM: dict[CheckName, float] = {"late_entry": 0.9, "burst": 0.7, "no_answer_logged": 0.6, "seconds_long": 0.35}
"""Entered afterwards in one sitting, calls without an end."""
LOGGED = 0.35
"""Of the work of somebody off the system; and all the work of somebody with a third of the hours."""
A_GOAL = 8  # of a rep and month
RARE_GOALS: dict[WorldKind, float] = {
    "off the system, 0.1 deals a month": 0.1, "off the system, 0.35 deals a month": 0.35,
    "off the system, 0.7 deals a month": 0.7, "off the system, 2 deals a month": 2.0,
}  # fmt: skip
"""Of a rep and month: at the first two most reps reach nothing in a quarter."""
MOVED_BY_LIST = ("length", "numbers", "answers")
CHECKS = tuple(BASE)
LISTS = 3
A_MONTH = 300  # events of a rep
FAKERS, THIRD = 2, 1 / 3
SUBROLES: dict[WorldKind, int] = {
    "subrole of five": 5, "subrole that drifts": 5, "subrole of two": 2, "new job mid-year": 5,
}  # fmt: skip
"""How many reps do other work."""


@dataclass(frozen=True)
class FlagWorld:
    """A kind of team.

    Attributes
    ----------
    empty : share of a faker's events that are empty, 0 to 1. begin : since when; "" where nobody fakes.
    """

    kind: WorldKind
    reps: int
    months: int = 12
    empty: float = 0.0
    begin: Begin = ""


@dataclass(frozen=True, eq=False)
class FlagTeam:
    """A team drawn: its counts, (reps,) who fakes, and (reps, months) the goal where it is known."""

    cube: CountCube
    fakes: np.ndarray
    reached: np.ndarray | None = None


def draw_team(world: FlagWorld, rng: np.random.Generator) -> FlagTeam:
    """Draw one team."""
    reps, months, checks = world.reps, world.months, len(CHECKS)
    volume = _draw_volume(world, rng)
    odds = _draw_odds(world, rng)
    if world.kind in SUBROLES:
        first = months // 2 if world.kind == "new job mid-year" else 0
        odds[_three_families(rng), : SUBROLES[world.kind], :, first:] += rng.uniform(1.0, 2.5, (3, 1, 1, 1))
    if world.kind.startswith("new dialler"):
        _add_dialler(odds, rng)
    if world.kind == "other jobs":
        _add_other_jobs(odds, volume)
    reached = _leave_the_system(world, odds, volume, rng) if world.kind.startswith("off the system") else None
    events = rng.poisson(volume)
    if world.kind == "heaping":
        events = np.rint(events / 10).astype(int) * 10
    n = np.broadcast_to(events, (checks, *events.shape)).copy()
    k = rng.binomial(n, expit(odds))
    fakes = np.zeros(reps, dtype=bool)
    if world.begin:
        fakes = _add_empty(world, n, k, odds, rng)
    if world.kind == "calm, with a goal":
        reached = _draw_goal(reps, months, rng)
    cube = CountCube(
        tuple((check, "calls") for check in CHECKS), tuple(f"rep {i:02d}" for i in range(reps)),
        pd.date_range("2025-01-01", periods=months, freq="MS"), n.astype(float), k.astype(float),
        np.zeros((checks, reps)),
    )  # fmt: skip
    return FlagTeam(_hidden(cube, world.kind), fakes, None if world.kind == "off the system, no goal" else reached)


def _draw_goal(reps: int, months: int, rng: np.random.Generator) -> np.ndarray:
    """Draw (reps, months) a goal that faking does not move: counts that vary by chance and by the rep's skill."""
    return rng.poisson(A_GOAL * np.exp(0.3 * rng.normal(size=(reps, 1))), (reps, months)).astype(float)


def _hidden(cube: CountCube, kind: WorldKind) -> CountCube:
    """Hide from the statistics what the data of this world do not tell."""
    if kind == "bad list, lists unknown":
        n, k = (counts.sum(axis=2, keepdims=True) for counts in (cube.n, cube.k))
        return replace(cube, n=n, k=k, lists_known=False)
    if kind == "new dialler, rhythm unknown":
        seen = ~cube.of_check("cadence")
        signals = tuple(signal for signal, is_seen in zip(cube.signals, seen, strict=True) if is_seen)
        return replace(cube, signals=signals, n=cube.n[seen], k=cube.k[seen], elsewhere=cube.elsewhere[seen])
    return cube


def frame_of_team(team: FlagTeam) -> pd.DataFrame:
    """Return the counts as ``SuspectCounts.frame``."""
    cube = team.cube
    s, r, at_list, m = np.nonzero(cube.n)
    return pd.DataFrame({
        "check": np.array(CHECKS)[s], "source": "calls",
        "rep": np.array(cube.reps)[r], "list": np.array([f"list {i}" for i in range(cube.n.shape[2])])[at_list],
        "month": cube.months[m], "n": cube.n[s, r, at_list, m].astype(int), "k": cube.k[s, r, at_list, m].astype(int),
    })  # fmt: skip


def _draw_volume(world: FlagWorld, rng: np.random.Generator) -> np.ndarray:
    """Draw (reps, lists, months) expected events."""
    reps, months = world.reps, world.months
    shares = rng.dirichlet(np.full(LISTS, 4.0), reps)
    if world.kind == "lists swapped":
        shares = np.zeros((reps, LISTS))
        shares[np.arange(reps), np.arange(reps) % 2] = 1.0
    if world.kind.startswith("bad list"):
        shares[:, 2] = np.where(np.arange(reps) == 0, 20.0, 0.4)
        shares /= shares.sum(axis=1, keepdims=True)
    share = np.repeat(shares[..., None], months, axis=2)
    if world.kind == "lists swapped":
        share[..., months // 2 :] = share[:, [1, 0, 2]][..., months // 2 :]
    level = (4 if world.kind == "small counts" else A_MONTH) * np.exp(0.3 * rng.normal(size=(reps, 1, 1)))
    return level * share * np.exp(0.15 * rng.normal(size=(reps, 1, months)))


def _draw_odds(world: FlagWorld, rng: np.random.Generator) -> np.ndarray:
    """Draw (checks, reps, lists, months) log-odds of a suspect event."""
    checks, reps, months, kind = len(CHECKS), world.reps, world.months, world.kind
    quarters = -(-months // 3)
    together = 0.7 if "correlated" in kind else 0.0
    spread = {"wide": 0.7, "middling": 0.5}.get(kind[: kind.find(" ")].rstrip(","), 0.35)
    tails = 3.0 if "wide" in kind or kind == "heavy tails" else 5.0 if "middling" in kind else np.inf
    step = 0.2 if "middling, drift" in kind else 0.35 if "drift" in kind else 0.08
    rep = spread * _shared(rng, (checks, reps), together, tails)
    walk = step * np.cumsum(_shared(rng, (checks, reps, quarters), together, tails), axis=2)
    lists = (1.0 if kind == "lists swapped" else 0.4) * rng.normal(size=(checks, 1, LISTS, 1))
    if kind.startswith("bad list"):
        lists[[FAMILIES[check] in MOVED_BY_LIST for check in CHECKS], :, 2] = 2.0
    season = 0.15 * rng.normal(size=(checks, 1, 1, months))
    base = logit(np.array(list(BASE.values())))[:, None, None, None]
    chance = (0.5 if kind == "uneven months" else 0.15) * rng.normal(size=(checks, reps, 1, months))
    drift = np.repeat(walk, 3, axis=2)[:, :, None, :months]
    return base + rep[..., None, None] + lists + season + drift + chance


def _shared(rng: np.random.Generator, shape: tuple[int, ...], together: float, tails: float) -> np.ndarray:
    """Draw values of variance 1 (normal) or with Student's tails, a share of the variance common to all checks."""
    values = np.sqrt(together) * rng.normal(size=(1, *shape[1:])) + np.sqrt(1 - together) * rng.normal(size=shape)
    if np.isfinite(tails):
        heavy = (1, *shape[1:]) if together else shape
        values = values / np.sqrt(rng.chisquare(tails, size=heavy) / tails)
    return values


def _three_families(rng: np.random.Generator) -> np.ndarray:
    """Draw three checks of different families."""
    families = np.array([FAMILIES[check] for check in CHECKS])
    chosen = rng.choice(np.unique(families), 3, replace=False)
    return np.array([rng.choice(np.flatnonzero(families == family)) for family in chosen])


def _add_dialler(odds: np.ndarray, rng: np.random.Generator) -> None:
    """Give half of the reps a dialler that drops calls, from a month in the middle on."""
    begin, users = rng.integers(3, 9), rng.permutation(odds.shape[1])[: odds.shape[1] // 2]
    for check, rate in DIALLER.items():
        place = CHECKS.index(check)
        odds[place, users, :, begin:] += logit(rate) - logit(BASE[check])


def _add_other_jobs(odds: np.ndarray, volume: np.ndarray) -> None:
    """Make one rep work at night (with less luck), one part of the time, one begin in the fifth month."""
    for check, rate in AT_NIGHT.items():
        odds[CHECKS.index(check), 0] += logit(rate) - logit(BASE[check])
    volume[1] *= 0.15
    volume[2, :, :4] = 0
    odds[:, 2, :, 4:6] += 1.2


def _leave_the_system(world: FlagWorld, odds: np.ndarray, volume: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Let one rep log a third of the work all year, one from the middle on, and one work a third of the hours.

    Returns
    -------
    (reps, months) the goal: counts that vary by chance and by the rep's skill; the third rep reaches a third.
    """
    skill = np.exp(0.3 * rng.normal(size=(world.reps, 1)))
    skill[2] *= LOGGED
    for rep, since in ((0, 0), (1, world.months // 2)):
        volume[rep, :, since:] *= LOGGED
        for check, rate in OFF_SYSTEM.items():
            odds[CHECKS.index(check), rep, :, since:] += logit(rate) - logit(BASE[check])
    volume[2] *= LOGGED
    return rng.poisson(RARE_GOALS.get(world.kind, A_GOAL) * skill, (world.reps, world.months)).astype(float)


def _add_empty(
    world: FlagWorld, n: np.ndarray, k: np.ndarray, odds: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Add the fakers' empty events to the counts, and return (reps,) who fakes."""
    reps, months = n.shape[1], n.shape[3]
    number = {"a third fakes": round(reps * THIRD), "everybody starts": reps}.get(world.kind, FAKERS)
    fakers = rng.permutation(reps)[:number]
    first = 0 if world.begin == "all year" else months // 2
    common = _three_families(rng)
    for rep in fakers:
        empty = world.empty * (rng.uniform(0.6, 1.0) if world.kind == "everybody starts" else 1.0)
        added = rng.poisson(n[0, rep] * empty / (1 - empty))
        added[:, :first] = 0
        shown = expit(odds[:, rep])
        hit = common if world.kind == "everybody starts" else _three_families(rng)
        for place in hit[:1] if world.kind == "one check only" else hit:
            shown[place] = rng.uniform(0.6, 1.0)
        n[:, rep] += added
        k[:, rep] += rng.binomial(np.broadcast_to(added, shown.shape), shown)
    return np.isin(np.arange(reps), fakers)
