"""Pictures of Replay draw what they are given, and say the same in words."""

from __future__ import annotations

import math

import pandas as pd

from workbench.charts import replay as charts
from workbench.scoring.replay.prizes import PrizeRule, Prizes
from workbench.scoring.replay.stop_signal import StopSignal

MONTHS = pd.date_range("2024-07-01", periods=3, freq="MS")


def outcomes() -> pd.DataFrame:
    return pd.DataFrame({
        "period": [*MONTHS, *MONTHS], "kpi": [None] * 3 + ["Dials"] * 3,
        "outcome": ["kpi_only", "kpi_only", None, "both_hit", "both_missed", "goal_only"],
        "partial": [False] * 5 + [True]})  # fmt: skip


def test_the_strip_has_a_cell_for_each_period_and_row():
    drawn = pd.DataFrame(charts.outcomes_chart(outcomes(), "month").data)
    assert drawn["name"].tolist() == ["Scorecard"] * 3 + ["Dials"] * 3
    assert drawn["mark"].tolist() == ["▼", "▼", "", "✓", "–", "▲"]
    assert drawn["outcome"].tolist()[:3] == ["KPI hit, goal missed"] * 2 + [charts.UNKNOWN]
    said = charts.outcomes_alt(outcomes(), "month")
    assert "KPI hit, goal missed in 2 months" in said
    assert "a row for each of Scorecard, Dials" in said


def test_prizes_show_winners_and_best_sellers_best_first():
    reps = pd.DataFrame(
        {"rep": list("abcd"), "wins": [0, 0, 3, 0], "goal": [1.0, 4.0, 2.0, 3.0], "goal_rank": [4, 1, 3, 2]}
    )
    reps = reps.assign(below_median=reps["goal"] < 2.5, sold=True)
    found = Prizes(PrizeRule(top=1), pd.DataFrame(), reps)
    names = {rep: rep.upper() for rep in "abcd"}
    drawn = charts.prizes_chart(found, names, "Sales", "USD", "#000000").data
    assert drawn[["name", "kind", "wins", "said"]].to_numpy().tolist() == [
        ["B", charts.NEVER, 0, "no prize · $4"], ["C", charts.WON_BELOW, 3, "3 prizes · $2"]]  # fmt: skip
    assert "1 rep won although they did worse than the middle rep: C" in charts.prizes_alt(found, names)


def test_the_link_marks_where_the_data_showed_it_was_gone():
    readings = pd.DataFrame({"period": MONTHS, "rho": [0.4, 0.1, -0.2], "n": 60, "n_reps": 10})
    readings = readings.assign(low=readings["rho"] - 0.2, high=readings["rho"] + 0.2, stop=[False, False, True])
    signal = StopSignal("Dials", readings, MONTHS[2], "gone")
    drawn = charts.rolling_link_chart(signal, "month", "#0072B2").layer[1].data
    assert drawn["when"].tolist() == ["July 2024", "August 2024", "September 2024"]
    assert charts.rolling_link_alt(signal, "month").endswith("0.40 at first, −0.20 at last; gone in 1 month.")


def test_points_taken_from_a_style_stand_at_its_bar():
    styles = pd.DataFrame({"style": ["Calls", "E-mails"], "n_reps": [6, 1], "at_equal_sales": [98.0, 54.0],
                           "taken": [0.0, 44.0]})  # fmt: skip
    drawn = charts.equal_sales_chart(styles, "Revenue", "#000000").data
    assert drawn["said"].tolist() == ["98 (6 reps)", "54, 44 points lost (1 rep)"]
    assert (
        charts.equal_sales_alt(styles, "Revenue")
        == "Score at equal Revenue: Calls 98 (6 reps); E-mails 54, 44 points lost (1 rep)"
    )


def test_the_strip_explains_only_colours_that_it_shows():
    cells, _ = charts.outcomes_chart(outcomes()[:2], "month").to_dict()["layer"]
    assert cells["encoding"]["color"]["scale"]["domain"] == ["KPI hit, goal missed"]


def test_bars_without_any_value_have_an_axis_that_the_browser_can_read():
    nobody = pd.DataFrame({"rep": ["a"], "wins": [0], "goal": [math.nan], "goal_rank": [math.nan],
                           "below_median": [False], "sold": [False]})  # fmt: skip
    styles = pd.DataFrame({"style": ["Calls"], "n_reps": [6], "at_equal_sales": [math.nan], "taken": [0.0]})
    prizes = charts.prizes_chart(Prizes(PrizeRule(top=1), pd.DataFrame(), nobody), {"a": "A"}, "Sales", None, "#000000")
    for chart in (prizes, charts.equal_sales_chart(styles, "Revenue", "#000000")):
        assert '"domainMax": NaN' not in chart.to_json()
