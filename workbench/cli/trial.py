"""``trial DATASET TRIAL [DESIGN]``: did the change help, by how much, and could it be chance?"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import Any

from workbench.cli.inputs import read_or_note
from workbench.cli.panel import build_from_file
from workbench.cli.readable import format_table
from workbench.data.model.dataset import load_dataset
from workbench.data.model.panel import Panel
from workbench.design.model import Design, load_design
from workbench.design.rules import check_design
from workbench.errors import InputError, Issue, Where, errors
from workbench.trials.check_trial import check_trial
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.plan_card import measure_choices
from workbench.trials.propose_assignment import propose_assignment
from workbench.trials.trial_file import TrialFile, load_trial
from workbench.trials.trial_finding import TrialFinding
from workbench.trials.trial_result_json import trial_result_json
from workbench.trials.trial_sides import trial_sides
from workbench.words.issues import issue_line
from workbench.words.trial_names import finding_as_shown
from workbench.words.trial_parts import REP_COLUMNS, estimate_small_print, fade_sentence, rep_cells
from workbench.words.trial_planning import detectable_line
from workbench.words.trial_reasons import left_out_sentences, trial_warning_sentences, verdict_reason_sentences
from workbench.words.trial_side_effects import SIDE_COLUMNS, side_effect_cells
from workbench.words.trials import trial_headline, verdict_label


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The data set, the trial, the design whose KPIs are looked at beside it, and other trials."""
    parser.add_argument("dataset", type=Path, metavar="DATASET", help="a *.dataset.json file")
    parser.add_argument("trial", type=Path, metavar="TRIAL", help="a *.trial.json file")
    parser.add_argument("design", type=Path, metavar="DESIGN", nargs="?", help="a *.design.json file: side effects")
    parser.add_argument("--others", type=Path, nargs="*", default=[], metavar="TRIAL", help="trials of the same time")
    parser.add_argument("--propose", type=int, metavar="N", help="propose N units to change, drawn within strata")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (default: %(default)s)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The estimate, what it rests on, and what may be said."""
    problems: list[Issue] = []
    read_or_note(load_dataset, args.dataset, problems)
    file = read_or_note(load_trial, args.trial, problems)
    design = read_or_note(load_design, args.design, problems) if args.design else None
    others = [read_or_note(load_trial, path, problems) for path in args.others]
    if file is None or problems:
        raise InputError([*problems, *(check_trial(file, name=args.trial.name) if file else ())])
    panel = build_from_file(args.dataset)
    found = [*check_trial(file, panel, args.trial.name), *_design_issues(design, panel)]
    for path, other in zip(args.others, others, strict=True):
        found += check_trial(other, panel, path.name) if other else ()
    if errors(found):
        raise InputError(found)
    for issue in found:
        if issue.level != "info":
            print(issue_line(issue), file=sys.stderr)
    result = evaluate_trial(panel, file, design, [other for other in others if other and other != file])
    proposed = _proposed(panel, file, args.propose, args.seed) if args.propose else None
    return trial_result_json(result) | _in_words(_as_on_the_page(result, panel, design)) | {"proposed": proposed}


def _as_on_the_page(found: TrialFinding, panel: Panel, design: Design | None) -> TrialFinding:
    """Measures by their plain names, with the units that the design gives them."""
    choices = measure_choices(panel, design or Design(name=found.file.name))
    return finding_as_shown(found, {}, {one.formula: (one.label, one.unit) for one in choices})


def _in_words(found: TrialFinding) -> dict[str, Any]:
    return {
        "headline": trial_headline(found),
        "label": verdict_label(found, "running" if found.running else "ended"),
        "said": [
            *verdict_reason_sentences(found),
            *filter(None, [fade_sentence(found)]),
            *trial_warning_sentences(found),
        ],
        "left_out_said": left_out_sentences(found),
        "small_print": [
            estimate_small_print(found, each)
            for each in (found.estimates or (found.claim,))
            if math.isfinite(each.value)
        ],
        "rep_cells": [rep_cells(found, each) for each in found.reps],
        "side_cells": [side_effect_cells(each) for each in found.side_effects],
        "detectable_said": [detectable_line(found, each) for each in found.detectable],
    }


def _design_issues(design: Design | None, panel: Panel) -> tuple[Issue, ...]:
    return check_design(design, panel) if design is not None else ()


def _proposed(panel: Panel, file: TrialFile, n: int, seed: int) -> dict[str, Any]:
    """Units drawn at random within strata of the past. Raises InputError where nobody would be left to compare."""
    units = trial_sides(panel, file).units
    if not 0 < n < len(units.names):
        raise InputError(Issue.of("error", "propose_out_of_range", Where(option="--propose"), n_known=len(units.names)))
    drawn = propose_assignment(units.names, units.before, n, seed)
    return {"treated": list(drawn.treated), "comparison": list(drawn.comparison), "seed": seed,
            "strata": [list(stratum) for stratum in drawn.strata]}  # fmt: skip


def show(result: dict[str, Any]) -> str:
    """The answer in a sentence, why, the reps, and the small print."""
    reps, beside, found = result["rep_cells"], result["side_cells"], result["detectable_said"]
    return "\n".join([
        result["headline"], f"Verdict: {result['label']}", *result["said"],
        *(format_table(REP_COLUMNS, reps) if reps else []),
        *result["left_out_said"],
        *(["What else moved:", *format_table(SIDE_COLUMNS, beside)] if beside else []),
        *(["Found in 8 of 10 trials from:", *found] if found and result["verdict"] == "not_started" else []),
        *_propose_lines(result["proposed"]), *result["small_print"],
    ])  # fmt: skip


def _propose_lines(proposed: dict[str, Any] | None) -> list[str]:
    if proposed is None:
        return []
    return [f"Proposed, seed {proposed['seed']}:", *(f"  {name}" for name in proposed["treated"])]
