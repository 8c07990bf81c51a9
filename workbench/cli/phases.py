"""``phases DATASET PHASES``: at which phase of the conversation do reps differ, and whom to coach first?"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Any

from workbench.cli.inputs import read_or_note
from workbench.cli.panel import build_from_file
from workbench.cli.readable import format_number, format_table
from workbench.data.engine.connections import read_connections
from workbench.data.model.build_step import BuildStep
from workbench.data.model.dataset import DataSet, load_dataset
from workbench.data.model.panel import REP, MeasureInfo
from workbench.errors import InputError, Issue
from workbench.integrity.count_suspects import count_suspects
from workbench.integrity.find_flags import find_flags
from workbench.integrity.suspect_share import rep_roles
from workbench.phases.coaching_plan import Coaching, plan_coaching
from workbench.phases.judge_phases import judge_phases
from workbench.phases.month_cover import months_in_part
from workbench.phases.phase_counts import PhaseCounts, count_phases
from workbench.phases.phase_cube import cube_of_phases
from workbench.phases.phase_file import load_phases
from workbench.phases.phase_findings import PhaseFindings
from workbench.phases.phase_value import value_per_success
from workbench.phases.phases_json import coaching_json
from workbench.phases.ramp import reps_on_ramp
from workbench.words.build_steps import build_step_label
from workbench.words.coaching import ADD_HOUR, OTHER_HOURS, set_apart_sentence
from workbench.words.issues import issue_line
from workbench.words.numbers import percent
from workbench.words.phases import (
    coaching_headline,
    gain_small_print,
    hour_gap_sentence,
    hour_sentence,
    like_for_like_sentence,
    merged_sentences,
    phase_sentence,
    plan_sentences,
    settle_sentence,
    spread_small_print,
    survival_small_print,
)
from workbench.words.phases_ramp import part_months_sentence, ramp_rep_sentence, ramp_sentences


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The data set, and the phases of the conversation."""
    parser.add_argument("dataset", type=Path, metavar="DATASET", help="a *.dataset.json file")
    parser.add_argument("phases", type=Path, metavar="PHASES", help="a *.phases.json file")
    parser.add_argument("--compare-all", action="store_true", help="also reps whose calls need a conversation first")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Rates by rep and phase, which differences are real, what coaching would bring, and the plan."""
    problems: list[Issue] = []
    dataset = read_or_note(load_dataset, args.dataset, problems)
    file = read_or_note(load_phases, args.phases, problems)
    if dataset is None or file is None:
        raise InputError(problems)
    count = partial(count_phases, dataset, args.dataset.parent, file, name=args.phases.name,
                    connections=read_connections(), progress=_say)  # fmt: skip
    counts = count()
    apart = () if args.compare_all else _in_question(args.dataset, dataset)
    counts = count(without=apart) if apart else counts
    for issue in counts.issues:
        if issue.level != "info":
            print(issue_line(issue), file=sys.stderr)
    found = judge_phases(cube_of_phases(counts))
    coaching = plan_coaching(found, counts.gone, counts.open_share, counts.hour)
    worth, value = _value(args.dataset, file.value, found) if file.value and coaching.plan else (None, None)
    return coaching_json(counts, found, coaching) | {
        "set_apart": list(apart),
        "value": file.value,
        "value_per_success": worth,
        "by_hour": {
            "share_of_gap": coaching.by_hour,
            "first": coaching.hour_first,
            "note": hour_gap_sentence(coaching),
        },
        "headline": coaching_headline(coaching),
        "said": [
            *([set_apart_sentence(len(apart))] if apart else []),
            *([ADD_HOUR] if coaching.hour_first else []),
            *_said(found, coaching, worth, value),
            *_about_the_log(counts, found),
        ],
        "small_print": [gain_small_print(step) for step in coaching.plan if step.coached]
        + [f"{phase.name}: {spread_small_print(phase)}" for phase in found.phases]
        + [
            survival_small_print(phase, gain)
            for phase, gain in zip(found.phases[:-1], coaching.gains, strict=False)
            if gain
        ]
        + list(filter(None, [hour_sentence(counts.hour)])),
    }


def _in_question(path: Path, dataset: DataSet) -> tuple[str, ...]:
    """The reps whose calls need a conversation first: empty calls look like weak ones."""
    try:
        panel = build_from_file(path)
        counts = count_suspects(dataset, path.parent, connections=read_connections())
    except InputError:  # of a file that phases do not need
        return ()
    flags = find_flags(counts.only(panel.frame[REP].unique()), rep_roles(panel.reps))
    return tuple(flag.rep for flag in flags.named)


def _said(found: PhaseFindings, coaching: Coaching, worth: float | None, value: MeasureInfo | None) -> list[str]:
    settle = [settle_sentence(found, phase) for phase in found.phases if phase.why == "few_attempts"]
    return [
        *plan_sentences(coaching, found.phases[-1].name, worth, value),
        *(phase_sentence(found, phase) for phase in found.phases),
        *filter(None, settle),
        *filter(None, (like_for_like_sentence(found, phase) for phase in found.phases)),
        *merged_sentences(found.phases),
    ]


def _about_the_log(counts: PhaseCounts, found: PhaseFindings) -> list[str]:
    """Who is on ramp, and which months are covered in part."""
    if counts.spans is None:
        return []
    parts = part_months_sentence(months_in_part(counts.spans, found.cube.months))
    ramp = reps_on_ramp(counts.frame, counts.phases, counts.spans)
    return [*([parts] if parts else []), *ramp_sentences(ramp), *map(ramp_rep_sentence, ramp)]


def _value(dataset: Path, measure: str, found: PhaseFindings) -> tuple[float | None, MeasureInfo]:
    """What one success of the last phase has led to; and what that is."""
    panel = build_from_file(dataset)
    return value_per_success(panel, measure, found), panel.info(measure)


def show(result: dict[str, Any]) -> str:
    """The plan in a sentence, what stands behind it, and the rates of the reps."""
    rows = [
        (rep["rep"], *(f"{percent(phase['rate'])} → {percent(phase['shrunk'])}" for phase in rep["phases"]))
        for rep in result["reps"]
    ]
    plan = [
        "  {}: {} ({} to {})".format(step["rep"], *(format_number(step[key]) for key in ("gain", "low", "high")))
        for step in result["plan"]
        if step["rep"]
    ]
    head = ("rep", *(phase["name"] for phase in result["phases"]))
    plan = [OTHER_HOURS, *plan] if result["by_hour"]["first"] else plan
    return "\n".join([result["headline"], *plan, *result["said"], *format_table(head, rows), *result["small_print"]])


def _say(done: float, step: BuildStep) -> None:
    print(f"{done:4.0%} {build_step_label(step)}", file=sys.stderr)
