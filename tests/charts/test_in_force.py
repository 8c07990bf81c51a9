"""The course of the goal with what was in force when: every stretch, cut to what is drawn, and said in words."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tests.decisions import decided
from workbench.charts.in_force import in_force_alt, in_force_chart
from workbench.design.decisions import DecisionLog
from workbench.design.in_force import InForceSpan, spans_in_force

SUMS = pd.DataFrame({"period": pd.date_range("2026-01-01", periods=3, freq="MS"), "value": [5.0, 20.0, 12.0]})


def spans() -> tuple[InForceSpan, ...]:
    log = DecisionLog((decided("A", "2026-01-01", "2026-01-01"), decided("B", "2026-02-01", "2026-03-01", 2)))
    return spans_in_force(log)


def data_of(chart: alt.LayerChart, column: str) -> list[object]:
    """The first table in the chart that has a column."""
    found = [layer.data for layer in chart.layer if isinstance(layer.data, pd.DataFrame) and column in layer.data]
    return found[0][column].tolist()


def test_a_bar_stands_for_each_period_and_a_colour_for_each_design() -> None:
    chart = in_force_chart(SUMS, spans(), "Sales", "USD", "month", "#000000")
    assert data_of(chart, "value") == [5.0, 20.0, 12.0]
    assert data_of(chart, "design") == ["A", "B"]
    ends = [pd.Timestamp(end) for end in data_of(chart, "end")]
    assert ends[0] == pd.Timestamp("2026-03-01")
    assert ends[1] > pd.Timestamp("2026-04-01")
    alt.Chart.from_dict(chart.to_dict())


def test_two_designs_of_one_name_have_a_name_and_a_colour_of_their_own() -> None:
    log = DecisionLog((decided("A", "2026-01-01", "2026-01-01"),
                       decided("A", "2026-02-01", "2026-02-01", 2).model_copy(update={"design": "0" * 12}),
                       decided("A", "2026-03-01", "2026-03-01", 3)))  # fmt: skip
    chart = in_force_chart(SUMS, spans_in_force(log), "Sales", "USD", "month", "#000000")
    assert data_of(chart, "design") == ["A, version 1", "A, version 2", "A, version 1"]
    colour = chart.to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert colour["domain"] == ["A, version 1", "A, version 2"]
    assert len(set(colour["range"])) == 2
    assert "A, version 2: 1 February 2026" in in_force_alt(SUMS, spans_in_force(log), "Sales", "month")


def test_a_goal_below_zero_lies_within_the_picture() -> None:
    for values in ([5.0, -20.0, 12.0], [-3.0, -20.0, -7.0]):
        drawn = in_force_chart(SUMS.assign(value=values), spans(), "Margin", "USD", "month", "#000000").to_dict()
        low, top = next(layer["encoding"]["y"]["scale"]["domain"] for layer in drawn["layer"]
                        if layer["mark"]["type"] == "bar")  # fmt: skip
        assert low <= min(values)
        assert top > max(*values, 0)


def test_without_a_goal_that_adds_up_there_are_no_bars() -> None:
    chart = in_force_chart(None, spans(), "Win rate", "share", "month", "#000000")
    assert [layer.mark.type for layer in chart.layer] == ["rect", "rule", "text"]
    assert in_force_alt(None, spans(), "Win rate", "month") == (
        "In force: A: 1 January 2026 to 28 February 2026; B: since 1 March 2026."
    )
    alt.Chart.from_dict(chart.to_dict())


def test_the_picture_is_said_from_what_is_drawn() -> None:
    assert in_force_alt(SUMS, spans(), "Sales", "month").startswith("Sales of the team in 3 months, 12 in March 2026.")


def test_a_goal_of_nothing_is_drawn_too() -> None:
    chart = in_force_chart(SUMS.assign(value=0.0), spans(), "Sales", "USD", "month", "#000000")
    alt.Chart.from_dict(chart.to_dict())
    assert data_of(chart, "value") == [0.0, 0.0, 0.0]


def test_the_value_axis_is_named_once() -> None:
    drawn = in_force_chart(SUMS, spans(), "Sales", "USD", "month", "#000000").to_dict()
    titles = {layer["encoding"]["y"].get("title", "missing") for layer in drawn["layer"] if "y" in layer["encoding"]}
    assert titles == {"Sales, team (USD)"}
