"""Define the worlds of the calibration, and simulate all of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from workbench.evidence.calibration.calibration_table import CalibrationRow, calibration_row, merge_rows
from workbench.evidence.calibration.confounded_worlds import ConfoundedWorld, Confounder
from workbench.evidence.calibration.dated_worlds import DatedWorld
from workbench.evidence.calibration.simulate import CROWD, AnyWorld, simulate_world, stored_truth
from workbench.evidence.calibration.unusual_worlds import Unusual, UnusualWorld
from workbench.evidence.calibration.worlds import World

TEAMS = tuple((reps, periods) for periods in (6, 12, 24, 36) for reps in (8, 12, 20, 50, 100, 200))
FEW_KINDS = ("noise", "trait", "lever", "lagged_lever", "copy")
MOST, ROUND = 200, 50
LARGE = 100  # reps
DICE = 20_261_129
"""Added to the seeds: other dice than those on which rules were tried."""


@dataclass(frozen=True)
class Limits:
    """What the checks must keep to in a world; NaN where its data cannot show it, and the page warns instead.

    Attributes
    ----------
    useless_kept : the largest share of histories in which a useless KPI is kept.
    lever_dropped : the largest share in which a lever of .3 and more is dropped, in teams of ten reps and more.
    coverage : the smallest share of intervals within reps that hold the truth, where there is a crowd to tell it.
    """

    useless_kept: float = 0.05
    lever_dropped: float = 0.02
    coverage: float = 0.93


HARDLY_COUNTED = Limits(lever_dropped=np.nan)
"""With three events a month, the counts of a real driver have a link of .08: too small to matter, and dropped."""
UNKNOWN_CAUSE = Limits(coverage=np.nan)
"""Intervals by reps alone do not hold where reps share a cause; the page shows wider ones, and says why."""
ORDER_UNKNOWN = Limits(useless_kept=np.nan)
"""Sales that last hide in months what comes first; the page says that it cannot show which came first."""


@dataclass(frozen=True)
class CalibrationCell:
    """A world, a note on what is unusual about it (ordinary teams have none), and what must hold in it."""

    world: AnyWorld
    note: str = ""
    limits: Limits = Limits()

    @property
    def share(self) -> float:
        """Share of the histories that are drawn: under a third for power alone, half of that in large teams."""
        if self.world.kinds == FEW_KINDS:
            return 0.15 if self.world.reps >= LARGE else 0.3
        return 0.5 if self.world.reps >= LARGE else 1.0


def calibration_cells() -> tuple[CalibrationCell, ...]:
    """List the worlds: every team size with links of .3 and every kind of KPI; links of .2 and .5; unusual teams."""
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
        CalibrationCell(
            DatedWorld(20, 24, cut="joining", per_day=0.15, deals=0.1),
            "too little activity to read days",
            HARDLY_COUNTED,
        ),
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
        CalibrationCell(
            ConfoundedWorld(reps, 24, kind, known), f"{said}, {'known' if known else 'unknown'}",
            Limits() if known else UNKNOWN_CAUSE,
        )
        for kind, said in kinds
        for reps in (20, 50)
        for known in (True, False)
    ]  # fmt: skip
    unusual: tuple[tuple[Unusual, str], ...] = (
        ("tiny counts", "half a deal a month"), ("many zeros", "nothing done or sold in half of the months"),
        ("ramp", "newcomers who are still learning"), ("ended link", "a link that ended at half time"),
    )  # fmt: skip
    return [
        *shared,
        *(CalibrationCell(UnusualWorld(20, 24, kind), said) for kind, said in unusual),
        CalibrationCell(ConfoundedWorld(20, 24, "territory × season", False), "the season differs by territory"),
        CalibrationCell(ConfoundedWorld(20, 24, "territory redrawn", False), "territories redrawn once"),
        CalibrationCell(ConfoundedWorld(20, 24, "follow-up at once"), "follow-up on sales at once, days known"),
        CalibrationCell(ConfoundedWorld(20, 24, "follow-up at once", False), "follow-up on sales at once, months only"),
        CalibrationCell(ConfoundedWorld(20, 24, "follow-up within weeks"), "follow-up within weeks, days known"),
        CalibrationCell(
            ConfoundedWorld(20, 24, "follow-up within weeks", False), "follow-up within weeks, months only"
        ),
        CalibrationCell(
            ConfoundedWorld(20, 24, "follow-up on a goal with memory"), "follow-up on sales that last, days known"
        ),
        CalibrationCell(
            ConfoundedWorld(20, 24, "follow-up on a goal with memory", False),
            "follow-up on sales that last, months only",
            ORDER_UNKNOWN,
        ),
        CalibrationCell(ConfoundedWorld(20, 24, "lever with follow-up"), "a lever that also causes follow-up"),
        CalibrationCell(ConfoundedWorld(20, 24, "lever by days"), "a lever, days known"),
        CalibrationCell(ConfoundedWorld(20, 24, "rows shared"), "the KPI shares rows with the goal"),
        CalibrationCell(ConfoundedWorld(20, 24, "the very rows"), "the KPI counts the goal's rows"),
    ]


def run_calibration(
    histories: int = MOST, processes: int = 2, progress: Callable[[int, int], None] | None = None,
    parts: Path | None = None,
) -> list[CalibrationRow]:  # fmt: skip
    """Simulate every cell; fewer histories where only power is asked for.

    Every cell is simulated in rounds of ``ROUND`` histories, one round of all cells after the other.

    Parameters
    ----------
    parts : folder in which the row of each round of a cell is kept, so that a run that was stopped goes on where it
        was, and one of more histories adds to one of fewer. Empty it when the code or the worlds have changed.
    """
    if parts is None:
        with TemporaryDirectory() as folder:
            return run_calibration(histories, processes, progress, Path(folder))
    cells = calibration_cells()
    sizes = [min(ROUND, histories - start) for start in range(0, histories, ROUND)]
    jobs = [_Job(cell, size, place, number) for number, size in enumerate(sizes) for place, cell in enumerate(cells)]
    rows: list[list[CalibrationRow]] = [[] for _ in cells]
    with ProcessPoolExecutor(processes) as pool:
        crowds = dict.fromkeys(crowd for cell in cells if (crowd := _crowd(cell)) is not None)
        for stored in [pool.submit(stored_truth, crowd, parts) for crowd in crowds]:
            stored.result()
        waiting = [pool.submit(_run_job, job, parts) for job in jobs]
        for done, (job, found) in enumerate(zip(jobs, waiting, strict=True), start=1):
            rows[job.place].append(found.result())
            if progress:
                progress(done, len(jobs))
    return [merge_rows(own) for own in rows]


@dataclass(frozen=True)
class _Job:
    """One round of one cell: how many histories, and the numbers of the cell and the round."""

    cell: CalibrationCell
    histories: int
    place: int
    number: int


def _crowd(cell: CalibrationCell) -> AnyWorld | None:
    """Return the world whose estimates stand for the truth; None where intervals are not asked for."""
    return None if cell.world.kinds == FEW_KINDS else cell.world.crowd(CROWD)


def _run_job(job: _Job, parts: Path) -> CalibrationRow:
    drawn = int(np.ceil(job.histories * job.cell.share))
    path = parts / f"{job.number}-{job.place}-{drawn}.json"
    if path.exists():
        return CalibrationRow(**json.loads(path.read_text(encoding="utf-8")))
    crowd = _crowd(job.cell)
    truth = {} if crowd is None else stored_truth(crowd, parts)
    row = calibration_row(
        simulate_world(job.cell.world, drawn, DICE + 1000 * job.number + job.place, truth), job.cell.note
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(row)), encoding="utf-8")
    return row
