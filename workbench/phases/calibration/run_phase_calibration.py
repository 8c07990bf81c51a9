"""List the worlds in which the coaching plan is calibrated, and simulate them all."""

from __future__ import annotations

from collections.abc import Callable

from workbench.phases.calibration.phase_table import PhaseCalibrationRow, phase_row
from workbench.phases.calibration.planted_teams import NOTHING_PLANTED, PhaseWorld
from workbench.phases.calibration.simulate_phases import simulate_phases

TEAM_SIZES = (3, 6, 20)
DIALS = (50, 200, 1500)
TEAMS_EACH = 200
DICE = 20_261_201
"""The seed of the shipped table: other dice than those on which the method was chosen."""
MODEST, WIDE_SPREAD = 0.15, 0.30
"""Standard deviation ÷ mean of the reps' rates: just worth coaching, and plain."""


def phase_worlds() -> tuple[PhaseWorld, ...]:
    """List the worlds: nothing to find, then with a planted phase."""
    sizes = [(reps, dials) for reps in TEAM_SIZES for dials in DIALS]
    return (
        *(PhaseWorld(kind, *size) for kind in NOTHING_PLANTED for size in sizes),
        *(PhaseWorld("one real", *size, spread) for spread in (MODEST, WIDE_SPREAD) for size in sizes),
        *(PhaseWorld("one real and shocks", *size, WIDE_SPREAD) for size in sizes),
        *(PhaseWorld("small and one real", *size, WIDE_SPREAD) for size in sizes),
        *(PhaseWorld("bimodal", *size, WIDE_SPREAD) for size in sizes),
        *(PhaseWorld("worst coached", *size, MODEST) for size in sizes),
    )


def run_phase_calibration(
    teams: int = TEAMS_EACH, seed: int = DICE, progress: Callable[[int, int], None] | None = None
) -> tuple[PhaseCalibrationRow, ...]:
    """Simulate every world.

    Parameters
    ----------
    teams : drawn in each world; 200 take half an hour. seed : the same seed gives the same rows.
    progress : called with how many worlds are done, and out of how many.
    """
    worlds, rows = phase_worlds(), []
    for place, world in enumerate(worlds):
        rows.append(phase_row(simulate_phases(world, teams, (seed, place))))
        if progress is not None:
            progress(place + 1, len(worlds))
    return tuple(rows)
