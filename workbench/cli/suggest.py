"""``suggest DATASET DESIGN``: weights fitted to the history, and whether they beat equal weights on unseen reps."""

from __future__ import annotations

import argparse
from typing import Any

from workbench.cli.inputs import add_dataset_and_design, panel_and_design
from workbench.cli.readable import format_correlation, format_number, format_table
from workbench.weights.suggest_weights import suggest_weights
from workbench.words.weights import suggestion_sentences

READINGS = {
    "agreement_in_sample": "these weights, same reps (flattered)",
    "agreement_new_reps": "these weights, new reps",
    "equal_weights_new_reps": "equal weights, new reps",
    "agreement_out_of_time": "these weights, new reps, later periods",
    "equal_weights_out_of_time": "equal weights, new reps, later periods",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two files, and which goal to fit."""
    add_dataset_and_design(parser)
    parser.add_argument("--next-period", action="store_true", help="fit the goal of the next period, not of the same")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The suggestion for the design on the data set."""
    panel, design = panel_and_design(args)
    found = suggest_weights(panel, design, 1 if args.next_period else None)
    return {**found.as_json(), "advice": " ".join(suggestion_sentences(found))}


def show(result: dict[str, Any]) -> str:
    """Weights with their range over refits, agreements, and what follows."""
    weights = [
        (name, format_number(weight), f"{format_number(result['low'][name])} to {format_number(result['high'][name])}")
        for name, weight in result["weights"].items()
    ]
    return "\n".join(
        [
            *format_table(("KPI", "weight", "without any one rep"), weights),
            *(f"{words:<40} {format_correlation(result[key])}" for key, words in READINGS.items()),
            result["advice"],
        ]
    )
