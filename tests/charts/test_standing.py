"""The ranking as a picture: scores alone say nothing of the goal; places show where best sellers end."""

from __future__ import annotations

import json

import pandas as pd

from workbench.charts import share_bars, standing, team_goal
from workbench.scoring.classification import Awards

STANDING = pd.DataFrame({
    "rep": ["ann", "ben", "cleo"], "score": [90.0, 80.0, 80.0], "score_rank": [1.0, 2.0, 2.0],
    "goal": [10.0, 30.0, 20.0], "goal_rank": [3.0, 1.0, 2.0]})  # fmt: skip
NAMES = {"ann": "Ann", "ben": "Ben", "cleo": "Cleo"}
AWARDS = Awards(2, ("ann", "ben", "cleo"), ("ben", "cleo"))


def test_scores_are_drawn_best_first_without_a_word_on_the_goal() -> None:
    rows = standing.score_bars_chart(STANDING, NAMES, "#000000").data
    assert list(rows.columns) == ["name", "amount", "said"]
    assert rows["name"].tolist() == ["Ann", "Ben", "Cleo"]
    assert standing.score_bars_alt(STANDING, NAMES) == "Score, the highest first: Ann 90, Ben 80 and Cleo 80."


def test_places_are_two_lists_and_best_sellers_stand_out() -> None:
    awards = Awards(2, ("ann", "ben"), ("ben", "cleo"))
    rows = standing.places_chart(STANDING, awards, NAMES, "Sales", "#000000").data
    by_end = {end: part.sort_values("spot")["said"].tolist() for end, part in rows.groupby("end")}
    assert by_end == {"score": ["Ann 1", "Ben 2", "Cleo 2"], "Sales": ["1 Ben", "2 Cleo", "3 Ann"]}
    assert dict(zip(rows["name"], rows["look"], strict=True)) == {
        "Ann": standing.OTHERS, "Ben": standing.ON_TOP, "Cleo": standing.BELOW,
    }  # fmt: skip
    said = standing.places_alt(STANDING, awards, NAMES, "Sales")
    assert said == "Places by score and in Sales. Best sellers on top: Ben; further down: Cleo."


def test_without_any_place_in_the_goal_the_picture_is_empty_but_whole() -> None:
    unknown = STANDING.assign(goal=float("nan"), goal_rank=float("nan"))
    chart = standing.places_chart(unknown, Awards(2, ("ann",), (), goal_known=False), NAMES, "Sales", "#000000")
    assert len(chart.data) == 0
    assert "NaN" not in json.dumps(chart.to_dict(validate=False))


def test_everybody_is_named_or_nobody() -> None:
    named, silent = (
        standing.places_chart(STANDING, AWARDS, NAMES, "Sales", "#000000", named=named) for named in (True, False)
    )
    assert len(named.layer) == len(silent.layer) + 2


def test_a_months_target_stands_beside_what_was_reached() -> None:
    months = pd.date_range("2024-01-01", periods=3, freq="MS")
    sums = pd.DataFrame({"period": months, "value": [5.0, 20.0, 1.0], "target": [10.0] * 3, "met": [False, True, None],
                         "partial": [False, False, True]})  # fmt: skip
    rows = team_goal.team_goal_chart(sums, "Sales", "USD", "month", "#000000").data
    assert rows["look"].tolist() == [team_goal.MISSED, team_goal.HIT, team_goal.PART]
    assert team_goal.team_goal_alt(sums, "Sales", "month") == (
        "Sales of the team in 3 months, 1 in March 2024. The target was reached in 1."
    )


def test_a_month_without_a_target_is_not_drawn_as_reached() -> None:
    months = pd.date_range("2024-01-01", periods=2, freq="MS")
    sums = pd.DataFrame({"period": months, "value": [5.0, 20.0], "target": [0.0, 30.0], "met": [None, False],
                         "partial": False})  # fmt: skip
    rows = team_goal.team_goal_chart(sums, "Sales", "USD", "month", "#000000").data
    assert rows["look"].tolist() == [team_goal.OPEN, team_goal.MISSED]
    assert "The target was reached in 0." in team_goal.team_goal_alt(sums, "Sales", "month")
    without = sums.assign(target=float("nan"), met=None)
    assert {*team_goal.team_goal_chart(without, "Sales", "USD", "month", "#000000").data["look"]} == {team_goal.HIT}


def test_a_share_that_is_not_known_says_so() -> None:
    shares = {"Dials": 0.25, "Notes": float("nan")}
    chart = share_bars.share_bars_chart(shares, {"Dials": "#111111", "Notes": "#222222"}, "hit", "#000000")
    assert chart.data["said"].tolist() == ["25%", "not known"]
    assert share_bars.share_bars_alt(shares, "hit") == "hit: Dials 25%, Notes not known."
