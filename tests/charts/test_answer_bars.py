"""Bars behind an answer, and sureness beside what happened: what is drawn and what is said of it."""

from __future__ import annotations

import pytest

from workbench.charts.answer_bars import answer_bars_alt, answer_bars_chart
from workbench.charts.palette import ACCENT
from workbench.charts.sureness import sureness_alt, sureness_chart
from workbench.learn.predictions import Prediction, judge_predictions

INK = "#000000"
LINKS = {"Dials": -0.19, "Quotes": 0.9}


def rows(chart: object) -> list[dict]:
    spec = chart.to_dict()
    return next(iter(spec["datasets"].values()))


def test_the_answer_alone_is_in_colour_and_negative_bars_have_room() -> None:
    chart = answer_bars_chart(LINKS, ["Quotes"], "link strength", INK)
    assert [(row["name"], row["is_answer"]) for row in rows(chart)] == [("Dials", False), ("Quotes", True)]
    bars = chart.to_dict()["layer"][0]["encoding"]
    assert bars["color"]["scale"] == {"domain": [True, False], "range": [ACCENT, "#8A96A3"]}
    low, high = bars["x"]["scale"]["domain"]
    assert low < -0.19
    assert high > 0.9
    assert answer_bars_alt(LINKS, "link strength") == "Link strength: Dials −0.19 and Quotes 0.9."


def test_an_answer_that_is_no_bar_leaves_all_in_colour() -> None:
    chart = answer_bars_chart({"faked": 8, "did not": 16}, ["third"], "reps", INK)
    assert all(row["is_answer"] for row in rows(chart))


@pytest.mark.parametrize(("amount", "digits"), [(0.3, None), (40.0, None), (30_000.0, "~s")])
def test_small_amounts_are_written_without_a_prefix(amount: float, digits: str | None) -> None:
    spec = answer_bars_chart({"a": amount}, ["a"], "amount", INK).to_dict()
    assert spec["layer"][0]["encoding"]["x"]["axis"].get("format") == digits


def test_sureness_is_drawn_beside_what_happened() -> None:
    said = [Prediction(story="a", step=str(k), choice="x", sure=80, right=k < 3) for k in range(4)]
    table = judge_predictions(said).table
    chart = sureness_chart(table, INK).to_dict()
    drawn = [row for each in chart["datasets"].values() for row in each if "n_right" in row]
    assert [(row["sure"], row["right"], row["of"]) for row in drawn] == [(80, 75.0, "3 of 4")]
    assert sureness_alt(table) == "When you were 80% sure, you were right 3 times of 4."


def test_many_bars_are_lower_and_each_keeps_its_name() -> None:
    few, many = (answer_bars_chart({f"{k}": 1.0 for k in range(n)}, [], "amount", INK).to_dict() for n in (4, 24))
    assert many["height"]["step"] < few["height"]["step"]
    assert many["layer"][0]["encoding"]["y"]["axis"]["labelOverlap"] is False
