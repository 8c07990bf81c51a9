"""Store and read the calibration of trials: false claims, power and coverage, by what was going on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from workbench.data.files.result_table import write_result_rows
from workbench.trials.calibration.simulate_trials import TrialTally
from workbench.trials.calibration.trial_worlds import TrialWorldKind

TRIAL_TABLE = Path(__file__).with_name("table.json")
MOST_FALSE_CLAIMS, LEAST_COVERED = 0.06, 0.93
ENOUGH_HISTORIES = 30
ONE_SIDED_Z = 1.645
TrialBound = Literal["false_claims", "coverage"]
NEVER_CLAIMED: tuple[TrialWorldKind, ...] = (
    "shared pool", "overlapping trial", "leavers of one group", "one office with shocks",
)  # fmt: skip
"""What is recognised, so that no effect is ever claimed; the ranges are then no claims either."""
KNOWN_TRIAL_MISSES: frozenset[tuple[TrialWorldKind, TrialBound]] = frozenset({("comparison copies", "coverage")})
"""Promises that do not hold in a world: published, and said where such a trial is recognised."""


@dataclass(frozen=True)
class TrialCalibrationRow:
    """The calibration in one world.

    Attributes
    ----------
    kind, reps, treated : the world, as ``TrialWorld``. effect : planted in the second half, as a share of the level.
    histories, with_effect : drawn without and with an effect.
    false_claims : share of histories without an effect in which it is said to help or harm; of everybody at once, in
        which weak evidence excludes chance. alone : the same for the adjusted estimate alone.
    found : share of histories with the effect in which it is said to help. turned : in which it is said to harm.
    coverage : share of 95 % ranges that hold the truth, of both; None where nothing is claimed. n_ranges : how many.
    verdicts : by verdict, share of the histories without an effect.
    made : the day on which this was simulated, as ISO text; empty where nobody wrote it down.
    """

    kind: TrialWorldKind
    reps: int
    treated: int
    effect: float
    histories: int
    with_effect: int
    false_claims: float
    alone: float
    found: float
    turned: float
    coverage: float | None
    n_ranges: int
    verdicts: dict[str, float]
    made: str = ""

    @property
    def missed(self) -> tuple[TrialBound, ...]:
        """What was promised and does not hold here, beyond the chance of this many histories."""
        bounds: dict[TrialBound, bool] = {
            "false_claims": _under(1 - self.false_claims, 1 - MOST_FALSE_CLAIMS, self.histories),
            "coverage": _under(self.coverage, LEAST_COVERED, self.n_ranges),
        }
        return tuple(name for name, missed in bounds.items() if missed)


def _under(share: float | None, least: float, n: int) -> bool:
    return (
        share is not None and n >= ENOUGH_HISTORIES and share < least - ONE_SIDED_Z * np.sqrt(least * (1 - least) / n)
    )


def trial_row(nothing: TrialTally, planted: TrialTally) -> TrialCalibrationRow:
    """Summarize one world, without and with its effect."""
    world, n, m = planted.world, max(nothing.histories, 1), max(planted.histories, 1)
    weak = world.kind == "everybody, 36 months"
    ranges = nothing.intervals + planted.intervals
    claims = ranges and world.kind not in NEVER_CLAIMED
    return TrialCalibrationRow(
        world.kind, world.reps, world.treated, world.effect, nothing.histories, planted.histories,
        (nothing.weak if weak else nothing.better + nothing.worse) / n, nothing.plain / n,
        (planted.weak if weak else planted.better) / m, planted.worse / m,
        (nothing.held + planted.held) / ranges if claims else None, ranges if claims else 0,
        {name: count / n for name, count in sorted(nothing.verdicts.items())},
    )  # fmt: skip


def trials_like_yours(
    n_treated: int, n_comparison: int, rows: Sequence[TrialCalibrationRow] | None = None
) -> tuple[TrialCalibrationRow, ...]:
    """Return the rows whose share of treated is most similar, one per kind: the size that was simulated nearest.

    Parameters
    ----------
    n_treated, n_comparison : units on either side.
    """
    known = load_trial_table() if rows is None else tuple(rows)
    share = n_treated / max(n_treated + n_comparison, 1)
    by_kind: dict[str, TrialCalibrationRow] = {}
    for row in sorted(known, key=lambda each: (abs(each.treated / each.reps - share), each.treated)):
        by_kind.setdefault(row.kind, row)
    return tuple(row for row in known if by_kind[row.kind] is row)


def save_trial_table(rows: Sequence[TrialCalibrationRow], path: Path = TRIAL_TABLE) -> None:
    """Write the rows, numbers to four decimals, one row a line."""
    write_result_rows(rows, path)


@cache
def load_trial_table(path: Path = TRIAL_TABLE) -> tuple[TrialCalibrationRow, ...]:
    """Read the stored rows."""
    return tuple(TrialCalibrationRow(**row) for row in json.loads(path.read_text(encoding="utf-8")))
