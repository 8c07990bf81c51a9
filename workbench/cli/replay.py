"""``replay DATASET DESIGN``: what a scorecard would have done to people."""

from __future__ import annotations

import argparse
from typing import Any

import pandas as pd

from workbench.cli.inputs import add_dataset_and_design, panel_and_design
from workbench.cli.readable import format_number, format_table
from workbench.errors import Where, refused
from workbench.scoring.replay.prizes import PrizeRule
from workbench.scoring.replay.replay import replay_design
from workbench.words.numbers import pluralize
from workbench.words.replay import stop_sentence


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two files, the prize rule, and the period to rewind to."""
    add_dataset_and_design(parser)
    parser.add_argument("--top", type=int, default=3, help="prizes for this many best scores (default 3)")
    parser.add_argument("--over-target", action="store_true", help="a prize for every score that reaches the target")
    parser.add_argument("--every", choices=("period", "month", "quarter", "all"), default="period")
    parser.add_argument("--in-fact", metavar="YYYY-MM-DD", help="when the KPI was in fact changed: how much earlier?")
    parser.add_argument("--until", metavar="YYYY-MM-DD", help="as it stood at the end of the period of this day")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The replay of the design on the data set."""
    rule = PrizeRule(args.top, args.over_target, args.every)
    until, in_fact = _day(args.until, "--until"), _day(args.in_fact, "--in-fact")
    panel, design = panel_and_design(args)
    found = replay_design(panel, design, rule, until)
    printed = found.as_json(in_fact)
    for stop, signal in zip(printed["stops"], found.stops, strict=True):
        stop["said"] = stop_sentence(signal, design, found.grain, in_fact)
    return printed


def _day(text: str | None, option: str) -> pd.Timestamp | None:
    try:
        return None if text is None else pd.Timestamp(text)
    except ValueError:
        problem = {"problem": "not_a_day", "given": text or "", "limit": "", "said": ""}
        raise refused("bad_value", Where(option=option), **problem) from None


def show(result: dict[str, Any]) -> str:
    """Prizes, reprimands, runs, the first stop of each KPI, styles, leavers."""
    given, muted = result["prizes"], result["styles"]["muted"]
    wins = pd.Series([winner["rep"] for winner in given["winners"]], dtype=object).value_counts()
    called = [(r["rep"], str(r["called_in"]), str(r["unjust"])) for r in result["reprimands"] if r["unjust"]]
    return "\n".join(
        [
            f"{given['n_below_median']} of {pluralize(given['n'], 'prize')} "
            "to reps worse than the middle rep in the goal",
            *format_table(("winner", "prizes"), [(rep, str(n)) for rep, n in wins.items()]),
            *_name_lines(
                "Among the best scores over all the data, but worse than the middle rep in the goal",
                given["overall_below"],
            ),
            *_name_lines("Reprimanded despite making the goal, most of the time", result["mostly_unjust"]),
            *format_table(("reprimanded", "times", "despite making the goal"), called),
            *map(_run, result["runs"]),
            *(stop["said"] for stop in result["stops"]),
            *(
                _style(style, result["styles"]["cause"])
                for style in result["styles"]["styles"]
                if style["style"] in muted
            ),
            *map(_leaver, result["leavers"]["reps"]),
        ]
    )


def _name_lines(what: str, reps: list[str]) -> list[str]:
    return [f"{what}: {', '.join(reps)}"] if reps else []


def _run(run: dict[str, Any]) -> str:
    name = run["kpi"] or "Scorecard"
    return f"{name} hit, goal missed {pluralize(run['n_periods'], 'period')} in a row: {run['first']} to {run['last']}"


def _style(style: dict[str, Any], cause: str) -> str:
    return f"{style['style']}: loses {format_number(style['taken'])} points at equal sales, mostly through {cause}"


def _leaver(rep: dict[str, Any]) -> str:
    ranks = f"rank {format_number(rep['goal_rank'], 0)} in the goal, {format_number(rep['score_rank'], 0)} in the score"
    return f"{rep['rep']} left {rep['end']}, {ranks}"
