"""``calibrate``: how often the evidence is right, by simulation; writes the table that the page and its README show."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.cli.readable import format_table
from workbench.evidence.calibration.calibration_table import TABLE, CalibrationRow, load_table, save_table
from workbench.evidence.calibration.run_calibration import MOST
from workbench.evidence.calibration.run_calibration import run_calibration as run_grid
from workbench.words.calibration import calibration_markdown

README = TABLE.with_name("README.md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How long, and where to."""
    parser.add_argument("--histories", type=int, default=MOST, help="histories per kind of team (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=2, help="how many at once (default: %(default)s)")
    parser.add_argument("--parts", type=Path, help="keep what is done in this folder, and go on from what is there")
    parser.add_argument("--out", type=Path, help="write the table here (default: beside the code, with its README)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Simulate every kind of team and write what came out."""
    rows = run_grid(args.histories, args.processes, _progress, args.parts)
    save_table(rows, args.out or TABLE)
    if args.out is None:
        load_table.cache_clear()
        README.write_text(calibration_markdown(load_table()), encoding="utf-8")  # of the table as rounded
    return {"rows": [asdict(row) for row in rows]}


def show(result: dict[str, Any]) -> str:
    """Power and false keeps by team."""
    rows = [CalibrationRow(**row) for row in result["rows"]]
    return "\n".join(format_table(
        ("team", "link", "found", "found 2 later", "real dropped", "useless kept at most"),
        [(f"{r.reps} × {r.periods} {r.note}", f"{r.link:g}", f"{r.found:.0%}", f"{r.lagged_found:.0%}",
          f"{r.lever_dropped:.1%}", f"{max(r.false_keep.values(), default=float('nan')):.1%}") for r in rows],
    ))  # fmt: skip


def _progress(done: int, of: int) -> None:
    print(f"{done} of {of} rounds of teams", file=sys.stderr)
