"""Predictions that are played: kept as text, and marked against oracles worked out here."""

from __future__ import annotations

import math

import pytest

from tests.learn.lessons import SLUGS, lesson_data, lesson_plan
from workbench.data.model.panel import PERIOD, REP
from workbench.learn.answers import answer_step, build_step, mark_step
from workbench.learn.lesson import StepPlan
from workbench.learn.plays import (
    join_line,
    join_reps,
    join_weights,
    split_line,
    split_reps,
    split_weights,
)

PLAYED = [(slug, step) for slug in SLUGS for step in lesson_plan(slug).steps if step.play != "choice"]


def step_of(slug: str, play: str) -> StepPlan:
    return next(step for step in lesson_plan(slug).steps if step.play == play)


def test_what_is_said_comes_back_as_it_was() -> None:
    assert split_reps(join_reps(["Ben", "Ana O’Neil"])) == ("Ana O’Neil", "Ben")
    assert split_line(join_line([1.5, 20_000, 0])) == (1.5, 20_000.0, 0.0)
    assert split_weights(join_weights({"E-mails = sent": 12.5, "Dials": 0})) == {"E-mails = sent": 12.5, "Dials": 0.0}
    assert split_line("no line") == ()
    assert split_reps("") == ()


@pytest.mark.parametrize("slug", SLUGS)
def test_each_story_has_reps_to_pick_a_line_to_draw_and_weights_to_set(slug: str) -> None:
    assert {step.play for step in lesson_plan(slug).steps} == {"choice", "reps", "line", "weights"}


@pytest.mark.parametrize(("slug", "step"), PLAYED, ids=lambda part: getattr(part, "id", part))
def test_the_answer_counts_as_right_and_trusting_the_score_does_not(slug: str, step: StepPlan) -> None:
    found = answer_step(lesson_data(slug), step)
    assert mark_step(lesson_data(slug), step, found.key).right is True
    assert mark_step(lesson_data(slug), step, found.naive).right is False


def test_picked_reps_are_counted_and_everybody_is_no_answer() -> None:
    data, step = lesson_data("dials-floor"), step_of("dials-floor", "reps")
    fakers = sorted(data.truth.with_role("faker"))
    honest = [rep for rep in data.goals().index if rep not in fakers]
    for n, right in ((8, True), (6, True), (5, False)):
        mark = mark_step(data, step, join_reps([*fakers[:n], *honest[: 8 - n]]))
        assert (mark.amount, mark.of, mark.right) == (n, 8, right)
    assert mark_step(data, step, join_reps([*fakers, *honest])).right is False


def test_a_line_is_marked_by_its_average_distance() -> None:
    data, step = lesson_data("dials-floor"), step_of("dials-floor", "line")
    dials = data.panel.frame.groupby(REP)["dials"].sum() / data.panel.frame.groupby(REP)[PERIOD].nunique()
    ranks, goals = data.level("Dials").rank(method="first"), data.goals()
    fewest = goals[ranks[ranks <= len(ranks) / 4].index].mean()
    assert dials[ranks[ranks <= 3].index].max() < dials[ranks[ranks > 18].index].min()
    true = split_line(answer_step(data, step).key)
    assert true[0] == pytest.approx(fewest, rel=1e-4)
    within = build_step(data, step).task.within
    for by, right in ((0.9, True), (1.1, False)):
        mark = mark_step(data, step, join_line([value + (-1) ** k * by * within for k, value in enumerate(true)]))
        assert mark.amount == pytest.approx(by * within, rel=1e-3)
        assert mark.right is right
    assert mark_step(data, step, "1\n2").amount == math.inf


def test_a_line_begins_within_its_axis() -> None:
    for slug in SLUGS:
        step = step_of(slug, "line")
        task, true = build_step(lesson_data(slug), step).task, split_line(answer_step(lesson_data(slug), step).key)
        assert task is not None
        assert len(task.start) == len(true)
        assert 0 <= min(task.start) <= max(task.start) <= task.high
        assert max(true) < task.high
        assert all(math.isclose(value / task.step, round(value / task.step)) for value in (*task.start, task.high))


def test_weights_are_marked_by_the_best_sellers_they_put_on_top() -> None:
    data, step = lesson_data("dials-floor"), step_of("dials-floor", "weights")
    sellers = set(data.goals().nlargest(8).index)
    points = dict(zip(data.history.reps.keys[REP], data.history.reps.points[:, 1], strict=True))
    quotes = {rep for rep, each in points.items() if each >= sorted(points.values())[-8]}  # those tied for a place too
    mark = mark_step(data, step, join_weights({"Quotes": 40, "Dials": 0}))
    assert (mark.amount, mark.of) == (len(sellers & quotes), 8)
    assert mark_step(data, step, join_weights({"Dials": 100})).right is False
    assert mark_step(data, step, join_weights({"Dials": 0})).amount == 0
