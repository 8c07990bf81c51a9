"""``calibrate-trials``: how often a trial's answer is right, by simulation; writes the table that the page shows."""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from workbench.cli.calibration_rows import calibration_result, rows_of_result, say_kinds
from workbench.cli.readable import format_table
from workbench.trials.calibration.run_trial_calibration import HISTORIES, TRIAL_DICE, run_trial_calibration
from workbench.trials.calibration.trial_table import (
    TRIAL_TABLE,
    TrialCalibrationRow,
    load_trial_table,
    save_trial_table,
)
from workbench.trials.calibration.trial_worlds import TrialWorldKind
from workbench.words.trials_calibration import TRIAL_CALIBRATION_COLUMNS, trial_calibration_cells


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many histories, with which dice, and where to."""
    parser.add_argument("--histories", type=int, default=HISTORIES, help="without an effect (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=TRIAL_DICE, help="the same seed gives the same rows")
    parser.add_argument("--only", nargs="*", default=[], metavar="KIND", choices=get_args(TrialWorldKind),
                        help="repeat these kinds, and keep the other rows of the table")  # fmt: skip
    parser.add_argument("--out", type=Path, help="write the table here (default: beside the code)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Simulate every kind of trial and write what came out."""
    out = args.out or TRIAL_TABLE
    known = load_trial_table(out) if args.only and out.exists() else ()
    today = dt.date.today().isoformat()
    found = run_trial_calibration(args.histories, args.seed, say_kinds("trials"), args.only, known)
    rows = tuple(row if row in known else replace(row, made=today) for row in found)
    save_trial_table(rows, out)
    load_trial_table.cache_clear()
    return calibration_result(rows)


def show(result: dict[str, Any]) -> str:
    """False claims, power and coverage by kind of trial."""
    rows = rows_of_result(result, TrialCalibrationRow)
    return "\n".join(format_table(TRIAL_CALIBRATION_COLUMNS, [trial_calibration_cells(row) for row in rows]))
