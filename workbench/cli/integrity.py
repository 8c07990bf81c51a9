"""``integrity DATASET [DESIGN]``: was activity faked, and what would the ranking be without it?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.cli.inputs import panel_and_design
from workbench.cli.panel import build_from_file
from workbench.cli.readable import format_number, format_table
from workbench.data.engine.connections import read_connections
from workbench.data.model.build_step import BuildStep
from workbench.data.model.dataset import load_dataset
from workbench.data.model.panel import REP, Panel
from workbench.design.model import Design
from workbench.integrity.count_suspects import count_suspects
from workbench.integrity.decoupling import TargetDates
from workbench.integrity.find_flags import find_flags
from workbench.integrity.goal_reached import goal_by_month
from workbench.integrity.integrity_json import flags_json, gaming_json
from workbench.integrity.suspect_counts import CheckName, SuspectCounts
from workbench.integrity.suspect_share import rep_roles, standing_out
from workbench.integrity.without_suspects import panel_without_suspects
from workbench.scoring.backtest import run_backtest
from workbench.words.build_steps import build_step_label
from workbench.words.integrity import CHECKS, NOT_PROOF, integrity_headline, key_sentence, team_figure_sentences
from workbench.words.integrity_limits import cannot_tell_sentences
from workbench.words.lists import list_names
from workbench.words.numbers import percent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The data set, and the design whose ranking is asked for again."""
    parser.add_argument("dataset", type=Path, metavar="DATASET", help="a *.dataset.json file")
    parser.add_argument("design", type=Path, nargs="?", metavar="DESIGN", help="a *.design.json file")
    parser.add_argument("--target-since", type=pd.Timestamp, metavar="MONTH",
                        help="since when the KPIs are targets, such as 2024-07; searched for by default")  # fmt: skip
    parser.add_argument("--target-until", type=pd.Timestamp, metavar="MONTH", help="until when they were targets")
    parser.add_argument("--chosen-on", type=pd.Timestamp, nargs=2, metavar=("FIRST", "LAST"),
                        help="months by which the KPIs were chosen: left out when links are compared")  # fmt: skip
    parser.add_argument("--same-list", action="store_true", help="all reps call from the same list")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """What each check found, per rep and per team; with a design also its KPIs and the ranking without the activity."""
    panel, design = panel_and_design(args) if args.design else (build_from_file(args.dataset), None)
    dataset, connections = load_dataset(args.dataset), read_connections()
    counts = count_suspects(dataset, args.dataset.parent, connections=connections, progress=_say)
    counts = counts.only(panel.frame[REP].unique())
    counts = counts.as_one_list() if args.same_list else counts
    reached = goal_by_month(panel, design.goal if design else None, counts.own_logs)
    flags = find_flags(counts, rep_roles(panel.reps), reached)
    result = flags_json(counts, flags) | {
        "headline": integrity_headline(flags),
        "said": {flag.rep: [key_sentence(key) for key in flag.keys] for flag in flags.named},
        "said_of_team": team_figure_sentences(flags),
        "said_of_limits": cannot_tell_sentences(flags.cannot_tell),
        "kpis": [],
        "without_suspect": None,
    }
    return result | (_of_design(args, panel, design, counts, standing_out(flags)) if design else {})


def _of_design(
    args: argparse.Namespace, panel: Panel, design: Design, counts: SuspectCounts, checks: tuple[CheckName, ...]
) -> dict[str, Any]:
    """How easily each KPI could be gamed, and the backtest without the activity on which somebody stands out."""
    dataset, connections = load_dataset(args.dataset), read_connections()
    found: dict[str, Any] = {"kpis": gaming_json(panel, design, dataset, counts, _target_dates(args))}
    if checks:
        rest = panel_without_suspects(dataset, args.dataset.parent, checks, connections=connections)
        found["without_suspect"] = run_backtest(rest, design).as_json() | {"left_out": list(checks)}
    return found


def _target_dates(args: argparse.Namespace) -> TargetDates:
    chosen_on = tuple(pd.date_range(*args.chosen_on, freq="MS")) if args.chosen_on else ()
    return TargetDates(args.target_since, args.target_until, chosen_on)


def show(result: dict[str, Any]) -> str:
    """The headline, who is worth a conversation and why, and what the data cannot show."""
    rows = [(rep["rep"], percent(rep["suspect_share"]), list_names([CHECKS[flag["check"]] for flag in rep["flags"]]))
            for rep in result["reps"]]  # fmt: skip
    without = result["without_suspect"]
    prizes = [f"Without this activity the prizes go to {list_names(without['awards']['winners'])}."] if without else []
    gamed = [(kpi["name"], format_number(kpi["points_per_hour"]), format_number(kpi["gameability"]),
              kpi["decoupling"]["since"] or "–") for kpi in result["kpis"]]  # fmt: skip
    return "\n".join(
        [
            result["headline"],
            NOT_PROOF,
            *(f"  {rep}: {sentence}" for rep, said in result["said"].items() for sentence in said),
            *result["said_of_team"],
            *prizes,
            *format_table(("rep", "seen by any check", "stands out on"), rows),
            *(format_table(("KPI", "points an hour", "places gained", "link ended"), gamed) if gamed else []),
            *result["said_of_limits"],
        ]
    )


def _say(done: float, step: BuildStep) -> None:
    print(f"{done:4.0%} {build_step_label(step)}", file=sys.stderr)
