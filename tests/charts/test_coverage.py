"""The coverage picture draws every rep-period once, tells zero from missing from absent, and shows gaps."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.charts.coverage import axis_labels, coverage_alt, coverage_chart, coverage_rows, period_total_rows
from workbench.data.model.panel import MeasureInfo, Panel

FRAME = pd.DataFrame(
    {
        "rep": ["Zoe", "Zoe", "Zoe", "Ana", "Ana"],
        "period": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-05-01", "2026-02-01", "2026-05-01"]),
        "dials": [4.0, 0.0, 2.0, 3.0, 5.0],
        "rate": [0.5, float("nan"), 1.0, 0.25, 0.5],
        "rate·sum": [2.0, 0.0, 2.0, 1.0, 1.0],
        "rate·n": [4.0, 0.0, 2.0, 4.0, 2.0],
    }
)
PANEL = Panel(
    "Calls",
    "month",
    FRAME,
    (MeasureInfo("dials", "count", label="Dials"), MeasureInfo("rate", "mean", unit="%")),
    pd.DataFrame({"rep": ["Ana", "Zoe"]}),
    partial=(pd.Timestamp("2026-05-01"),),
)
NAMES = {"Zoe": "Rep 02", "Ana": "Rep 01"}


def test_reps_come_in_the_order_in_which_they_begin_under_their_shown_names() -> None:
    drawn = coverage_rows(PANEL, "dials", NAMES)
    assert list(drawn.drop_duplicates("rep")["name"]) == ["Rep 02", "Rep 01"]
    assert len(drawn) == len(FRAME)


def test_zero_and_missing_are_told_apart() -> None:
    assert coverage_rows(PANEL, "dials", NAMES)["state"].tolist() == ["number", "zero", "number", "number", "number"]
    assert coverage_rows(PANEL, "rate", NAMES)["state"].tolist() == ["number", "missing", "number", "number", "number"]


def test_the_team_is_a_sum_for_counts_and_a_ratio_of_sums_for_means() -> None:
    assert period_total_rows(PANEL, "dials")["value"].tolist() == [4.0, 3.0, 7.0]
    assert period_total_rows(PANEL, "rate")["value"].tolist() == pytest.approx([0.5, 0.25, 0.75])
    assert period_total_rows(PANEL, "dials")["partial"].tolist() == [False, False, True]


def test_periods_without_any_data_keep_their_place_on_the_axis() -> None:
    spec = coverage_chart(PANEL, "dials", NAMES).to_dict()
    domains = [part["encoding"]["x"]["scale"]["domain"] for part in spec["vconcat"]]
    assert domains == [["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"]] * 2


def test_the_alt_text_counts_what_is_drawn() -> None:
    assert coverage_alt(PANEL, "dials", NAMES) == (
        "Dials (per month) of 2 reps in 5 months: 4 cells hold a number, 1 are 0, 0 are missing, "
        "5 are blank because the rep was not there."
    )


def test_the_year_stands_below_the_first_label_of_each_year() -> None:
    labels = axis_labels(["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"], "month")
    assert list(labels.values()) == [["Nov", "2025"], ["Dec", ""], ["Jan", "2026"], ["Feb", ""]]
    assert axis_labels(["2026-04-01"], "quarter") == {"2026-04-01": ["Q2", "2026"]}
    assert axis_labels(["2026-04-06"], "week") == {"2026-04-06": ["6 Apr", "2026"]}
