"""How long a story takes: about fifteen minutes, as it says before it begins.

An estimate and no measurement: what is read at 200 words a minute, and a time a question for looking at the picture,
choosing, and looking at what the page answers. Nobody has been timed.
"""

from __future__ import annotations

import pytest

from tests.learn.lessons import SLUGS, lesson_answer, lesson_data, lesson_plan
from workbench.learn.answers import build_step
from workbench.learn.lesson import LessonChoice, StepPlan
from workbench.words.learn import answered_words, choice_words, outcome_sentence
from workbench.words.learn_plays import how_to_play

A_MINUTE = 200
SECONDS = {"choice": 65, "line": 90, "reps": 110, "weights": 150}


def words_of(slug: str, step: StepPlan) -> int:
    """All that is read of a step: the question twice, since it stands above its answer too."""
    asked, found = build_step(lesson_data(slug), step), lesson_answer(slug, step)
    choices: tuple[LessonChoice, ...] = asked.choices if step.play == "choice" else ()
    shown = [choice_words(choice, {}) for choice in choices]
    answer = next((choice.text for choice in choices if choice.key == found.key), "")
    unit = lesson_data(slug).design.required_goal.unit
    texts = [asked.ask, asked.ask, *shown, how_to_play(asked, unit), outcome_sentence(answer, False, 70), found.why]
    return sum(len(text.split()) for text in texts)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_story_takes_about_fifteen_minutes(slug: str) -> None:
    truth, steps = lesson_data(slug).truth, lesson_plan(slug).steps
    told = len(truth.opening.split()) + len(truth.reveal.split())
    n = told + sum(words_of(slug, step) for step in steps)
    assert "fifteen minutes" in answered_words(0, len(steps))
    assert told <= 200
    assert 500 <= n <= 900
    assert 12 <= n / A_MINUTE + sum(SECONDS[step.play] for step in steps) / 60 <= 18
