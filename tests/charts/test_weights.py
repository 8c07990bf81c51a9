"""Pictures of weights and options in words, and what is drawn, from numbers made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.charts import options, weights
from workbench.weights.rank_ranges import RankRanges
from workbench.weights.sweep import Sweep

NAMES = {"ann": "Rep 01", "ben": "Rep 02", "cleo": "Rep 03"}
INK = "#000000"


def drawn_values(chart) -> list[dict]:
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_stated_weight_and_actual_influence_are_two_bars_and_no_share_is_above_a_whole() -> None:
    found = pd.DataFrame({"kpi": ["Calls", "Mails"], "share": [0.5, 0.5], "effective": [1.06, -0.06]})
    chart = weights.influence_chart(found, {"Off": "#111111", "Calls": "#222222", "Mails": "#333333"}, INK)
    rows = drawn_values(chart)
    assert chart.to_dict()["layer"][0]["encoding"]["color"]["scale"] == {
        "domain": ["Calls", "Mails"], "range": ["#222222", "#333333"],
    }  # fmt: skip
    assert [row["said"] for row in rows if row["kpi"] == "Mails"] == ["weight 50%", "influence pulls the other way"]
    assert weights.influence_alt(found) == (
        "Calls: weight 50%, influence 100%; Mails: weight 50%, influence pulls the other way."
    )


def test_a_strip_names_both_ends_and_the_safe_span() -> None:
    steps = np.linspace(0, 1, 3)
    found = Sweep("Calls", 0.5, steps, steps, np.array([0.1, 0.2, -0.3]), np.array([3, 8, 5]), 0.4, 0.65, None,
                  None)  # fmt: skip
    assert weights.sweep_alt(found, 8) == (
        "Calls from 0 to 100%: link with the next period ρ 0.10 at 0, −0.30 at 100%. Today 50%; the top 8 stays "
        "the same from 40% to 65%; 3 of it stay at 0, 5 at 100%."
    )
    for chart in (weights.sweep_chart(found, INK), weights.sweep_top_chart(found, 8, INK)):
        assert {"share": 100.0, "rho": -0.3, "kept": 5} in drawn_values(chart)


def test_what_moves_the_ranks_is_a_bar_with_its_number() -> None:
    found = pd.DataFrame({"kpi": ["Calls", "Mails"], "alone": [0.8, 0.1], "total": [0.9, 0.2]})
    rows = drawn_values(weights.sensitivity_chart(found, dict.fromkeys(found["kpi"], INK), INK))
    assert [row["said"] for row in rows] == ["90%", "20%"]
    assert weights.sensitivity_alt(found) == "Part in how far ranks move: Calls 90%, Mails 20%."


def test_a_draft_stands_under_todays_shares_and_what_answers_allow_is_told() -> None:
    today, drafted = {"Calls": 0.7, "Mails": 0.3, "Off": 0.0}, {"Calls": 0.25, "Mails": 0.75}
    colours = dict.fromkeys(today, INK)
    said = [row["said"] for row in drawn_values(weights.draft_chart(today, drafted, colours, INK))]
    assert said == ["today 70%", "today 30%", "draft 25%", "draft 75%"]
    assert weights.draft_alt(today, drafted) == "Calls: today 70%, draft 25%; Mails: today 30%, draft 75%."
    spans = {"Calls": (0.1, 0.2, 0.4), "Mails": (0.6, 0.8, 0.9)}
    assert [
        row["said"] for row in drawn_values(weights.share_ranges_chart(spans, colours, INK, "weights that fit"))
    ] == [
        "10% to 40%",
        "60% to 90%",
    ]
    said = weights.share_ranges_alt(spans, "weights that fit")
    assert said == "Weights that fit: Calls 10% to 40%; Mails 60% to 90%."


def test_rank_ranges_show_hidden_names_and_leave_out_who_has_no_rank() -> None:
    nan = np.nan
    found = RankRanges(tuple(NAMES), np.array([1, 2, nan]), np.array([1, 2, nan]), np.array([1, 2, nan]), np.eye(3),
                       np.array([1, 2, nan]), 100, np.zeros((3, 3), dtype=bool))  # fmt: skip
    rows = drawn_values(weights.rank_ranges_chart(found, NAMES))
    assert [(row["name"], row["opens"]) for row in rows] == [("Rep 01", False), ("Rep 02", True)]
    assert "ann" not in weights.rank_ranges_alt(found, NAMES)


def test_lines_from_option_to_option_say_who_gains_and_who_loses() -> None:
    ranks = pd.DataFrame({
        "rep": [*NAMES, *NAMES], "rank": [1.0, 2.0, 3.0, 3.0, 2.0, 1.0], "goal_rank": 1.0,
        "option": ["Now"] * 3 + ["Calm"] * 3, "place": [0] * 3 + [1] * 3,
    })  # fmt: skip
    rows = drawn_values(options.bump_chart(ranks, NAMES, INK))
    assert {row["name"]: row["moved"] for row in rows} == {"Rep 01": "loses", "Rep 02": "about the same",
                                                           "Rep 03": "gains"}  # fmt: skip
    assert {(row["name"], row["spot"]) for row in rows if row["place"] == 1} == {
        ("Rep 03", 1), ("Rep 02", 2), ("Rep 01", 3)}  # fmt: skip
    tied = drawn_values(options.bump_chart(ranks.assign(rank=1.0), NAMES, INK))
    assert sorted(row["spot"] for row in tied if row["place"] == 0) == [1, 2, 3]
    assert options.bump_alt(ranks, NAMES) == (
        "First in Now: Rep 01; Calm: Rep 03. 1 rep up, 1 down by two ranks or more."
    )
