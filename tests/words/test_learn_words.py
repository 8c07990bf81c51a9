"""What is said of sureness: thresholds, singular and plural, and few predictions."""

from __future__ import annotations

import pytest

from workbench.learn.lesson import LessonStep, Play, PlayTask, StepAnswer
from workbench.learn.plays import PlayMark
from workbench.learn.predictions import Prediction, judge_predictions
from workbench.words.learn import COVERED, answered_words, brier_sentence, sureness_sentence, times_sentence
from workbench.words.learn_plays import how_to_play, line_words, mark_sentence, picked_sentences


@pytest.mark.parametrize(
    ("brier", "said"),
    [(0.1, "much better"), (0.2, "are better"), (0.24, "as well"), (0.26, "as well"), (0.4, "would have done better")],
)
def test_a_brier_score_is_said_beside_guessing(brier: float, said: str) -> None:
    assert said in brier_sentence(brier)


@pytest.mark.parametrize(
    ("sure", "n_right", "n", "said"),
    [(90, 5, 10, "more confident than you are right"), (60, 9, 10, "trust yourself more"), (80, 8, 10, "fit well"),
     (90, 1, 4, "Too early to say more: 4 predictions so far")],
)  # fmt: skip
def test_sureness_is_compared_with_how_often_one_was_right(sure: int, n_right: int, n: int, said: str) -> None:
    made = [Prediction(story="a", step=str(k), choice="x", sure=sure, right=k < n_right) for k in range(n)]
    assert said in sureness_sentence(judge_predictions(made))


def test_one_time_is_one_time() -> None:
    assert times_sentence(70, 1, 3) == "When you were 70% sure, you were right 1 time of 3."
    assert answered_words(0, 8) == "8 questions, about fifteen minutes"
    assert answered_words(8, 8) == "All questions answered"


def step_with(play: Play, **task: object) -> LessonStep:
    return LessonStep(id="a", ask="?", choices=(), page="preview", part=None, before=None, play=play,
                      task=PlayTask(**task))  # fmt: skip


def test_what_is_played_says_from_when_on_it_is_right_and_how_close_it_came() -> None:
    reps, line = step_with("reps", n=3, need=2), step_with("line", within=2451.2)
    assert how_to_play(reps, "USD") == "Click 3 reps, or press Space on them. 2 of them are enough to be right."
    assert how_to_play(line, "USD").endswith("Within $2,500 on average counts as right.")
    assert mark_sentence(reps, PlayMark(True, 2, 3), "USD") == "You found 2 of 3."
    assert mark_sentence(line, PlayMark(False, 8465.75, 2451), "USD") == "Your line was $8,500 away on average."
    weights = mark_sentence(step_with("weights", need=7), PlayMark(True, 7, 8), "USD")
    assert weights == "Your weights put 7 of the 8 best on top."


def test_who_was_picked_in_vain_and_who_was_overlooked_is_named_as_shown() -> None:
    answer = StepAnswer(key="Ana\nBen\nCleo", naive="", why="-", kind="pick sellers", figures=(), reps=True, after=None)
    names = {"Ana": "Rep 01", "Ben": "Rep 02", "Cleo": "Rep 03", "Dan": "Rep 04"}
    assert picked_sentences("Ana\nBen\nDan", answer, names) == "Picked in vain: Rep 04. Overlooked: Rep 03."
    assert picked_sentences("Ana\nBen\nCleo", answer, names) == ""


def test_a_lines_numbers_carry_the_sign_of_money() -> None:
    assert line_words("USD", "Sales") == {"title": "Sales", "before": "$", "after": ""}
    assert line_words(None, "calls") == {"title": "calls", "before": "", "after": ""}


def test_a_cover_does_not_promise_that_the_page_itself_answers() -> None:
    """Integrity shows no share of dials that became conversations: the figures of the story do."""
    assert COVERED.format(page="Integrity") == (
        "Integrity is covered until you commit, so that nothing gives the answer away."
    )
