"""List the worlds in which trials are calibrated, and simulate them all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from workbench.trials.calibration.simulate_trials import simulate_trials
from workbench.trials.calibration.trial_table import TrialCalibrationRow, trial_row
from workbench.trials.calibration.trial_worlds import TrialWorld, TrialWorldKind

HISTORIES = 400
"""Without an effect in each world; half as many with one."""
TRIAL_DICE = 20_261_202
"""The seed of the shipped table: other dice than those on which the method was chosen."""
PLANTED = 0.25
"""The planted effect, as a share of the level."""
TEAM, SIZES = 20, (4, 10, 16)
BY_SIZE: tuple[TrialWorldKind, ...] = (
    "drawn", "on results", "on ability", "biggest", "fewer workdays", "leavers", "price change", "long memory",
    "rare and heavy-tailed",
)  # fmt: skip
HALF: tuple[TrialWorldKind, ...] = (
    "leavers of one group", "shared pool", "comparison copies", "overlapping trial", "novelty fades",
    "mix reverses sign", "one after the other", "watched monthly",
)  # fmt: skip

ADDED: tuple[TrialWorldKind, ...] = (
    "one after the other, watched monthly", "one after the other, long memory", "one after the other, no last day",
    "looked at in other ways", "no last day",
)  # fmt: skip
"""Kinds that came later; at the end, since the place of a world decides its dice."""


def trial_worlds() -> tuple[TrialWorld, ...]:
    """List the worlds: who was picked how at three sizes, then what else may happen, then offices and everybody."""
    return (
        *(TrialWorld(kind, TEAM, size, PLANTED) for kind in BY_SIZE for size in SIZES),
        *(TrialWorld(kind, TEAM, TEAM // 2, PLANTED) for kind in HALF),
        TrialWorld("offices with shocks", 2 * TEAM, TEAM, PLANTED),
        TrialWorld("one office with shocks", TEAM, 5, PLANTED),
        TrialWorld("everybody, 36 months", TEAM, TEAM, PLANTED),
        *(TrialWorld(kind, TEAM, TEAM // 2, PLANTED) for kind in ADDED),
    )


def run_trial_calibration(
    histories: int = HISTORIES, seed: int = TRIAL_DICE, progress: Callable[[int, int], None] | None = None,
    only: Collection[str] = (), known: Sequence[TrialCalibrationRow] = (),
) -> tuple[TrialCalibrationRow, ...]:  # fmt: skip
    """Simulate every world without and with its effect.

    Parameters
    ----------
    histories : without an effect in each world, half as many with one; 400 take a quarter of an hour.
    seed : the same seed gives the same rows.
    progress : called with how many worlds are done, and out of how many.
    only : the kinds that are simulated; all where empty. known : rows that stand for the other kinds.
    """
    there = {(row.kind, row.treated): row for row in known}
    worlds, rows = trial_worlds(), []
    for place, world in enumerate(worlds):
        if only and world.kind not in only:
            rows += [there[world.kind, world.treated]] if (world.kind, world.treated) in there else []
            continue
        nothing = simulate_trials(replace(world, effect=0.0), histories, (seed, place, 0))
        rows.append(trial_row(nothing, simulate_trials(world, max(histories // 2, 1), (seed, place, 1))))
        if progress is not None:
            progress(place + 1, len(worlds))
    return tuple(rows)
