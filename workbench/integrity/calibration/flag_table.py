"""Store and read the calibration of named flags: honest reps named, and power, by world."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from workbench.data.files.result_table import write_result_rows
from workbench.integrity.calibration.simulate import FlagCounts
from workbench.integrity.calibration.worlds import Begin, WorldKind

FLAG_TABLE = Path(__file__).with_name("table.json")
BUDGET = 0.05
"""Honest reps named per team and year, at most."""
Excuse = Literal["", "few_with_one_job"]
UNRECOGNISABLE: dict[WorldKind, Excuse] = {"subrole of two": "few_with_one_job"}
"""Worlds that counts cannot tell from faking, and why: only a role given to the reps can."""


@dataclass(frozen=True)
class FlagCalibrationRow:
    """The calibration in one world.

    Attributes
    ----------
    kind, reps, months, empty, begin : the world, as ``FlagWorld``. teams : how many were drawn.
    honest_named : honest reps named per team and year. honest_error : its Monte-Carlo standard error.
    power : share of fakers named; None where nobody fakes.
    cannot_tell : reason → share of (team, check). different : kind of job → reps a team.
    excuse : why the budget cannot hold in this world; "" where it must.
    """

    kind: WorldKind
    reps: int
    months: int
    empty: float
    begin: Begin
    teams: int
    honest_named: float
    honest_error: float
    power: float | None
    cannot_tell: dict[str, float]
    different: dict[str, float]
    excuse: Excuse

    @property
    def holds(self) -> bool:
        """Whether at most the budget of honest reps is named."""
        return self.honest_named <= BUDGET


def flag_row(counts: FlagCounts) -> FlagCalibrationRow:
    """Summarize one simulated world."""
    world, years = counts.world, counts.world.months / 12
    honest = np.array(counts.honest_named) / years
    return FlagCalibrationRow(
        world.kind, world.reps, world.months, world.empty, world.begin, len(honest),
        float(honest.mean()), float(honest.std(ddof=1) / np.sqrt(len(honest))),
        counts.fakers_named / counts.fakers if counts.fakers else None,
        counts.cannot_tell, counts.different, UNRECOGNISABLE.get(world.kind, ""),
    )  # fmt: skip


def save_flag_table(rows: Sequence[FlagCalibrationRow], path: Path = FLAG_TABLE) -> None:
    """Write the rows, numbers to four decimals, one row a line."""
    write_result_rows(rows, path)


@cache
def load_flag_table(path: Path = FLAG_TABLE) -> tuple[FlagCalibrationRow, ...]:
    """Read the stored rows."""
    return tuple(FlagCalibrationRow(**row) for row in json.loads(path.read_text(encoding="utf-8")))
