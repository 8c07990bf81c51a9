"""The worlds of the calibration, and the run over all of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from workbench.evidence.calibration.simulate import simulate
from workbench.evidence.calibration.table import Row, row_of
from workbench.evidence.calibration.worlds import World

TEAMS = tuple((reps, periods) for periods in (6, 12, 24, 36) for reps in (8, 12, 20, 50, 100, 200))
FEW_KINDS = ("noise", "trait", "lever", "lagged_lever", "copy")
MOST = 400


@dataclass(frozen=True)
class Cell:
    """A world and what is unusual about it; ordinary teams have no note."""

    world: World
    note: str = ""


def cells() -> tuple[Cell, ...]:
    """Every team with links of .3 and every kind of KPI; links of .2 and .5 for power; then unusual teams.

    Teams of equal length follow each other, since they share the crowd that stands for the truth.
    """
    ordinary = [Cell(World(reps, periods)) for reps, periods in TEAMS]
    power = [Cell(World(n, t, link=link, kinds=FEW_KINDS)) for link in (0.2, 0.5) for n, t in TEAMS]
    unusual = [
        Cell(World(20, 24, tails=4), "sales with fat tails"),
        Cell(World(20, 24, leavers=0.8), "most reps come late or leave early"),
        Cell(World(20, 24, skill=3), "reps differ three times as much as periods"),
        Cell(World(20, 24, season=3), "a strong season"),
        Cell(World(10, 24), "ten reps"),
        Cell(World(10, 12), "ten reps"),
    ]
    return tuple(ordinary + power + unusual)


def run(histories: int = MOST, processes: int = 2, progress: Callable[[int, int], None] | None = None) -> list[Row]:
    """Simulate every cell; half as many histories where only power is asked for."""
    wanted = cells()
    with ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(_row, cell, histories, seed) for seed, cell in enumerate(wanted)]
        rows = []
        for place, job in enumerate(jobs, start=1):
            rows.append(job.result())
            if progress:
                progress(place, len(jobs))
    return rows


def _row(cell: Cell, histories: int, seed: int) -> Row:
    if cell.world.kinds == FEW_KINDS:
        return row_of(simulate(cell.world, -(-histories // 2), seed, crowd=0), cell.note)
    return row_of(simulate(cell.world, histories, seed), cell.note)
