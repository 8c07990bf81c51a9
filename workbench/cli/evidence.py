"""``evidence DATASET DESIGN``: does each KPI earn its place, and how firm is the scorecard's ranking?"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from workbench.cli.inputs import add_dataset_and_design, panel_and_design
from workbench.cli.readable import format_correlation, format_number, format_table
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.design.named_goal import with_goal_named
from workbench.evidence.build_record import build_record, build_scorecard_record
from workbench.evidence.evidence_json import evidence_json, kpi_evidence_json
from workbench.evidence.evidence_scale import evidence_grain
from workbench.evidence.record import EvidenceOptions
from workbench.evidence.report import run_checks
from workbench.scoring.history import History, score_history
from workbench.weights.effective_shares import effective_shares
from workbench.weights.rank_ranges import rank_ranges_by_both
from workbench.words.evidence import (
    CHANGE,
    reason_sentences,
    reason_small_print,
    verdict_change_sentence,
    verdicts_sentence,
)
from workbench.words.evidence_about import About
from workbench.words.evidence_details import step_answer
from workbench.words.evidence_exposure import exposure_sentence
from workbench.words.evidence_figures import step_figures
from workbench.words.kpis import goal_name
from workbench.words.numbers import pluralize


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two files, and what the user may set."""
    add_dataset_and_design(parser)
    default = EvidenceOptions()
    parser.add_argument("--smallest", type=_link, default=default.smallest, metavar="RHO",
                        help="the smallest link that would matter (default: %(default)s)")  # fmt: skip
    parser.add_argument("--horizon", type=int, metavar="MONTHS",
                        help="months to tell reps apart in; of rare goals quarters (default: a year)")  # fmt: skip
    parser.add_argument("--keep-season", action="store_true", help="do not take out what all reps share in a period")
    parser.add_argument("--include-partial", action="store_true", help="use unfinished periods too")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The evidence of every KPI and of the scorecard."""
    panel, design = panel_and_design(args)
    grain = evidence_grain(panel, design.required_goal)
    horizon = args.horizon or EvidenceOptions.for_grain(grain).horizon
    options = EvidenceOptions(smallest=args.smallest, horizon=horizon, take_out_periods=not args.keep_season,
                      include_partial=args.include_partial)  # fmt: skip
    found = run_checks(build_record(panel, design, options.include_partial), options, progress=_progress)
    goal = with_goal_named(design, panel).required_goal
    about = About.of(goal_name(goal), grain, options, goal.direction)
    result = evidence_json(found) | {
        "headline": verdicts_sentence(found),
        "scorecard": _scorecard(panel, design, options),
    }
    for said, one in zip(result["kpis"], found.kpis, strict=True):
        said["said"] = list(reason_sentences(one, about))
        said["small_print"] = reason_small_print(one, about)
        said["would_change"] = verdict_change_sentence(one.verdict, about, one.kpi)
        said["worth"] = step_answer(one, about, goal.unit)
        said["worth_small_print"] = step_figures(one, goal.unit)
    return result | {"said": [text for text in (exposure_sentence(found.exposed, grain),) if text]}


def show(result: dict[str, Any]) -> str:
    """Verdicts with their reasons, then the links side by side."""
    said = [line for k in result["kpis"] for line in _reason_lines(k)]
    ranks = [(r["rep"], format_number(r["rank"], 0), f"{format_number(r['low'], 0)} to {format_number(r['high'], 0)}")
             for r in result["scorecard"]["rank_ranges"]]  # fmt: skip
    reps, periods = pluralize(result["n_reps"], "rep"), pluralize(result["n_periods"], result["grain"])
    return "\n".join(
        [
            f"{result['headline']} ({reps}, {periods})",
            *result["said"],
            *said,
            *_links_table(result["kpis"]),
            *format_table(("rep", "rank", "plausible ranks"), ranks),
        ]
    )


def _links_table(kpis: list[dict[str, Any]]) -> list[str]:
    """The links that the data can show: those across reps where there is one period, none of a single series."""
    scopes = {k["scope"] for k in kpis}
    if "one rep" in scopes:
        return []
    across, within = ("validity", "across_reps"), ("validity", "within_reps_and_periods")
    columns = {"across reps": across, "within reps": within, "given the others": ("necessity", "partial_within")}
    if "one period" in scopes:
        columns = {"across reps": across, "given the others": ("necessity", "partial_across")}
    rows = [
        (k["name"], k["verdict"], *(format_correlation(k[check][link]) for check, link in columns.values()))
        for k in kpis
    ]
    return format_table(("KPI", "verdict", *columns), rows)


def _reason_lines(kpi: dict[str, Any]) -> list[str]:
    told = [text for text in (*kpi["said"], kpi["small_print"], kpi["worth"], kpi["worth_small_print"]) if text]
    return [
        f"{kpi['name']}: {kpi['verdict']}",
        *(f"  {text}" for text in told),
        f"  {CHANGE}: {kpi['would_change']}",
    ]


def _scorecard(panel: Panel, design: Design, options: EvidenceOptions) -> dict[str, Any]:
    """The score as one KPI, what each weight really does, and which ranks are firm."""
    scored = score_history(panel, design)
    known = run_checks(build_scorecard_record(panel, design, options.include_partial), options).kpis[0]
    real = effective_shares(scored.reps, design)
    return kpi_evidence_json(known) | {
        "effective_weights": dict(zip(real["kpi"], real["effective"].tolist(), strict=True)),
        "rank_ranges": _rank_ranges(panel, scored),
    }


def _rank_ranges(panel: Panel, scored: History) -> list[dict[str, Any]]:
    found = rank_ranges_by_both(panel, scored)
    numbers = {name: getattr(found, name).tolist() for name in ("rank", "low", "high", "tier")}
    columns = {"rep": list(found.reps), **numbers}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _progress(share: float, check: str) -> None:
    print(f"{share:4.0%} {check}", file=sys.stderr)


def _link(text: str) -> float:
    value = float(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError("a link lies between 0 and 1")
    return value
