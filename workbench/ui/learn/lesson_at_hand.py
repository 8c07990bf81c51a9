"""The lesson of the open data set, with its steps and answers from the cache; answers only for whoever committed."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workbench.data.library.data_sets import DataSetEntry, workspace_folder
from workbench.data.model.panel import Panel
from workbench.design.model import Goal, load_design
from workbench.learn.answers import answer_step, build_step, mark_step
from workbench.learn.lesson import LessonPicture, LessonPlan, LessonStep, StepAnswer, StepPlan, load_lesson
from workbench.learn.lesson_data import LessonData
from workbench.learn.plays import PlayMark
from workbench.learn.truth_file import TruthFile, find_truth
from workbench.phases.phase_library import read_phase_file, shipped_phase_file
from workbench.rights.acting import as_server
from workbench.slides.slide import Slide
from workbench.slides.story import StoryStep
from workbench.slides.story_slides import story_slide
from workbench.ui.widgets.parts import text_colour

_KEPT = 8


def lesson_of(entry: DataSetEntry | None) -> tuple[TruthFile, LessonPlan] | None:
    """Truth and steps of a data set; None for one without a truth file, a plan, or a design of its own."""
    truth = find_truth(entry.folder) if entry and entry.design_path else None
    plan = load_lesson(truth.story, truth.months_on) if truth else None
    return (truth, plan) if truth and plan else None


def asked(entry: DataSetEntry, panel: Panel, plan: StepPlan) -> LessonStep:
    """A step as it is asked."""
    return _asked(plan, panel.key, entry.id, panel, entry)


def answered(entry: DataSetEntry, panel: Panel, plan: StepPlan) -> StepAnswer:
    """A step's answer; only for a prediction that was committed."""
    return _answered(plan, panel.key, entry.id, panel, entry)


def marked(entry: DataSetEntry, panel: Panel, plan: StepPlan, said: str) -> PlayMark:
    """How well a prediction did; only for one that is being committed, or was."""
    return _marked(plan, said, panel.key, entry.id, panel, entry)


def own_goal(entry: DataSetEntry, panel: Panel) -> Goal:
    """The goal of the design that came with the data set, whatever is drafted."""
    return _data(panel.key, entry.id, panel, entry).design.required_goal


def picture_of(entry: DataSetEntry, panel: Panel, page: str, picture: LessonPicture, names: Mapping[str, str]) -> Slide:
    """The sentence and chart of a picture."""
    step = StoryStep(page=page, notes="-", **picture.model_dump())
    return _drawn(step, panel.key, entry.id, tuple(names.items()), text_colour(), panel, entry)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _data(panel_key: str, entry_id: str, _panel: Panel, _entry: DataSetEntry) -> LessonData:
    truth = find_truth(_entry.folder)
    if truth is None or _entry.design_path is None:
        raise LookupError(f"{entry_id} has no lesson")
    with as_server():  # kept for everybody, so nobody's own phases
        phases = shipped_phase_file(_entry) or read_phase_file(workspace_folder(), _entry, of_nobody=True)
    return LessonData(_panel, load_design(_entry.design_path), truth, _entry.load(), _entry.folder, phases)


@st.cache_resource(max_entries=16 * _KEPT, show_spinner=False)
def _asked(plan: StepPlan, panel_key: str, entry_id: str, _panel: Panel, _entry: DataSetEntry) -> LessonStep:
    return build_step(_data(panel_key, entry_id, _panel, _entry), plan)


@st.cache_resource(max_entries=16 * _KEPT, show_spinner="Looking at the data …")
def _answered(plan: StepPlan, panel_key: str, entry_id: str, _panel: Panel, _entry: DataSetEntry) -> StepAnswer:
    return answer_step(_data(panel_key, entry_id, _panel, _entry), plan)


@st.cache_resource(max_entries=16 * _KEPT, show_spinner=False)  # in a callback: what draws may be broken off there
def _marked(plan: StepPlan, said: str, panel_key: str, entry_id: str, _panel: Panel, _entry: DataSetEntry) -> PlayMark:
    return mark_step(_data(panel_key, entry_id, _panel, _entry), plan, said)


@st.cache_resource(max_entries=16 * _KEPT, show_spinner=False)
def _drawn(
    step: StoryStep, panel_key: str, entry_id: str, names: tuple[tuple[str, str], ...], ink: str, _panel: Panel,
    _entry: DataSetEntry,
) -> Slide:  # fmt: skip
    return story_slide(step, _panel, _data(panel_key, entry_id, _panel, _entry).design, dict(names), ink)
