"""Simulated teams with rare or missing events, newcomers who are still learning, or a link that ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from workbench.evidence.calibration.worlds import draw_autocorrelated, record_from_grid, world_shocks
from workbench.evidence.record import Record

Unusual = Literal["tiny counts", "many zeros", "ramp", "ended link"]
LEARNING = 6  # periods in which a newcomer rises to the pace of the others
RARE = 0.5  # deals a rep and period
PACE = {"tiny counts": 0.85, "many zeros": 0.85, "ramp": 0.4, "ended link": 0.42}
"""Link of a lever's activity with the pace of sales of which about .3 is left to be counted."""


@dataclass(frozen=True)
class UnusualWorld:
    """A team with a useless KPI and a real lever.

    Attributes
    ----------
    kind : ``tiny counts``: half a deal a rep and month. ``many zeros``: nothing sold in half of the months, nothing
        done in four of ten. ``ramp``: half of the reps are newcomers, whose activity and sales rise alike over six
        months. ``ended link``: what one KPI did for the goal ended at half time.
    link : correlation within reps of the lever with the goal, as counted.
    """

    reps: int
    periods: int
    kind: Unusual
    link: float = 0.3

    @property
    def kinds(self) -> tuple[str, ...]:
        return ("ended", "lever") if self.kind == "ended link" else ("noise", "lever")

    def crowd(self, reps: int) -> UnusualWorld:
        """Return the same world with so many reps that its estimates stand for the truth."""
        return replace(self, reps=reps)

    def history(self, rng: np.random.Generator) -> Record:
        """Draw one history of the world."""
        other, lever, luck = (draw_autocorrelated(rng, self.reps, self.periods) for _ in range(3))
        share = PACE.get(self.kind, self.link)
        pace = share * lever + np.sqrt(1 - share**2) * luck
        if self.kind == "ended link":
            early = np.arange(self.periods) < self.periods // 2
            pace = share * (lever + other * early) + np.sqrt(1 - share**2 * (1 + early)) * luck
        level = np.exp(0.4 * rng.normal(size=(3, self.reps, 1)))
        season = 0.3 * world_shocks(self.periods)
        counted = np.stack([_count(move, own, rng) for move, own in zip((other, lever), level, strict=False)])
        if self.kind == "tiny counts":
            goal = rng.poisson(RARE * level[2] * np.exp(0.7 * pace + season - 0.25)).astype(float)
        elif self.kind == "many zeros":
            counted = counted * (rng.random(counted.shape) < np.clip(0.6 + 0.3 * np.stack([other, lever]), 0, 1))
            goal = (pace + season > 0) * level[2] * rng.gamma(2.0, size=pace.shape)
        else:
            goal = level[2] * np.exp(0.3 * (pace + season))
        there = np.ones(goal.shape, bool)
        if self.kind == "ramp":
            there, learnt = _newcomers(self.reps, self.periods, rng)
            goal, counted = goal * learnt, np.stack([rng.poisson(values * learnt) for values in counted])
        values = np.where(there, counted, np.nan)
        return record_from_grid(self.kinds, values, np.where(there, goal, np.nan), np.arange(self.reps) % 2)


def _count(move: np.ndarray, level: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Count activity of about forty a period."""
    return rng.poisson(40 * level * np.exp(0.35 * move)).astype(float)


def _newcomers(n: int, periods: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw (n, periods) whether each rep is there, and the share of the full pace; half join in the first half."""
    since = np.where(np.arange(n) < n // 2, rng.integers(0, periods // 2, n), -LEARNING)
    tenure = np.arange(periods) - since[:, None]
    return tenure >= 0, np.clip((tenure + 1) / (LEARNING + 1), 0, 1)
