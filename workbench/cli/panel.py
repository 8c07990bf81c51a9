"""``panel DATASET``: the sources of a data set file added up per rep and period."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from workbench.data.aggregate.build_panel import build_panel
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.aggregate.save_panel import save_panel, save_unused_rows
from workbench.data.engine.connections import read_connections
from workbench.data.model.build_step import BuildStep
from workbench.data.model.dataset import load_dataset
from workbench.data.model.panel import PERIOD, Panel
from workbench.words.build_steps import build_step_label
from workbench.words.issues import issue_json
from workbench.words.numbers import pluralize
from workbench.words.unused_reasons import UNUSED_REASONS, with_reason_words


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The data set file, and where to write the panel."""
    parser.add_argument("dataset", type=Path, metavar="DATASET", help="a *.dataset.json file")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the panel to FILE.parquet or FILE.csv")
    parser.add_argument("--unused", type=Path, metavar="FILE", help="write the rows not used to FILE.csv")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Build the panel, write it where asked, and describe it."""
    panel = build_from_file(args.dataset)
    if args.out:
        save_panel(panel, args.out)
    if args.unused:
        save_unused_rows(panel, args.unused, UNUSED_REASONS)
    return panel_json(panel)


def build_from_file(path: Path) -> Panel:
    """Build the panel of a data set file, whose locations are relative to it; progress goes to stderr."""
    dataset = load_dataset(path)
    connections = read_connections()
    return build_panel(dataset, path.parent, connections=connections, progress=_say)


def _say(done: float, step: BuildStep) -> None:
    print(f"{done:4.0%} {build_step_label(step)}", file=sys.stderr)


def panel_json(panel: Panel) -> dict[str, Any]:
    """What the command prints. Dates are ``YYYY-MM-DD``; ``undated`` holds what the events without a date add up to."""
    periods = panel.everybody[PERIOD]
    undated = panel.undated.drop(columns="rep").sum()
    return {
        "name": panel.name,
        "grain": panel.grain,
        "n_rows_read": panel.n_rows_read,
        "n_rows_used": panel.n_rows_used,
        "n_reps": int(panel.everybody["rep"].nunique()),
        "n_reps_scored": int(panel.frame["rep"].nunique()),
        "n_periods": int(periods.nunique()),
        "n_rep_periods": len(panel.everybody),
        "first_period": f"{periods.min():%Y-%m-%d}" if len(periods) else None,
        "last_period": f"{periods.max():%Y-%m-%d}" if len(periods) else None,
        "partial_periods": [f"{period:%Y-%m-%d}" for period in panel.partial],
        "totals": measure_totals(panel),
        "undated": {name: value for name, value in undated.items() if value},
        "unused": with_reason_words(panel.n_unused).to_dict("records"),
        "issues": [issue_json(issue) for issue in panel.issues],
        "engine": panel.engine,
        "key": panel.key,
    }


def show(result: dict[str, Any]) -> str:
    """A readable summary."""
    lines = [
        f"{result['name']}: {result['n_rows_used']:,} of {result['n_rows_read']:,} rows used",
        f"{pluralize(result['n_reps'], 'rep')}, {pluralize(result['n_periods'], result['grain'])}"
        f" ({result['first_period']} to {result['last_period']}), {pluralize(result['n_rep_periods'], 'rep-period')}",
        *(f"  {name:<24} {value:>18,.2f}" for name, value in result["totals"].items()),
        *(f"{i['level']}: {i['where']}: {i['message']} {i['fix']}".rstrip() for i in result["issues"]),
    ]
    return "\n".join(lines)
