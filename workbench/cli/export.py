"""``export DATASET DESIGN --out FILE.html|.xlsx|.json``: the scorecard for reps and its backtest, as a file."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any, get_args

from workbench.cli.inputs import add_dataset_and_design, panel_and_design
from workbench.design.model import load_design
from workbench.export.content import Audience, gather_export
from workbench.export.write_export import export_format, write_export
from workbench.words.export import exported_line
from workbench.words.panels import day_words


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two files, where to write, for whom, and whether reps are named."""
    add_dataset_and_design(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.html, FILE.xlsx or FILE.json")
    parser.add_argument("--hide-names", action="store_true", help='reps are called "Rep 01" … in the file')
    parser.add_argument("--for", dest="audience", choices=get_args(Audience), default="leaders",
                        help="reps: the scorecard alone, without anybody's rank, score or sales")  # fmt: skip
    parser.add_argument("--current", type=Path, metavar="DESIGN", help="the current scorecard, to be compared with")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the file. Raises InputError for another ending before anything is computed."""
    kind = export_format(args.out)
    current = load_design(args.current) if args.current else None
    panel, design = panel_and_design(args)
    content = gather_export(panel, design, hidden=args.hide_names, current=current, audience=args.audience)
    written = write_export(content, args.out, day_words(f"{dt.date.today()}"))
    return {"out": str(args.out), "format": kind, "n_bytes": written, "names_hidden": args.hide_names,
            "for": args.audience}  # fmt: skip


def show(result: dict[str, Any]) -> str:
    """What was written."""
    return exported_line(result["out"], result["n_bytes"], result["names_hidden"], result["for"] == "reps")
