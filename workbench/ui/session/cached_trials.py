"""Cache what is found of trials, by the content of panel, trial and design, and keep trials in the workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.design.weighted_kpis import unweighted
from workbench.errors import InputError, Issue, errors
from workbench.trials.check_trial import check_trial
from workbench.trials.evaluate_trial import evaluate_trial
from workbench.trials.plan_card import data_until, measure_choices
from workbench.trials.trial_file import TrialFile
from workbench.trials.trial_finding import TrialFinding
from workbench.trials.trial_library import KeptTrial, list_trials
from workbench.trials.trial_state import TrialState, trial_state
from workbench.ui.session.saving import saving
from workbench.words.trial_names import finding_as_shown, issue_as_shown

KEPT_FINDINGS = 64


@dataclass(frozen=True, eq=False)
class JudgedTrial:
    """A trial with where it stands and what is found of it, names as shown; without a finding, what is wrong."""

    kept: KeptTrial
    state: TrialState
    found: TrialFinding | None
    issues: tuple[Issue, ...] = ()


def kept_trials(entry: DataSetEntry, removed: bool = False) -> tuple[KeptTrial, ...]:
    """The trials of a data set; none while they cannot be read."""
    with saving():
        return list_trials(workspace_folder(), entry, removed)
    return ()


def judged_trials(
    entry: DataSetEntry, panel: Panel, design: Design, names: Mapping[str, str]
) -> tuple[JudgedTrial, ...]:
    """All trials of a data set: running ones first, then planned ones, then those that ended, the last first."""
    kept = kept_trials(entry)
    sound = tuple(each.file for each in kept if not errors(check_trial(each.file, panel)))
    found = [judged_trial(each, panel, design, names, sound) for each in kept]
    order = {"running": 0, "planned": 1, "ended": 2}
    return tuple(sorted(found, key=lambda one: (order[one.state], -one.kept.file.start.toordinal())))


def judged_trial(
    kept: KeptTrial, panel: Panel, design: Design, names: Mapping[str, str], sound: tuple[TrialFile, ...]
) -> JudgedTrial:
    """One trial; ``sound`` are all trials that may have changed the same people."""
    today = dt.date.today()
    state = trial_state(kept.file, data_until(panel, today), today)
    issues = errors(check_trial(kept.file, panel))
    if not issues:
        others = tuple(each for each in sound if each != kept.file)
        try:
            found = cached_trial(panel, kept.file, design, others)
        except InputError as error:
            issues = error.issues
        else:
            return JudgedTrial(kept, state, finding_as_shown(found, names, measures_called(panel, design)))
    return JudgedTrial(kept, state, None, tuple(issue_as_shown(each, names) for each in issues))


def measures_called(panel: Panel, design: Design) -> dict[str, tuple[str, str | None]]:
    """The plain name and the unit of what a trial can be decided by, by formula."""
    return {one.formula: (one.label, one.unit) for one in measure_choices(panel, design)}


def cached_trial(panel: Panel, file: TrialFile, design: Design, others: tuple[TrialFile, ...] = ()) -> TrialFinding:
    """What is found of a checked trial; weights do not matter. Raises InputError where a formula cannot be read."""
    return _judged(panel, panel.key, file, unweighted(design), others)


@st.cache_resource(max_entries=KEPT_FINDINGS, show_spinner="Comparing before and after")
def _judged(
    _panel: Panel, panel_key: str, file: TrialFile, design: Design, others: tuple[TrialFile, ...]
) -> TrialFinding:
    return evaluate_trial(_panel, file, design, others)
