"""Sureness against numbers worked out by hand, and what is kept of a learner."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stored import contents, put_draft
from workbench.learn.predictions import COIN, SURE, Prediction, judge_predictions
from workbench.learn.progress_store import keep_prediction, read_progress, set_playing, start_story_over
from workbench.store.kinds import LEARNER as KIND
from workbench.store.opening import reading

LEARNER = "0123456789abcdef"


def said(sure: int, right: bool, step: str = "", story: str = "a", round: int = 0) -> Prediction:
    return Prediction(story=story, step=step or f"{sure}{right}", choice="x", sure=sure, right=right, round=round)


def test_the_brier_score_is_the_mean_squared_difference() -> None:
    """0.9 right, 0.8 wrong, 0.5 right, 1.0 right: (0.01 + 0.64 + 0.25 + 0) ÷ 4, as brier_score_loss of scikit-learn."""
    found = judge_predictions([said(90, True), said(80, False), said(50, True), said(100, True)])
    assert found.brier == pytest.approx(0.225)
    assert (found.n, found.n_right) == (4, 3)
    assert found.table.to_dict("list") == {"sure": [50, 80, 90, 100], "n": [1, 1, 1, 1], "n_right": [1, 0, 1, 1]}


def test_a_coin_gets_a_quarter_whatever_happens() -> None:
    assert judge_predictions([said(50, True), said(50, False)]).brier == pytest.approx(COIN)
    assert judge_predictions([said(50, False)]).brier == pytest.approx(COIN)


def test_nothing_predicted_has_no_score() -> None:
    found = judge_predictions([])
    assert (found.brier, found.n, found.table.empty) == (None, 0, True)


def test_only_the_first_prediction_of_a_step_says_how_sure_one_was() -> None:
    again = [said(100, True, "one", round=1), said(80, False, "one"), said(80, True, "one", story="b")]
    found = judge_predictions(again)
    assert found.table.to_dict("list") == {"sure": [80], "n": [2], "n_right": [1]}


def test_predictions_are_kept_by_learner_and_stay_as_they_were(tmp_path: Path) -> None:
    keep_prediction(tmp_path, LEARNER, said(80, False, "one"))
    keep_prediction(tmp_path, LEARNER, said(100, True, "one"))
    keep_prediction(tmp_path, LEARNER, said(60, True, "two"))
    kept = read_progress(tmp_path, LEARNER)
    assert {step: each.sure for step, each in kept.of("a").items()} == {"one": 80, "two": 60}
    assert kept.of("a")["one"].right is False
    assert read_progress(tmp_path, "f" * 16).predictions == ()


def test_a_story_can_be_started_over_and_the_first_time_still_counts(tmp_path: Path) -> None:
    keep_prediction(tmp_path, LEARNER, said(80, False, "one"))
    assert start_story_over(tmp_path, LEARNER, "a").of("a") == {}
    kept = keep_prediction(tmp_path, LEARNER, said(100, True, "one"))
    assert [each.round for each in kept.predictions] == [0, 1]
    assert kept.of("a")["one"].right is True
    assert judge_predictions(kept.predictions).n_right == 0


def test_the_story_that_is_open_is_kept_beside_the_predictions(tmp_path: Path) -> None:
    keep_prediction(tmp_path, LEARNER, said(80, False, "one"))
    assert set_playing(tmp_path, LEARNER, "a").playing == "a"
    assert keep_prediction(tmp_path, LEARNER, said(60, True, "two")).playing == "a"
    assert set_playing(tmp_path, LEARNER, "").playing == ""
    assert len(read_progress(tmp_path, LEARNER).of("a")) == 2


def test_what_is_damaged_is_as_none_and_ids_are_checked(tmp_path: Path) -> None:
    put_draft(tmp_path, KIND, "", LEARNER, "{")
    assert read_progress(tmp_path, LEARNER).predictions == ()
    for strange in ("../../etc/passwd", "", "0123456789ABCDEF", f"{LEARNER}\n"):
        with pytest.raises(LookupError):
            read_progress(tmp_path, strange)


def test_one_may_be_as_sure_as_a_coin_or_quite_sure() -> None:
    assert (SURE[0], SURE[-1]) == (50, 100)
    with pytest.raises(ValueError, match="greater than or equal to 50"):
        said(40, True)


def test_what_cannot_be_read_is_kept_beside_what_comes_next(tmp_path: Path) -> None:
    put_draft(tmp_path, KIND, "", LEARNER, "{")
    keep_prediction(tmp_path, LEARNER, said(80, False, "one"))
    keep_prediction(tmp_path, LEARNER, said(80, False, "two"))
    assert contents(tmp_path, KIND) == ["{"]
    assert len(read_progress(tmp_path, LEARNER).predictions) == 2


def test_what_a_later_release_adds_is_no_damage_and_stays(tmp_path: Path) -> None:
    put_draft(tmp_path, KIND, "", LEARNER, '{"tour_seen": true, "later": 1}')
    assert set_playing(tmp_path, LEARNER, "a").tour_seen
    with reading(tmp_path) as store:
        found = store.find(KIND, "", LEARNER)
    assert found is not None
    assert found.draft is not None
    assert '"later":1' in found.draft.content
