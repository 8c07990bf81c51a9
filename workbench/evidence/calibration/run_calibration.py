"""Define the worlds of the calibration, and simulate all of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from workbench.evidence.calibration.calibration_table import CalibrationRow, calibration_row
from workbench.evidence.calibration.confounded_worlds import ConfoundedWorld, Confounder
from workbench.evidence.calibration.dated_worlds import DatedWorld
from workbench.evidence.calibration.simulate import CROWD, AnyWorld, simulate_world
from workbench.evidence.calibration.worlds import World

TEAMS = tuple((reps, periods) for periods in (6, 12, 24, 36) for reps in (8, 12, 20, 50, 100, 200))
FEW_KINDS = ("noise", "trait", "lever", "lagged_lever", "copy")
MOST = 200
LARGE = 100  # reps, from which half as many histories do
DICE = 20_261_129
"""Added to the seeds: other dice than those on which rules were tried."""


@dataclass(frozen=True)
class CalibrationCell:
    """A world, and a note on what is unusual about it; ordinary teams have none."""

    world: AnyWorld
    note: str = ""

    @property
    def share(self) -> float:
        """Share of the histories that are drawn: half for power alone, and half for large teams."""
        return (0.5 if self.world.kinds == FEW_KINDS else 1.0) * (0.5 if self.world.reps >= LARGE else 1.0)


def calibration_cells() -> tuple[CalibrationCell, ...]:
    """List the worlds: every team size with links of .3 and every kind of KPI; links of .2 and .5; unusual teams.

    Teams of equal length follow each other, since they share the crowd that stands for the truth.
    """
    ordinary = [CalibrationCell(World(reps, periods)) for reps, periods in TEAMS]
    power = [CalibrationCell(World(n, t, link=link, kinds=FEW_KINDS)) for link in (0.2, 0.5) for n, t in TEAMS]
    unusual = [
        CalibrationCell(World(20, 24, tails=4), "sales with fat tails"),
        CalibrationCell(World(20, 24, leavers=0.8), "most reps come late or leave early"),
        CalibrationCell(World(20, 24, skill=3), "reps differ three times as much as periods"),
        CalibrationCell(World(20, 24, season=3), "a strong season"),
        CalibrationCell(World(10, 24), "ten reps"),
        CalibrationCell(World(10, 12), "ten reps"),
    ]
    by_days = [
        CalibrationCell(DatedWorld(20, 24), "drawn by day, nobody away"),
        CalibrationCell(DatedWorld(20, 24, cut="joining"), "months cut by joining and leaving"),
        CalibrationCell(DatedWorld(50, 24, cut="joining"), "months cut by joining and leaving"),
        CalibrationCell(DatedWorld(20, 24, cut="vacations"), "months cut by vacations"),
        CalibrationCell(DatedWorld(50, 24, cut="vacations"), "months cut by vacations"),
        CalibrationCell(DatedWorld(20, 24, cut="joining", per_day=0.15, deals=0.1), "too little activity to read days"),
        CalibrationCell(DatedWorld(20, 24, grain="day"), "imported by day"),
        CalibrationCell(DatedWorld(20, 24, grain="week"), "imported by week"),
        CalibrationCell(DatedWorld(20, 24, grain="quarter"), "imported by quarter"),
    ]
    return tuple(ordinary + power + unusual + by_days + _confounded_cells())


def _confounded_cells() -> list[CalibrationCell]:
    """List the worlds in which something else makes a link, or in which the goal drives the KPI."""
    kinds: tuple[tuple[Confounder, str], ...] = (
        ("regional shocks", "shocks by region"), ("campaign", "a campaign in each region"),
    )  # fmt: skip
    shared = [
        CalibrationCell(ConfoundedWorld(reps, 24, kind, known), f"{said}, {'known' if known else 'unknown'}")
        for kind, said in kinds
        for reps in (20, 50)
        for known in (True, False)
    ]
    return [
        *shared,
        CalibrationCell(ConfoundedWorld(20, 24, "territory × season", False), "the season differs by territory"),
        CalibrationCell(ConfoundedWorld(20, 24, "territory redrawn", False), "territories redrawn once"),
        CalibrationCell(ConfoundedWorld(20, 24, "follow-up at once"), "follow-up on sales at once, days known"),
        CalibrationCell(ConfoundedWorld(20, 24, "follow-up at once", False), "follow-up on sales at once, months only"),
        CalibrationCell(ConfoundedWorld(20, 24, "follow-up within weeks"), "follow-up within weeks, days known"),
        CalibrationCell(
            ConfoundedWorld(20, 24, "follow-up within weeks", False), "follow-up within weeks, months only"
        ),
        CalibrationCell(ConfoundedWorld(20, 24, "lever with follow-up"), "a lever that also causes follow-up"),
        CalibrationCell(ConfoundedWorld(20, 24, "lever by days"), "a lever, days known"),
        CalibrationCell(ConfoundedWorld(20, 24, "rows shared"), "the KPI shares rows with the goal"),
    ]


def run_calibration(
    histories: int = MOST, processes: int = 2, progress: Callable[[int, int], None] | None = None
) -> list[CalibrationRow]:
    """Simulate every cell; fewer histories of large teams, and where only power is asked for."""
    wanted = calibration_cells()
    with ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(_simulate_row, cell, histories, seed) for seed, cell in enumerate(wanted)]
        rows = []
        for place, job in enumerate(jobs, start=1):
            rows.append(job.result())
            if progress:
                progress(place, len(jobs))
    return rows


def _simulate_row(cell: CalibrationCell, histories: int, seed: int) -> CalibrationRow:
    drawn, crowd = int(-(-histories * cell.share // 1)), 0 if cell.world.kinds == FEW_KINDS else CROWD
    return calibration_row(simulate_world(cell.world, drawn, DICE + seed, crowd), cell.note)
