"""Define the worlds of the calibration, and simulate all of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from workbench.evidence.calibration.calibration_table import CalibrationRow, calibration_row
from workbench.evidence.calibration.dated_worlds import DatedWorld
from workbench.evidence.calibration.simulate import simulate_world
from workbench.evidence.calibration.worlds import World

TEAMS = tuple((reps, periods) for periods in (6, 12, 24, 36) for reps in (8, 12, 20, 50, 100, 200))
FEW_KINDS = ("noise", "trait", "lever", "lagged_lever", "copy")
MOST = 400


@dataclass(frozen=True)
class CalibrationCell:
    """A world, and a note on what is unusual about it; ordinary teams have none."""

    world: World | DatedWorld
    note: str = ""


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
    return tuple(ordinary + power + unusual + by_days)


def run_calibration(
    histories: int = MOST, processes: int = 2, progress: Callable[[int, int], None] | None = None
) -> list[CalibrationRow]:
    """Simulate every cell; half as many histories where only power is asked for."""
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
    if cell.world.kinds == FEW_KINDS:
        return calibration_row(simulate_world(cell.world, -(-histories // 2), seed, crowd=0), cell.note)
    return calibration_row(simulate_world(cell.world, histories, seed), cell.note)
