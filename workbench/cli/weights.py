"""``weights DATASET DESIGN``: how much the weights matter."""

from __future__ import annotations

import argparse
from typing import Any

from workbench.cli.inputs import add_dataset_and_design, panel_and_design
from workbench.cli.readable import format_number, format_table
from workbench.scoring.history import score_history
from workbench.weights import weight_impact


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two files."""
    add_dataset_and_design(parser)


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Influence, sweeps, plausible ranks and other choices for the design on the data set."""
    panel, design = panel_and_design(args)
    return weight_impact.weight_impact_json(panel, score_history(panel, design))


def show(result: dict[str, Any]) -> str:
    """Stated and real shares with the span in which the top stays, then the ranks with their tiers."""
    spans = {strip["kpi"]: f"{strip['low']:.0%} to {strip['high']:.0%}" for strip in result["sweeps"]}
    shares = [(row["kpi"], f"{row['share']:.0%}", f"{format_number(100 * row['effective'], 0)}%", row["verdict"] or "–",
               spans.get(row["kpi"], "off")) for row in result["influence"]]  # fmt: skip
    ranges = result["rank_ranges"]
    reps = [
        (
            row["rep"],
            format_number(row["rank"], 0),
            f"{format_number(row['low'], 0)} to {format_number(row['high'], 0)}",
            format_number(row["tier"], 0),
        )
        for row in ranges["reps"]
    ]
    return "\n".join(
        [
            *format_table(("KPI", "weight", "influence", "verdict", f"same top {result['top']} from"), shares),
            *format_table(("rep", "rank", "plausible ranks", "tier"), reps),
            *_pairs(ranges["pairs"]),
        ]
    )


def _pairs(pairs: list[dict[str, Any]]) -> list[str]:
    """Who is told above whom, all pairs at once."""
    if not pairs:
        return ["all reps are tied"]
    return [
        "only these pairs have a clear order:",
        *(f"  {row['rep']} above {', '.join(row['above'])}" for row in pairs),
    ]
