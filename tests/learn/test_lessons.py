"""Every answer of a lesson is computed and is the one that was planted, and who trusts the score is wrong."""

from __future__ import annotations

import json

import pytest

from tests.learn.lessons import SLUGS, lesson_answer, lesson_data, lesson_plan
from workbench.learn.answers import KINDS, build_step, holds, mark_step
from workbench.learn.lesson import LESSONS, StepAnswer, StepPlan, load_lesson
from workbench.learn.predictions import COIN, Prediction, judge_predictions
from workbench.learn.truth_file import find_truth
from workbench.ui.preview import weights_place
from workbench.ui.session import kpi_link, trial_link
from workbench.ui.session.navigation import PAGES
from workbench.words import replay
from workbench.words.coaching import TABS as COACHING_TABS
from workbench.words.evidence_method import TABS as EVIDENCE_TABS
from workbench.words.integrity import TABS as INTEGRITY_TABS

STEPS = [(slug, step) for slug in SLUGS for step in lesson_plan(slug).steps]
REPLAY_TABS = (replay.HITS, replay.REWARDED, replay.REPRIMANDED, replay.STYLES, replay.STOPS, replay.LEFT, replay.HOURS)
PARTS = {page: {tab.lower().replace(" ", "-") for tab in tabs} for page, tabs in
         (("coaching", COACHING_TABS), ("integrity", INTEGRITY_TABS), ("replay", REPLAY_TABS),
          ("evidence", EVIDENCE_TABS))}  # fmt: skip
LINKED = dict.fromkeys(PAGES, frozenset[str]()) | {
    "evidence": {kpi_link.PARAMETER}, "trials": {trial_link.PARAMETER}, "preview": {weights_place.PARAMETER},
}  # fmt: skip
"""What the link to a page may say besides its part, by page."""


def answer(slug: str, step: str) -> StepAnswer:
    return lesson_answer(slug, next(each for each in lesson_plan(slug).steps if each.id == step))


@pytest.mark.parametrize("slug", SLUGS)
def test_computed_answers_are_the_planted_ones(slug: str) -> None:
    plan = lesson_plan(slug)
    assert holds(lesson_data(slug), plan) is True
    asked = [step.truth for step in (*plan.steps, *plan.told) if step.truth is not None]
    assert sorted(asked) == list(range(len(lesson_data(slug).truth.questions)))


def test_of_a_change_of_everybody_nobody_can_tell_whether_it_helped() -> None:
    assert answer("dials-floor", "helped").key == "unknown"


@pytest.mark.parametrize(("slug", "step"), STEPS, ids=lambda part: getattr(part, "id", part))
def test_a_step_has_one_right_choice_and_names_what_there_is(slug: str, step: StepPlan) -> None:
    asked, found = build_step(lesson_data(slug), step), answer(slug, step.id)
    keys = [choice.key for choice in asked.choices]
    assert len(keys) == len(set(keys))
    if step.play == "choice":
        assert 2 <= len(keys) <= 5
        assert keys.count(found.key) == 1
        assert found.naive in keys
    assert step.page in PAGES
    assert step.part is None or step.part in PARTS[step.page]
    assert set(dict(step.link)) <= LINKED[step.page]
    assert len(step.ask.split()) <= 20
    assert all(len(part.split()) <= 20 for part in found.why.split(". "))
    assert step.kind in KINDS


@pytest.mark.parametrize(("slug", "step"), [(slug, step) for slug, step in STEPS if step.kind == "best seller"])
def test_the_best_seller_is_ahead_by_more_than_a_hair(slug: str, step: StepPlan) -> None:
    found = answer(slug, step.id)
    best, second = sorted((figure for _, figure in found.figures), reverse=True)[:2]
    assert best > 1.02 * second
    periods = lesson_data(slug).scored(step).rep_periods.keys["rep"].value_counts()
    assert {int(periods[rep]) for rep, _ in found.figures} == {int(periods.max())}, "nobody who left or came meanwhile"


@pytest.mark.parametrize("slug", SLUGS)
def test_who_trusts_the_score_loses_to_a_coin_and_who_reads_the_data_wins(slug: str) -> None:
    naive, careful = [], []
    for step in lesson_plan(slug).steps:
        found = answer(slug, step.id)
        naive.append(
            Prediction(
                story=slug,
                step=step.id,
                choice=found.naive,
                sure=80,
                right=mark_step(lesson_data(slug), step, found.naive).right,
            )
        )
        careful.append(Prediction(story=slug, step=step.id, choice=found.key, sure=80,
                                  right=mark_step(lesson_data(slug), step, found.key).right))  # fmt: skip
    trusting, reading = judge_predictions(naive).brier, judge_predictions(careful).brier
    assert trusting is not None
    assert reading is not None
    assert reading < COIN < trusting


@pytest.mark.parametrize("slug", SLUGS)
def test_a_step_as_it_is_asked_is_the_same_whatever_is_right(slug: str) -> None:
    """Neither answer nor reason is among what is built before the prediction; reps to choose from are in order."""
    for step in lesson_plan(slug).steps:
        asked, found = build_step(lesson_data(slug), step), answer(slug, step.id)
        sent = json.dumps(asked.model_dump(), ensure_ascii=False)
        assert found.why not in sent
        assert "right" not in asked.model_dump()
        reps = [choice.key for choice in asked.choices if choice.is_rep]
        scores = dict(asked.task.bars) if asked.task else {}
        assert reps == sorted(reps) or [scores[rep] for rep in reps] == sorted(scores.values(), reverse=True)


def test_without_a_plan_or_a_truth_there_is_no_lesson(tmp_path) -> None:
    assert load_lesson("0123456789abcdef") is None
    assert load_lesson("../lessons/dials-floor") is None
    assert find_truth(tmp_path) is None
    (tmp_path / "a.truth.json").write_text("{broken", encoding="utf-8")
    assert find_truth(tmp_path) is None
    assert sorted(path.stem for path in LESSONS.glob("*.json")) == sorted(SLUGS)
