"""List the worlds in which named flags are calibrated, and simulate them all."""

from __future__ import annotations

from collections.abc import Callable

from workbench.integrity.calibration.flag_table import FlagCalibrationRow, flag_row
from workbench.integrity.calibration.simulate import simulate_flags
from workbench.integrity.calibration.worlds import RARE_GOALS, Begin, FlagWorld, WorldKind

SIZES = (12, 24, 40)
SMALLEST = 8
TEAMS = 400
MEASURED = 20_261_130
"""The seed of the shipped table: other dice than those on which the cut-offs were tuned."""
EMPTY = (0.10, 0.25, 0.50)
BEGINS: tuple[Begin, ...] = ("all year", "mid-year")
HONEST: tuple[WorldKind, ...] = (
    "calm", "heavy tails", "middling spread", "middling, drifting, correlated", "wide spread", "drift",
    "correlated checks", "wide, drifting, correlated", "uneven months", "subrole of five", "subrole that drifts",
    "subrole of two", "new job mid-year", "lists swapped", "bad list", "bad list, lists unknown", "new dialler",
    "new dialler, rhythm unknown", "other jobs", "small counts", "heaping",
)  # fmt: skip
UNEVEN: tuple[WorldKind, ...] = (
    "wide spread", "drift", "correlated checks", "uneven months", "bad list, lists unknown", "new dialler",
)  # fmt: skip
"""Worlds in which power is measured too."""


def flag_worlds() -> tuple[FlagWorld, ...]:
    """List the worlds: everybody honest, by size of team; then with fakers."""
    half = EMPTY[-1]
    return (
        *(FlagWorld(kind, reps) for kind in HONEST for reps in SIZES),
        *(FlagWorld(kind, SMALLEST) for kind in HONEST[:9]),
        *(FlagWorld("calm", reps, 12, empty, begin) for reps in SIZES for empty in EMPTY for begin in BEGINS),
        *(FlagWorld("a third fakes", reps, 12, half, begin) for reps in SIZES for begin in BEGINS),
        *(FlagWorld("one check only", reps, 12, half, begin) for reps in SIZES for begin in BEGINS),
        *(FlagWorld("everybody starts", reps, 12, half, "mid-year") for reps in SIZES),
        *(FlagWorld(kind, 24, 12, half, begin) for kind in UNEVEN for begin in BEGINS),
        *(FlagWorld("off the system", reps) for reps in SIZES),
        *(FlagWorld("off the system", 24, 12, half, begin) for begin in BEGINS),
        *(FlagWorld("off the system, no goal", reps) for reps in SIZES),
        *(FlagWorld("calm, with a goal", reps) for reps in SIZES),
        *(
            FlagWorld("calm, with a goal", reps, 12, empty, begin)
            for reps in SIZES
            for empty in EMPTY
            for begin in BEGINS
        ),
        *(FlagWorld(kind, reps) for kind in RARE_GOALS for reps in SIZES),
        *(FlagWorld(kind, 24, 12, half, begin) for kind in RARE_GOALS for begin in BEGINS),
    )


def run_integrity_calibration(
    teams: int = TEAMS, seed: int = MEASURED, progress: Callable[[int, int], None] | None = None
) -> tuple[FlagCalibrationRow, ...]:
    """Simulate every world.

    Parameters
    ----------
    teams : drawn in each world; 400 take a quarter of an hour. seed : the same seed gives the same rows.
    progress : called with how many worlds are done, and out of how many.
    """
    worlds, rows = flag_worlds(), []
    for place, world in enumerate(worlds):
        rows.append(flag_row(simulate_flags(world, teams, (seed, place))))
        if progress is not None:
            progress(place + 1, len(worlds))
    return tuple(rows)
