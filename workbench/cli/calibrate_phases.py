"""``calibrate-phases``: how often the coaching plan is right, by simulation; writes the table that the page shows."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from workbench.cli.calibration_rows import calibration_result, rows_of_result, say_kinds
from workbench.cli.readable import format_table
from workbench.phases.calibration.phase_table import (
    PHASE_TABLE,
    PhaseCalibrationRow,
    load_phase_table,
    save_phase_table,
)
from workbench.phases.calibration.run_phase_calibration import DICE, TEAMS_EACH, run_phase_calibration
from workbench.words.phases_calibration import PHASE_CALIBRATION_COLUMNS, phase_calibration_cells


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many teams, with which dice, and where to."""
    parser.add_argument("--teams", type=int, default=TEAMS_EACH, help="teams of each kind (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=DICE, help="the same seed gives the same rows")
    parser.add_argument("--out", type=Path, help="write the table here (default: beside the code)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Simulate every kind of team and write what came out."""
    rows = run_phase_calibration(args.teams, args.seed, say_kinds("teams"))
    save_phase_table(rows, args.out or PHASE_TABLE)
    load_phase_table.cache_clear()
    return calibration_result(rows)


def show(result: dict[str, Any]) -> str:
    """False differences, power and coverage by team."""
    rows = rows_of_result(result, PhaseCalibrationRow)
    return "\n".join(format_table(PHASE_CALIBRATION_COLUMNS, [phase_calibration_cells(row) for row in rows]))
