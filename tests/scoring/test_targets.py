"""Targets held against history, and who made the goal without a KPI."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.panels import panel_of, random_panel
from workbench.design.model import Goal, Kpi, Scoring, parse_design
from workbench.errors import InputError
from workbench.scoring.goal_without_kpi import classify_reps_by_goal_and_kpi
from workbench.scoring.targets import (
    goal_target_history,
    kpi_target_history,
    offered_targets,
    round_to_three_figures,
    team_averages,
    value_at_percentile,
)

FRAME = pd.DataFrame({
    "rep": ["a", "a", "b", "b", "c"],
    "period": ["2024-01-01", "2024-02-01", "2024-01-01", "2024-02-01", "2024-02-01"],
    "calls": [10.0, 30, 20, 20, 0],
    "closed": [2.0, 0, 4, 1, 0],
    "won": [1.0, 0, 4, 0, 0],
    "sales": [100.0, 300, 50, 50, 400],
})  # fmt: skip
PANEL = panel_of(FRAME)


def test_reach_counts_rep_periods_and_reps():
    found = kpi_target_history(PANEL, Kpi(name="k", formula="calls", target=20))
    assert (found.n, found.hit, found.share, found.missing) == (5, 3, 0.6, 0)
    assert (found.reps_met, found.n_reps) == (2, 3)  # a averages 20, b 20, c 0


def test_a_missing_value_is_neither_met_nor_missed():
    found = kpi_target_history(PANEL, Kpi(name="k", formula="won / closed", target=0.5))
    assert (found.n, found.missing, found.hit) == (3, 2, 2)
    assert found.reps_met == 2  # 1 of 2, 4 of 5 as ratios of totals; c has none


def test_without_a_target_nothing_can_be_said():
    found = kpi_target_history(PANEL, Kpi(name="k", formula="calls"))
    assert (found.n, found.n_reps) == (0, 0)
    assert math.isnan(found.share)


def test_lower_is_better_dated_steps_and_a_target_per_rep():
    assert kpi_target_history(PANEL, Kpi(name="k", formula="calls", target=15, direction="lower")).hit == 2
    steps = parse_design({"name": "d", "kpis": [{"name": "k", "formula": "calls", "target": [
        {"from": "2024-01", "value": 15}, {"from": "2024-02", "value": 25}]}]}).kpis[0]  # fmt: skip
    assert kpi_target_history(PANEL, steps).hit == 2
    assert kpi_target_history(PANEL, Kpi(name="k", formula="calls", target="closed * 5")).hit == 5
    assert goal_target_history(PANEL, Goal(measure="sales", target=100)).hit == 3


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=60), st.sampled_from([50, 67, 75, 90]))
def test_a_percentile_target_leaves_the_promised_share_above_it(values, percentile):
    """Oracle: NumPy's quantile, before rounding to three figures."""
    exact = np.quantile(np.array(values, float), percentile / 100)
    assert value_at_percentile(np.array(values, float), percentile, "higher") == pytest.approx(exact, rel=0.0051)


def test_percentiles_turn_round_where_lower_is_better():
    values = np.arange(101.0)
    assert value_at_percentile(values, 90, "higher") == 90
    assert value_at_percentile(values, 90, "lower") == 10
    assert math.isnan(value_at_percentile(np.array([np.nan]), 50, "higher"))
    assert (round_to_three_figures(21437.2), round_to_three_figures(0.63333)) == (21400, 0.633)


def test_the_team_average_says_how_many_reps_it_is_of():
    found = team_averages(kpi_target_history(PANEL, Kpi(name="k", formula="won / closed")))
    assert found["value"].tolist() == [0.75, 0.0]
    assert found["n"].tolist() == [2, 1]


def test_who_made_the_goal_without_the_kpi():
    goal, kpi = Goal(measure="sales", target=150), Kpi(name="Calls", formula="calls", target=20)
    found = classify_reps_by_goal_and_kpi(PANEL, goal, kpi, Scoring())
    assert {kind: found.of(kind) for kind in set(found.reps["kind"])} == {
        "hit_both": ("a",), "box_ticker": ("b",), "unsung_seller": ("c",)}  # fmt: skip
    assert found.made_goal == 2


def test_reps_without_a_value_are_left_out_and_a_goal_without_target_sorts_nobody():
    kpi = Kpi(name="Win rate", formula="won / closed", target=0.5)
    assert set(classify_reps_by_goal_and_kpi(PANEL, Goal(measure="sales", target=150), kpi, Scoring()).reps["rep"]) == {
        "a",
        "b",
    }
    assert classify_reps_by_goal_and_kpi(PANEL, Goal(measure="sales"), kpi, Scoring()).reps.empty


def test_a_composite_and_a_range_are_met_at_a_hundred_points():
    goal = Goal(measure="sales", target=150)
    parts = (
        Kpi(name="Calls", formula="calls", target=20, weight=1),
        Kpi(name="Won", formula="won", target=2, weight=1),
    )
    whole = classify_reps_by_goal_and_kpi(PANEL, goal, Kpi(name="All", kpis=parts), Scoring()).reps.set_index("rep")
    assert whole["kpi"].round(6).to_dict() == {"a": 62.5, "b": 100.0, "c": 0.0}
    assert whole["kind"].to_dict() == {"a": "unsung_seller", "b": "box_ticker", "c": "unsung_seller"}
    band = parse_design({"name": "d", "kpis": [{"name": "k", "formula": "calls", "direction": {"within": [5, 25]}}]})
    assert classify_reps_by_goal_and_kpi(PANEL, goal, band.kpis[0], Scoring()).of("hit_both") == ("a",)


@given(st.integers(0, 5))
def test_every_rep_with_both_is_of_exactly_one_kind(seed):
    panel = random_panel(seed, gaps=True)
    found = classify_reps_by_goal_and_kpi(
        panel, Goal(measure="sales", target=900), Kpi(name="k", formula="meetings", target=10), Scoring()
    )
    assert sorted(found.reps["rep"]) == sorted(panel.frame["rep"].unique())
    assert sum(len(found.of(kind)) for kind in set(found.reps["kind"])) == len(found.reps)


def test_an_unreadable_formula_is_an_input_fault():
    with pytest.raises(InputError, match="cals"):
        kpi_target_history(PANEL, Kpi(name="k", formula="cals"))


def test_a_target_that_asks_for_nothing_is_not_offered():
    rare = np.array([0] * 70 + [1] * 20 + [4] * 10, float)
    assert offered_targets(rare, "higher") == {75: 1, 90: pytest.approx(1.3)}
    assert offered_targets(np.zeros(10), "higher") == {}
    assert list(offered_targets(rare, "lower").values()) == [0, 0, 0, 0]
