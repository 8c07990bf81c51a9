"""Defaults from the history: the goal, first targets, directions and weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.scoring.panels import random_panel
from workbench.data.model.panel import MeasureInfo
from workbench.data.model.source_coverage import SourceCoverage
from workbench.design.model import Design, Kpi, Scoring, Within
from workbench.errors import Issue, Where
from workbench.scoring.defaults import (
    FIRST_WEIGHT,
    default_direction,
    default_weight,
    goal_from_measure,
    likely_goals,
    replace_weights,
    target_from_history,
)

VALUES = np.arange(1.0, 101.0)


def panel():
    made = random_panel(5)
    frame = made.frame.assign(revenue=1.0, profit=2.0, workdays=20.0, empty=np.nan)
    measures = (MeasureInfo("calls", "count", source="crm"), MeasureInfo("sales", "sum", source="crm"),
                MeasureInfo("revenue", "sum", source="crm", unit="USD"),
                MeasureInfo("profit", "sum", source="crm", unit="USD", label="Profit"),
                MeasureInfo("empty", "mean", source="crm"), MeasureInfo("workdays", "built_in"))  # fmt: skip
    return replace(made, frame=frame, measures=measures)


def design(*weights: float) -> Design:
    kpis = tuple(Kpi(name=f"k{k}", formula="calls", weight=weight) for k, weight in enumerate(weights))
    return Design(name="d", kpis=kpis, scoring=Scoring())


def test_sums_of_money_are_the_likeliest_goals_and_larger_totals_come_first():
    assert likely_goals(panel())[:3] == ["profit", "revenue", "sales"]
    assert "workdays" not in likely_goals(panel())


def test_a_measure_becomes_the_goal_with_a_target_that_a_third_of_the_past_met():
    goal = goal_from_measure(panel(), "sales")
    share = (panel().frame["sales"] >= goal.target).mean()
    assert (goal.percentile, goal.measure) == (67, "sales")
    assert share == pytest.approx(1 / 3, abs=0.1)
    nothing = goal_from_measure(panel(), "empty")
    assert (nothing.target, nothing.percentile) == (None, None)


@pytest.mark.parametrize(("sold", "percentile", "target"), [(0.3, 75, 1.0), (0.15, 90, 1.0), (0.05, None, None)])
def test_a_rare_goal_gets_no_target_that_nothing_sold_would_meet(
    sold: float, percentile: float | None, target: float | None
) -> None:
    made = panel()
    deals = (np.arange(len(made.frame)) < sold * len(made.frame)).astype(float)
    goal = goal_from_measure(replace(made, frame=made.frame.assign(sales=deals)), "sales")
    assert (goal.percentile, goal.target) == (percentile, target)


def test_a_first_target_is_above_zero_or_none():
    kpi = Kpi(name="k", formula="calls")
    found = target_from_history(VALUES, kpi, 75)
    assert found["percentile"] == 75
    assert (found["target"] <= VALUES).mean() == pytest.approx(0.25, abs=0.02)
    assert target_from_history(-VALUES, kpi, 75) == {}
    assert target_from_history(None, kpi, 75) == {}


def test_a_new_kpi_weighs_as_much_as_those_that_are_on():
    assert default_weight(design(30, 11, 0)) == 20
    assert default_weight(design(0)) == FIRST_WEIGHT


def test_a_range_begins_as_the_middle_half_of_the_values():
    assert default_direction("lower", VALUES) == "lower"
    low, high = default_direction("range", VALUES).within
    assert ((low <= VALUES) & (high >= VALUES)).mean() == pytest.approx(0.5, abs=0.03)
    assert default_direction("range", np.array([])) == Within(within=(0, 1))
    assert default_direction("range", np.array([3.0, 3.0])) == Within(within=(3, 4))


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0], [1.0, float("nan")], [1.0, float("inf")]])
def test_weights_that_cannot_be_give_no_design(weights):
    assert replace_weights(design(30, 70), weights) is None


def test_weights_in_the_order_of_the_kpis_give_the_design_under_them():
    assert [kpi.weight for kpi in replace_weights(design(30, 70), [5, 0]).kpis] == [5, 0]


def test_a_target_is_no_goal_and_successes_come_before_durations_and_blank_columns():
    made = panel()
    measures = (
        MeasureInfo("calls", "count", source="crm", label="Calls"),
        MeasureInfo("sales", "sum", source="crm", label="Target amount", unit="USD"),
        MeasureInfo("revenue", "sum", source="crm", label="Call duration in minutes", unit="minutes"),
        MeasureInfo("profit", "count", source="crm", label="Connected - Interested"),
        MeasureInfo("empty", "count", source="crm", label="Wrong number"),
    )
    assert likely_goals(replace(made, measures=measures)) == ["profit", "calls", "revenue", "empty"]
    assert likely_goals(replace(made, measures=measures[1:2])) == ["sales"]  # nothing else to choose from


def test_a_column_that_is_mostly_blank_is_not_the_first_goal():
    rows = ((pd.Timestamp("2024-01-01"), 100),)
    coverage = (SourceCoverage("crm", "date", ("revenue", "profit"), rows[0][0], rows[0][0], None, rows),)
    blank = Issue.of("info", "no_amount", Where(source="crm", measure="profit"), 90, column="profit")
    month = replace(panel(), coverage=coverage, issues=(blank,))
    assert likely_goals(month)[0] == "revenue"
    assert likely_goals(month)[-1] == "profit"
