"""Every measure in one row: totals and the team's course, from figures added up by hand."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.scoring.panels import panel_of
from workbench.data.model.panel import MeasureInfo
from workbench.scoring.measure_overview import summarize_measures

FRAME = pd.DataFrame({
    "rep": ["a", "a", "b"],
    "period": ["2024-01-01", "2024-02-01", "2024-02-01"],
    "calls": [10.0, 30, 20],
    "length": [2.0, 4.0, np.nan],
    "length·sum": [20.0, 120.0, 0.0],
    "length·n": [10.0, 30.0, 0.0],
    "largest": [5.0, 9.0, 7.0],
})  # fmt: skip
MEASURES = (
    MeasureInfo("calls", "count", label="Calls made", unit=""),
    MeasureInfo("length", "mean", unit="min"),
    MeasureInfo("largest", "max"),
    MeasureInfo("days", "built_in", "days"),
)


@pytest.fixture
def rows():
    return summarize_measures(replace(panel_of(FRAME.assign(days=30.0)), measures=MEASURES)).set_index("name")


def test_the_data_sets_own_measures_come_in_its_order_without_the_built_in_ones(rows):
    assert rows.index.tolist() == ["calls", "length", "largest"]
    assert rows["label"].tolist() == ["Calls made", "length", "largest"]  # a name where there is no label
    assert rows["unit"].tolist() == ["", "min", ""]


def test_counts_add_up_means_are_ratios_of_sums_and_a_largest_value_has_no_total(rows):
    assert rows["total"].tolist()[:2] == [60.0, 3.5]  # 140 minutes over 40 calls, not the average of 2 and 4
    assert math.isnan(rows["total"]["largest"])


def test_the_course_is_the_teams_value_per_period(rows):
    assert rows["course"]["calls"] == [10.0, 50.0]
    assert rows["course"]["length"] == [2.0, 4.0]


def test_a_mean_of_nothing_is_missing_and_no_measures_are_no_rows():
    nothing = panel_of(FRAME.assign(length·sum=0.0, length·n=0.0))
    assert math.isnan(summarize_measures(replace(nothing, measures=MEASURES[1:2]))["total"][0])
    assert list(summarize_measures(replace(nothing, measures=())).columns) == [
        "name",
        "label",
        "unit",
        "total",
        "course",
    ]
