"""Store and read the calibration of the coaching plan: false spreads, power and coverage, by kind and size of team."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from workbench.data.files.result_table import write_result_rows
from workbench.phases.calibration.planted_teams import NOTHING_PLANTED, TeamKind
from workbench.phases.calibration.simulate_phases import Held, PhaseTally

PHASE_TABLE = Path(__file__).with_name("table.json")
MOST_FALSE, LEAST_RIGHT, LEAST_NO_PLAN, LEAST_HELD = 0.05, 0.90, 0.95, 0.93
ENOUGH = 30
"""Plans, or intervals, under which a share says nothing."""
ONE_SIDED = 1.645
Bound = Literal["false_spread", "plan_right", "no_plan", "rates", "achievable", "months", "improved"]

KNOWN_MISSES: frozenset[tuple[TeamKind, Bound]] = frozenset({
    ("new code mid-year", "rates"), ("new code mid-year", "months"), ("reps drift", "false_spread"),
    ("reps drift", "no_plan"), ("bimodal", "achievable"), ("coding habits", "rates"),
})  # fmt: skip
"""Promises that do not hold in a kind of team, at some size: published, and said where such a team is recognised."""


@dataclass(frozen=True)
class PhaseCalibrationRow:
    """The calibration in one world.

    Attributes
    ----------
    kind, reps, dials, spread : the world, as ``PhaseWorld``. teams : how many were drawn.
    false_spread : share of teams in which reps are said to differ at a phase where they do not; None where they differ
        a little everywhere. false_error : its Monte-Carlo standard error.
    found : share of teams in which the planted difference is found; None where nothing is planted.
    plans : how many teams got a plan. right : share of these for the planted phase; None without plans or plant.
    no_plan : share of teams without a plan.
    rates, planted_rates, achievable, months : share of 95 % intervals that hold the truth, of reps' rates at all phases
        and at the planted one, of the level the team can reach, and of the team's months; None without any.
    n_intervals : how many intervals of each.
    improved : share of coached reps said to have improved though coaching did nothing; None where nobody was coached.
    cannot_tell : reason → share of (team, phase).
    """

    kind: TeamKind
    reps: int
    dials: int
    spread: float
    teams: int
    false_spread: float | None
    false_error: float
    found: float | None
    plans: int
    right: float | None
    no_plan: float
    rates: float | None
    planted_rates: float | None
    achievable: float | None
    months: float | None
    n_intervals: dict[str, int]
    improved: float | None
    cannot_tell: dict[str, float]

    @property
    def planted(self) -> bool:
        """Whether there is something to find."""
        return self.kind not in NOTHING_PLANTED

    @property
    def missed(self) -> tuple[Bound, ...]:
        """Which promises do not hold here, by more than the Monte-Carlo error of so many teams."""
        n, teams = self.n_intervals, self.teams
        bounds: dict[Bound, bool] = {
            "false_spread": _below(1 - (self.false_spread or 0), 1 - MOST_FALSE, teams),
            "plan_right": _below(self.right, LEAST_RIGHT, self.plans),
            "no_plan": not self.planted and _below(self.no_plan, LEAST_NO_PLAN, teams),
            "rates": _below(self.rates, LEAST_HELD, n["rates"]),
            "achievable": self.planted and _below(self.achievable, LEAST_HELD, n["achievable"]),
            "months": _below(self.months, LEAST_HELD, n["months"]),
            "improved": _below(1 - (self.improved or 0), 1 - MOST_FALSE, n["coached"]),
        }
        return tuple(name for name, missed in bounds.items() if missed)


def _below(share: float | None, least: float, n: int) -> bool:
    """Whether a share of n is below what was promised, by more than chance (one-sided 5 %)."""
    return share is not None and n >= ENOUGH and share < least - ONE_SIDED * np.sqrt(least * (1 - least) / n)


def phase_row(tally: PhaseTally) -> PhaseCalibrationRow:
    """Summarize one simulated world."""
    world, teams = tally.world, max(tally.teams, 1)
    planted = world.kind not in NOTHING_PLANTED
    false = tally.false_spread / teams
    held: dict[str, Held] = {name: getattr(tally, name) for name in ("rates", "planted_rates", "achievable", "months")}
    return PhaseCalibrationRow(
        world.kind, world.reps, world.dials, world.spread, tally.teams,
        None if world.kind == "small and one real" else false, float(np.sqrt(false * (1 - false) / teams)),
        tally.found / teams if planted else None, tally.plans,
        tally.right / tally.plans if planted and tally.plans else None, 1 - tally.plans / teams,
        held["rates"].share, held["planted_rates"].share, held["achievable"].share, held["months"].share,
        {name: each.of for name, each in held.items()} | {"coached": tally.coached},
        tally.improved / tally.coached if tally.coached else None,
        {why: n / max(tally.phases, 1) for why, n in sorted(tally.cannot_tell.items())},
    )  # fmt: skip


def rows_like_team(
    reps: int, dials: float, rows: Sequence[PhaseCalibrationRow] | None = None
) -> tuple[PhaseCalibrationRow, ...]:
    """Return the rows of the simulated size that is most similar, on a log scale: one per kind of team and spread.

    Parameters
    ----------
    reps : of the team. dials : attempts at the first phase of the median rep, over all months.
    """
    known = load_phase_table() if rows is None else tuple(rows)
    size = min(
        {(row.reps, row.dials) for row in known},
        key=lambda each: (np.hypot(np.log(each[0] / max(reps, 1)), np.log(each[1] / max(dials, 1))), each),
    )
    return tuple(row for row in known if (row.reps, row.dials) == size)


def save_phase_table(rows: Sequence[PhaseCalibrationRow], path: Path = PHASE_TABLE) -> None:
    """Write the rows, numbers to four decimals, one row a line."""
    write_result_rows(rows, path)


@cache
def load_phase_table(path: Path = PHASE_TABLE) -> tuple[PhaseCalibrationRow, ...]:
    """Read the stored rows."""
    return tuple(PhaseCalibrationRow(**row) for row in json.loads(path.read_text(encoding="utf-8")))
