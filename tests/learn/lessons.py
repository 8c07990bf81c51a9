"""The lessons of the samples, with their data built once."""

from __future__ import annotations

from functools import cache

from tests.sample_panels import SAMPLES, sample_panel
from workbench.data.model.dataset import load_dataset
from workbench.design.model import load_design
from workbench.learn.answers import answer_step
from workbench.learn.lesson import LessonPlan, StepAnswer, StepPlan, load_lesson
from workbench.learn.lesson_data import LessonData
from workbench.learn.truth_file import find_truth
from workbench.phases.phase_file import load_phases

SLUGS = ("dials-floor", "quotes-desk", "many-ways-to-sell", "the-conversation")


@cache
def lesson_data(slug: str) -> LessonData:
    folder = SAMPLES / slug
    truth, phases = find_truth(folder), folder / f"{slug}.phases.json"
    assert truth is not None
    return LessonData(sample_panel(slug), load_design(folder / f"{slug}.design.json"), truth,
                      load_dataset(folder / f"{slug}.dataset.json"), folder,
                      load_phases(phases) if phases.is_file() else None)  # fmt: skip


@cache
def lesson_answer(slug: str, step: StepPlan) -> StepAnswer:
    """The answer of a step, computed once."""
    return answer_step(lesson_data(slug), step)


def lesson_plan(slug: str) -> LessonPlan:
    plan = load_lesson(slug)
    assert plan is not None
    return plan
