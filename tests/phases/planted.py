"""Simulated teams whose true rates are known, as counts of phases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.phases.phase_cube import PhaseCube

RATES = (0.25, 0.5, 0.5, 0.6, 0.5)
NAMES = ("Reached", "Conversation", "Need found", "Offer discussed", "Meeting set")


@dataclass(frozen=True, eq=False)
class Team:
    """A simulated team.

    Attributes
    ----------
    rates : (phases, reps) true rates on the team's mix of lists and months. months : (phases, months) the team's true
        rates by month, without the luck of any rep's month or list.
    """

    cube: PhaseCube
    rates: np.ndarray
    months: np.ndarray


def logit(rate: np.ndarray | float) -> np.ndarray:
    return np.log(rate) - np.log1p(-np.asarray(rate))


def expit(log_odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-log_odds))


def team(
    rng: np.random.Generator,
    reps: int = 20,
    dials: int = 1500,
    spread: tuple[float, ...] = (0, 0, 0, 0, 0),
    shock: float = 0.0,
    lists: str = "shared",
    list_luck: float = 0.0,
    habit: float = 0.0,
    months: int = 12,
) -> Team:
    """Simulate a team.

    Parameters
    ----------
    dials : calls per rep over all months. spread : standard deviation ÷ mean of the reps' rates, by phase.
    shock : of log-odds, per rep and month, by phase. lists : ``shared`` (everybody calls four lists every month) or
        ``quarterly`` (each rep gets a list of their own each quarter). list_luck : of log-odds, per list, by phase.
    habit : the share of conversations that half of the team logs one step lower.
    """
    sd = [s * r for s, r in zip(spread, RATES, strict=True)]
    size = [r * (1 - r) / d**2 - 1 if d else np.inf for r, d in zip(RATES, sd, strict=True)]
    rates = np.array([rng.beta(r * m, (1 - r) * m, reps) if np.isfinite(m) else np.full(reps, r)
                      for r, m in zip(RATES, size, strict=True)])  # fmt: skip
    who, where, when = _cells(reps, months, lists)
    n_lists = where.max() + 1
    move = shock * rng.normal(size=(len(RATES), reps, months))
    luck = list_luck * rng.normal(size=(len(RATES), n_lists))
    calls = rng.poisson(dials / (len(who) / reps) * np.exp(0.2 * rng.normal(size=reps))[who])
    reached, usual, by_month = [calls], [], []
    team_month = 0.15 * rng.normal(size=(len(RATES), months))
    for k in range(len(RATES)):
        place = team_month[k, when] + (luck[k, where] if lists == "shared" else 0)
        usual.append(expit(logit(rates[k])[:, None] + place) @ reached[-1] / reached[-1].sum())
        chance = expit(logit(rates[k])[who] + place)
        by_month.append(np.bincount(when, chance * reached[-1]) / np.maximum(np.bincount(when, reached[-1]), 1))
        own = move[k, who, when] + (luck[k, where] if lists == "quarterly" else 0)
        chance = expit(logit(rates[k])[who] + place + own)
        reached.append(rng.binomial(reached[-1], chance))
    if habit:
        lower = rng.binomial(reached[2], habit * (who % 2))
        reached[2] = np.maximum(reached[2] - lower, reached[3])
    names = tuple(f"rep {i:02}" for i in range(reps))
    cube = PhaseCube(
        names, tuple(f"list {i:03}" for i in range(n_lists)), tuple(f"2025-{t + 1:02}" for t in range(months)),
        NAMES, who, where, when, np.array(reached, float),
    )  # fmt: skip
    return Team(cube, np.array(usual), np.array(by_month))


def _cells(reps: int, months: int, lists: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if lists == "quarterly":
        who, when = (each.ravel() for each in np.indices((reps, months)))
        return who, who * (months // 3) + when // 3, when
    who, where, when = (each.ravel() for each in np.indices((reps, 4, months)))
    return who, where, when
