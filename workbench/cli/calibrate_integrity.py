"""``calibrate-integrity``: how often honest teams are accused, by simulation; writes the tables that the page shows."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.cli.calibration_rows import say_kinds
from workbench.cli.readable import format_table
from workbench.integrity.calibration.flag_table import FLAG_TABLE, FlagCalibrationRow, load_flag_table, save_flag_table
from workbench.integrity.calibration.run_integrity_calibration import TEAMS, run_integrity_calibration
from workbench.integrity.calibration.target_worlds import (
    MEASURED,
    TARGET_TABLE,
    TargetWorldRow,
    load_target_table,
    run_target_calibration,
    save_target_table,
)
from workbench.words.integrity_calibration import flag_calibration_cells
from workbench.words.target_calibration import target_reliability_table

PARTS = ("names", "targets")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which table, how many teams, with which dice, and where to."""
    parser.add_argument("--part", choices=PARTS, default=PARTS[0],
                        help="names, or targets: crowding and ended links (default: %(default)s)")  # fmt: skip
    parser.add_argument("--teams", type=int, default=TEAMS, help="teams of each kind (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=MEASURED, help="the same seed gives the same rows")
    parser.add_argument("--out", type=Path, help="write the table here (default: beside the code)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Simulate every kind of team and write what came out."""
    if args.part == "names":
        flags = run_integrity_calibration(args.teams, args.seed, say_kinds("teams"))
        save_flag_table(flags, args.out or FLAG_TABLE)
        load_flag_table.cache_clear()
        return {"part": args.part, "rows": [asdict(row) for row in flags]}
    targets = run_target_calibration(args.teams, args.seed, say_kinds("teams"))
    save_target_table(targets, args.out or TARGET_TABLE)
    load_target_table.cache_clear()
    return {"part": args.part, "rows": [asdict(row) for row in targets]}


def show(result: dict[str, Any]) -> str:
    """Honest reps named and power, or false alarms and what is found, by kind of team."""
    if result["part"] == "names":
        flags = [FlagCalibrationRow(**row) for row in result["rows"]]
        return "\n".join(format_table(*flag_calibration_cells(flags)))
    table = target_reliability_table([TargetWorldRow(**row) for row in result["rows"]])
    return "\n".join(format_table(tuple(table), [tuple(map(str, row)) for row in table.itertuples(index=False)]))
