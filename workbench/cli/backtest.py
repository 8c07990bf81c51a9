"""``backtest DATASET DESIGN``: a design scored on history and held against the goal."""

from __future__ import annotations

import argparse
from typing import Any

from workbench.cli.inputs import add_dataset_and_design, panel_and_design
from workbench.cli.readable import format_correlation, format_number, format_table
from workbench.scoring.backtest import run_backtest
from workbench.words.numbers import pluralize

READINGS = {"across_reps": "across reps", "within_reps": "within reps", "rep_periods": "over rep-periods",
            "next_period": "with the next period's goal"}  # fmt: skip
KINDS = {"hit_both": "hit both", "box_ticker": "box tickers", "unsung_seller": "unsung sellers",
         "missed_both": "missed both"}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two files, and how many prizes."""
    add_dataset_and_design(parser)
    parser.add_argument("--top", type=int, help="how many prizes (default: a third of the reps, at most ten)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The backtest of the design on the data set."""
    panel, design = panel_and_design(args)
    return run_backtest(panel, design, top=args.top).as_json()


def show(result: dict[str, Any]) -> str:
    """Agreement of scorecard and KPIs with the goal, the four kinds of rep-periods, and the reps."""
    awards = result["awards"]
    reps = [
        (
            r["rep"],
            format_number(r["score_rank"], 0),
            format_number(r["score"]),
            format_number(r["goal_rank"], 0),
            format_number(r["goal"]),
        )
        for r in result["reps"]
    ]
    return "\n".join(
        [
            f"{pluralize(result['n_reps'], 'rep')}, {pluralize(result['n_periods'], 'period')}, "
            f"{pluralize(result['n_rep_periods'], 'rep-period')};"
            f" goal {result['goal']['measure']} {format_number(result['goal']['total'])}",
            *_agreement("Scorecard", result["scorecard"]["agreement"]),
            *(line for k in result["kpis"] for line in _agreement(f"{k['name']} ({k['share']:.0%})", k["agreement"])),
            "Rep-periods: " + ", ".join(f"{words} {result['misjudged'][kind]}" for kind, words in KINDS.items()),
            f"Top {awards['top']}: {awards['overlap']} of the winners are best sellers",
            *format_table(("rep", "rank", "score", "goal rank", "goal"), reps),
        ]
    )


def _agreement(name: str, found: dict[str, Any]) -> list[str]:
    return [
        f"{name} and the goal",
        *(f"  {words:<28} {format_correlation(found[key])}" for key, words in READINGS.items()),
    ]
