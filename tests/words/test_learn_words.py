"""What is said of sureness: thresholds, singular and plural, and few predictions."""

from __future__ import annotations

import pytest

from workbench.learn.predictions import Prediction, judge_predictions
from workbench.words.learn import answered_words, brier_sentence, sureness_sentence, times_sentence


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
