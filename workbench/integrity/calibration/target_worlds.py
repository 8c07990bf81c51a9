"""Simulate teams with a target: how often values are said to crowd at it, and links to the goal to have ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from workbench.design.model import Kpi
from workbench.integrity.bunching import judge_values_at_target
from workbench.integrity.decoupling import Decoupling
from workbench.integrity.slope_change import dates_to_search, find_slope_changes

TARGET_TABLE = Path(__file__).with_name("target_table.json")
TEAMS, MEASURED = 400, 20_261_130
REPS, MONTHS = 24, 18
TARGET, PUSHED, NEAR = 50.0, 0.5, 4
EACH_SIDE = 6
TargetFinding = Literal["crowding", "link ended, date given", "link ended, date searched"]


@dataclass(frozen=True)
class TargetWorldRow:
    """What was found in simulated teams of 24 reps and 18 months.

    Attributes
    ----------
    finding : which. world : the kind of team. planted : whether there is something to find: half of the near misses
        were brought to the target, or the link ended in the tenth month. teams : drawn. found : share of teams.
    """

    finding: TargetFinding
    world: str
    planted: bool
    teams: int
    found: float


def run_target_calibration(
    teams: int = TEAMS, seed: int = MEASURED, progress: Callable[[int, int], None] | None = None
) -> tuple[TargetWorldRow, ...]:
    """Simulate every world; 400 teams of each take some minutes.

    Parameters
    ----------
    seed : the same seed gives the same rows. progress : called with how many worlds are done, and out of how many.
    """
    rows: list[TargetWorldRow] = []
    say = progress or (lambda done, of: None)
    worlds = len(CROWDS) + len(LINKS)
    for place, (world, make) in enumerate(CROWDS.items()):
        counted = world not in HEAPED
        dice = [np.random.default_rng((seed, place, team)) for team in range(teams)]
        drawn = [(make(rng), rng) for rng in dice]
        target = SMALL if world == "small counts" else TARGET
        near = 2 if world == "small counts" else NEAR
        for planted in (False, True):
            found = [
                _crowds(_pushed(values, rng, target, near) if planted else values, target, counted)
                for values, rng in drawn
            ]
            rows.append(TargetWorldRow("crowding", world, planted, teams, float(np.mean(found))))
        say(place + 1, worlds)
    for place, (world, link) in enumerate(LINKS.items(), start=len(CROWDS)):
        given, searched = [], []
        for team in range(teams):
            x, y = link(np.random.default_rng((seed, place, team)))
            given.append(_ended(x, y, (MONTHS // 2,)))
            searched.append(_ended(x, y, dates_to_search(MONTHS, EACH_SIDE)))
        planted = world in ENDED
        rows.append(TargetWorldRow("link ended, date given", world, planted, teams, float(np.mean(given))))
        rows.append(TargetWorldRow("link ended, date searched", world, planted, teams, float(np.mean(searched))))
        say(place + 1, worlds)
    return tuple(rows)


def save_target_table(rows: Sequence[TargetWorldRow], path: Path = TARGET_TABLE) -> None:
    """Write the rows as JSON."""
    path.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")


@cache
def load_target_table(path: Path = TARGET_TABLE) -> tuple[TargetWorldRow, ...]:
    """Read the stored rows."""
    return tuple(TargetWorldRow(**row) for row in json.loads(path.read_text(encoding="utf-8")))


def _crowds(values: np.ndarray, target: float, counted: bool) -> bool:
    kpi = Kpi(name="k", formula="k", target=target)
    reps = np.repeat(np.arange(len(values)), values.shape[1])
    return judge_values_at_target(kpi, values.ravel(), np.full(values.size, target), reps, counted).found


def _pushed(values: np.ndarray, rng: np.random.Generator, target: float, near: float) -> np.ndarray:
    """Bring half of the near misses to the target."""
    short = (values < target) & (values >= target - near) & (rng.random(values.shape) < PUSHED)
    return np.where(short, target, values)


def _ended(x: np.ndarray, y: np.ndarray, places: Sequence[int]) -> bool:
    changes = find_slope_changes(x, y, tuple(places))
    return Decoupling("k", pd.Timestamp("2024-01-01"), False, changes).fall is not None


def _values(rng: np.random.Generator, mean: float, spread: float) -> np.ndarray:
    """Whole values; over a third of the variance are the reps' own levels."""
    return np.round(mean + spread * (0.6 * rng.normal(size=(REPS, 1)) + 0.8 * rng.normal(size=(REPS, MONTHS))))


def _rounded(rng: np.random.Generator, step: int) -> np.ndarray:
    """Written by hand: three in ten are round numbers."""
    values = _values(rng, 45, 12)
    return np.where(rng.random(values.shape) < 0.3, np.round(values / step) * step, values)


SMALL = 8.0
HEAPED = ("rounded to fives", "rounded to tens")
CROWDS: dict[str, Callable[[np.random.Generator], np.ndarray]] = {
    "wide spread": lambda rng: _values(rng, 45, 10),
    "a target that many meet": lambda rng: _values(rng, 51, 3),
    "compressed at the target": lambda rng: _values(rng, 50, 1.5),
    "small counts": lambda rng: rng.poisson(SMALL, (REPS, MONTHS)).astype(float),
    "heavy tails": lambda rng: np.round(48 + 5 * rng.standard_t(3, (REPS, MONTHS))),
    "rounded to fives": lambda rng: _rounded(rng, 5),
    "rounded to tens": lambda rng: _rounded(rng, 10),
}


def _link(rng: np.random.Generator, left: float = 1.0, spread: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """KPI and goal, r² .3 within reps, with levels that both share, season and memory.

    From the middle on the slope is ``left`` of it and the KPI's spread ``spread`` of it.
    """
    after = np.arange(MONTHS) >= MONTHS // 2
    level = rng.normal(size=(REPS, 1))
    own, error = _with_memory(rng, 0.5), _with_memory(rng, 0.3)
    own = own * np.where(after, spread, 1.0)
    goal = own * np.where(after, left, 1.0) + np.sqrt(0.7 / 0.3) * error + 2 * level + 2 * rng.normal(size=MONTHS)
    return own + level + rng.normal(size=MONTHS), goal


def _together(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Everybody moves to the target: the levels of the KPI come together, and those of the goal do not."""
    own, level = rng.normal(size=(REPS, MONTHS)), rng.normal(size=(REPS, 1))
    x = own + level * (np.arange(MONTHS) < MONTHS // 2)
    return x, x + 2 * level + 1.5 * rng.normal(size=x.shape)


def _with_memory(rng: np.random.Generator, rho: float) -> np.ndarray:
    found = rng.normal(size=(REPS, MONTHS))
    for month in range(1, MONTHS):
        found[:, month] = rho * found[:, month - 1] + np.sqrt(1 - rho**2) * found[:, month]
    return found


ENDED = ("the link ends", "half of the link ends")
LINKS: dict[str, Callable[[np.random.Generator], tuple[np.ndarray, np.ndarray]]] = {
    "a steady link": _link,
    "the target halves the spread": lambda rng: _link(rng, spread=0.5),
    "everybody moves to the target": _together,
    "the link ends": lambda rng: _link(rng, left=0.0),
    "half of the link ends": lambda rng: _link(rng, left=0.5),
}
