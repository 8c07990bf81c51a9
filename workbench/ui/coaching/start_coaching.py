"""Start coaching: remember who, on what, since when, and plan a trial of the phase's rate in the design."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, add_data_set, workspace_folder
from workbench.data.model.dataset import Grain
from workbench.data.model.panel import Panel
from workbench.design import edits
from workbench.design.model import Design, Kpi, Trial
from workbench.errors import InputError
from workbench.phases.coaching_plan import PlanStep
from workbench.phases.coaching_record import CoachingStart, list_coaching, save_coaching
from workbench.phases.outcome_counts import OutcomeCounts
from workbench.phases.phase_file import PhaseFile
from workbench.phases.phase_library import save_phase_file
from workbench.phases.phase_measures import with_rate_of_phase
from workbench.store.opening import writing
from workbench.trials.estimate_effect import FEWEST_UNITS
from workbench.trials.plan_card import HISTORY, data_until
from workbench.trials.trial_file import TrialFile, parse_trial
from workbench.trials.trial_library import new_trial_key, save_trial
from workbench.trials.trial_scale import PER_MONTH
from workbench.trials.trial_state import TrialState, trial_state
from workbench.ui.session import state
from workbench.ui.session.allowed_connections import allowed_connections
from workbench.ui.session.cached_phases import CoachingFound
from workbench.ui.session.cached_trials import kept_trials
from workbench.ui.session.carry_over import carry_saved_work
from workbench.ui.session.navigation import page
from workbench.ui.session.saving import saving
from workbench.ui.session.trial_link import PARAMETER as TRIAL_PARAMETER
from workbench.ui.widgets.parts import primary_label, show_issues
from workbench.words import coaching as words
from workbench.words.markdown import plain
from workbench.words.panels import period_name
from workbench.words.trial_card import card_hypothesis_for_coaching, card_name_for_coaching

AHEAD, LOOK_AGAIN = 3, 3
_STARTED, _NOT_SAVED = "coaching.started", "coaching.not_saved"


def known_coaching(entry: DataSetEntry) -> tuple[CoachingStart, ...]:
    """What was started before, the last one last."""
    with saving():
        return list_coaching(workspace_folder(), entry)
    return ()


def show_start(
    entry: DataSetEntry, file: PhaseFile, counted: OutcomeCounts, found: CoachingFound, step: PlanStep,
    names: dict[str, str],
) -> None:  # fmt: skip
    """A small form: when it begins and with whom."""
    real = {shown: rep for rep, shown in names.items()}
    reps = list(found.phases.cube.reps)
    # Another key once something was started: the popover closes.
    with st.popover("Start coaching", icon=":material/play_arrow:", key=f"coaching.start.{len(known_coaching(entry))}"):
        st.markdown(words.start_steps(found.coaching.hour_first))
        months = start_months(found)
        since = st.selectbox("Coaching begins", months, len(months) - AHEAD, key="coaching.start.month",
                             format_func=month_name)  # fmt: skip
        chosen = st.multiselect("With", reps, [one.rep for one in step.coached], key="coaching.start.reps")
        if few := words.too_few_sentence(len(chosen), len(reps) - len(chosen), FEWEST_UNITS):
            st.warning(few, icon=":material/group_add:")
        if st.button(primary_label("Start"), type="primary", key="coaching.start.go") and chosen:
            start = CoachingStart(phase=step.phase, reps=tuple(real[rep] for rep in chosen), since=since)
            _start(entry, file, counted, found, start, [real[rep] for rep in reps if rep not in chosen])
            st.rerun()


def month_name(month: str) -> str:
    """``2025-04`` in words."""
    return period_name(pd.Timestamp(f"{month}-01"), "month")


def start_months(found: CoachingFound) -> list[str]:
    """The months of the log but the first, and a few more."""
    months = found.phases.cube.months
    later = pd.period_range(pd.Period(months[-1], "M") + 1, periods=AHEAD, freq="M")
    return [*months[1:], *(str(month) for month in later)]


def _start(
    entry: DataSetEntry, file: PhaseFile, counted: OutcomeCounts, found: CoachingFound, start: CoachingStart,
    others: list[str],
) -> None:  # fmt: skip
    """Remember the start, count the phase in the data set, and plan the trial in the design and on page Trials.

    ``others`` : reps who are compared and not coached.
    """
    phases = [phase.name for phase in found.phases.phases]
    k = phases.index(start.phase)
    forms = dict(zip(counted.outcomes["code"], counted.outcomes["forms"], strict=True))
    dataset = entry.load()
    changed, formula = with_rate_of_phase(dataset, file, phases, k, forms)
    saved = entry
    if changed != dataset:
        replaces = entry.id if entry.kind == "upload" else None
        try:
            saved = add_data_set(workspace_folder(), changed, entry.files(), replaces=replaces,
                                 connections=tuple(allowed_connections()))  # fmt: skip
        except InputError as error:
            st.session_state[_NOT_SAVED] = error.issues
            return
        state.carry_design(entry.id, saved.id)
        state.open_dataset(saved.id)
        carry_saved_work(entry.id, saved.id)
    is_saved = False
    with saving():
        with writing(workspace_folder()):
            save_phase_file(workspace_folder(), saved, file)
            trial = _trial_file(found, start, formula, others, changed.grain)
            key = save_trial(workspace_folder(), saved, new_trial_key(), trial).key
            save_coaching(workspace_folder(), saved, start.model_copy(update={"trial": key}))
        is_saved = True
    if not is_saved:
        return
    design, name = _with_trial(state.current_design(), start, formula, float(found.phases.phases[k].achievable.mean()))
    state.change_design(design, words.trial_step(start.phase))
    st.session_state[_STARTED] = saved.id
    st.toast(plain(words.started_sentence(start.phase, name)), icon=":material/check:")


def _trial_file(found: CoachingFound, start: CoachingStart, formula: str, others: list[str], grain: Grain) -> TrialFile:
    """The trial of a phase's rate: coached reps, picked because of their rates, against those who are compared."""
    months = sum(month < start.since for month in found.phases.cube.months)
    periods = min(round(months * PER_MONTH[grain]), HISTORY[grain])
    first = pd.Timestamp(f"{start.since}-01")
    return parse_trial({
        "name": card_name_for_coaching(start.phase), "change": words.trial_what(start.phase), "measure": formula,
        "treated": start.reps, "comparison": others or None, "start": f"{first:%Y-%m-%d}", "assignment": "chosen_on",
        "before": max(periods, 1), "hypothesis": card_hypothesis_for_coaching(start.phase),
        "look_again": f"{first + pd.DateOffset(months=LOOK_AGAIN):%Y-%m-%d}",
    })  # fmt: skip


def _with_trial(design: Design, start: CoachingStart, formula: str, reachable: float) -> tuple[Design, str]:
    """Return the design in which the phase's rate is a KPI with a trial, and the KPI's name."""
    first = pd.Timestamp(f"{start.since}-01")
    trial = Trial(
        what=words.trial_what(start.phase), who=words.trial_who(len(start.reps)), start=f"{first:%Y-%m-%d}",
        expect=words.trial_expects(reachable), look_again=f"{first + pd.DateOffset(months=LOOK_AGAIN):%Y-%m-%d}",
    )  # fmt: skip
    same = next((kpi for kpi in design.kpis if kpi.formula == formula), None)
    if same is not None:
        path = edits.path_of(design, same.name)
        return (edits.update_kpi(design, path, trial=trial) if path else design), same.name
    names = {kpi.name for top in design.kpis for kpi in top.everything()}
    wanted = words.rate_name(start.phase)
    name = next(each for each in (wanted, *(f"{wanted} {n}" for n in range(2, len(names) + 3))) if each not in names)
    kpi = Kpi(name=name, formula=formula, target=float(f"{reachable:.2g}"), weight=0, role="lead", trial=trial)
    return edits.add_kpi(design, kpi), name


def show_started(entry: DataSetEntry, panel: Panel, names: dict[str, str]) -> None:
    """What was started last, with whom, whether it is planned or running, and where its trial is."""
    show_issues(st.session_state.pop(_NOT_SAVED, ()))
    for start in known_coaching(entry)[-1:]:
        reps = [names[rep] for rep in start.reps if rep in names]
        with st.container(horizontal=True, vertical_alignment="center"):
            said = words.coaching_state_sentence(
                start.phase, month_name(start.since), reps, _state_of(entry, panel, start)
            )
            st.markdown(plain(said), width="content")
            if start.trial:
                st.page_link(page("trials"), label="Open the trial", icon=":material/science:",
                             query_params={TRIAL_PARAMETER: start.trial})  # fmt: skip
            if st.session_state.get(_STARTED) == entry.id:
                st.page_link(page("kpis"), label="Open KPIs", icon=":material/add_chart:")


def _state_of(entry: DataSetEntry, panel: Panel, start: CoachingStart) -> TrialState:
    """The state that Trials shows; without a trial, by the month in which coaching begins."""
    trial = next((kept.file for kept in kept_trials(entry) if kept.key == start.trial), None)
    today = dt.date.today()
    last = data_until(panel, today)
    if trial is not None:
        return trial_state(trial, last, today)
    return "planned" if dt.date.fromisoformat(f"{start.since}-01") > max(last, today) else "running"
