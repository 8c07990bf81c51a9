"""What the Goal and KPIs pages say, from numbers made by hand."""

import pandas as pd
import pytest

from tests.scoring.panels import panel_of
from workbench.data.model.panel import MeasureInfo, Panel
from workbench.design.model import Goal, Scoring, parse_design
from workbench.scoring.goal_without_kpi import GoalWithoutKpi, classify_reps_by_goal_and_kpi
from workbench.scoring.targets import kpi_target_history
from workbench.words import kpis as words

PANEL = panel_of(pd.DataFrame({
    "rep": ["a", "a", "b", "b", "c"], "period": ["2024-01-01", "2024-02-01"] * 2 + ["2024-02-01"],
    "calls": [10.0, 30, 20, 20, 0], "closed": [2.0, 0, 4, 1, 0], "won": [1.0, 0, 4, 0, 0],
    "sales": [100.0, 300, 50, 50, 400],
}))  # fmt: skip


def kpi(**fields):
    return parse_design({"name": "d", "kpis": [{"name": "k", **fields}]}).kpis[0]


def found(**kinds):
    reps = [(f"{kind}{n}", kind) for kind, times in kinds.items() for n in range(times)]
    return GoalWithoutKpi(pd.DataFrame(reps, columns=["rep", "kind"]))


@pytest.mark.parametrize(
    ("fields", "said", "bare"),
    [({"formula": "won / closed"}, "65.4%", "65.4%"),
     ({"formula": "won / closed", "unit": "of deals"}, "65.4% of deals", "65.4%"),
     ({"formula": "calls", "unit": "per day"}, "0.654 per day", "0.654")],
)  # fmt: skip
def test_a_rate_is_told_in_per_cent_with_its_unit_and_without(fields: dict, said: str, bare: str) -> None:
    assert words.value_words(0.654, kpi(**fields)) == said
    assert words.value_words(0.654, kpi(**fields), bare=True) == bare


@pytest.mark.parametrize(
    ("info", "meaning"),
    [
        (MeasureInfo("calls", "count", source="log"), "how many, from log"),
        (MeasureInfo("sales", "sum", unit="USD", source="orders"), "sum, from orders, in USD"),
        (MeasureInfo("phones", "distinct"), "how many different"),
        (MeasureInfo("workdays", "built_in"), "Mondays to Fridays on which the rep was there"),
    ],
)
def test_what_a_measure_is(info, meaning):
    assert words.measure_meaning(info) == meaning


@pytest.mark.parametrize(
    ("fields", "said", "form"),
    [
        ({"target": 50, "unit": "per workday"}, "target 50 per workday", "number"),
        ({"target": 3, "direction": "lower"}, "target at most 3", "number"),
        ({"direction": {"within": [5, 9]}, "unit": "days"}, "between 5 and 9 days", "none"),
        ({"target": "quota"}, "a target per rep", "formula"),
        ({"target": [{"from": "2024", "value": 1}]}, "a target by date", "steps"),
        ({}, "no target yet", "none"),
    ],
)
def test_a_target_in_a_few_words(fields, said, form):
    assert words.target_words(kpi(**fields)) == said
    assert words.target_form(kpi(**fields).target) == form


def test_who_would_have_met_a_target():
    said = words.met_words(kpi_target_history(PANEL, kpi(formula="calls", target=20)), "month")
    assert said == "60% of 5 rep-months hit this target. 2 of 3 reps hit the target on average."
    said = words.met_words(kpi_target_history(PANEL, kpi(formula="won / closed", target=0.5)), "week")
    assert said.endswith("2 rep-weeks without a value.")
    assert words.met_words(kpi_target_history(PANEL, kpi(formula="calls")), "month") == "5 rep-months with a value."


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ({"unsung_seller": 3, "hit_both": 8}, "3 of the 11 reps who made the goal missed the target for Dials."),
        ({"unsung_seller": 4}, "All 4 reps who made the goal missed the target for Dials."),
        ({"unsung_seller": 1}, "The one rep who made the goal missed the target for Dials."),
        ({"hit_both": 1}, "The one rep who made the goal also hit the target for Dials."),
        ({"hit_both": 2, "missed_both": 1}, "All 2 reps who made the goal also hit the target for Dials."),
        ({"missed_both": 5}, "None of 5 reps made the goal on average, so history cannot answer this."),
        ({}, "Give Sales and Dials a target to see who made the goal without Dials."),
    ],
)
def test_who_made_the_goal_without_it(kinds, said):
    assert words.goal_without_kpi_sentence(found(**kinds), "Sales", "Dials") == said


def test_the_other_way_round_and_on_a_card():
    crossed = found(box_ticker=7, hit_both=3, unsung_seller=2)
    assert words.box_tickers_words(crossed) == "7 of the 10 reps who hit this target missed the goal"
    assert words.box_tickers_words(found(hit_both=3)) == ""
    assert words.box_tickers_words(found(box_ticker=1)) == "The only rep who hit this target missed the goal"
    assert words.box_tickers_words(found(box_ticker=4)) == "All 4 reps who hit this target missed the goal"
    assert words.goal_without_kpi_words(crossed) == "2 of 5 made the goal without this KPI"
    assert words.goal_without_kpi_words(None) == words.goal_without_kpi_words(found(box_ticker=1)) == ""


def test_the_goal_is_called_as_its_owner_calls_it():
    assert words.goal_name(None) == "the goal"
    assert words.goal_name(Goal(measure="sales", label="Revenue"), PANEL) == "Revenue"
    assert words.goal_name(Goal(measure="gone"), PANEL) == "gone"


def test_words_agree_with_the_finding_they_are_made_of():
    finding = classify_reps_by_goal_and_kpi(
        PANEL, Goal(measure="sales", target=150), kpi(formula="calls", target=20), Scoring()
    )
    assert words.goal_without_kpi_words(finding) == "1 of 2 made the goal without this KPI"
    assert finding.of("unsung_seller") == ("c",)


def test_a_rate_is_told_in_per_cent():
    assert words.target_words(kpi(formula="won / closed", target=0.714)) == "target 71.4%"
    assert words.target_words(kpi(formula="calls / workdays", unit="per workday", target=0.5)) == (
        "target 0.5 per workday"
    )


@pytest.mark.parametrize(
    ("formula", "values", "unit"),
    [
        ("dials / workdays", (48.0, 55.0), "value"),
        ("won_value / won", (900.0, 1200.0), "value"),
        ("won / closed", (0.2, 0.5, float("nan")), "share"),
        ("won / closed", (), "value"),
        ("satisfaction", (4.0,), "average"),
        ("talk_time", (4.0,), "seconds"),
        ("dials", (4.0,), "number"),
        ("dials + closed", (4.0,), "value"),
    ],
)
def test_a_kpi_without_a_unit_is_given_none_that_it_has_not(formula: str, values: tuple[float, ...], unit: str) -> None:
    """Dials per workday are no share, an average is none per month, and seconds are seconds."""
    counts = tuple(MeasureInfo(name, "count") for name in ("dials", "won", "closed"))
    infos = (*counts, MeasureInfo("satisfaction", "mean"), MeasureInfo("talk_time", "sum", "seconds"),
             MeasureInfo("won_value", "sum"))  # fmt: skip
    panel = Panel("x", "month", pd.DataFrame(columns=[each.name for each in infos]), infos, pd.DataFrame(), key="x")
    assert words.kpi_unit(kpi(formula=formula), panel, values) == unit
    goals = {each.name: words.unit_of_goal(Goal(measure=each.name), panel) for each in infos}
    assert (goals["dials"], goals["satisfaction"], goals["talk_time"], goals["won_value"]) == (
        "number", "average", "seconds", "sum")  # fmt: skip


def test_a_title_that_says_its_unit_says_it_once() -> None:
    assert words.title_with_unit("Meetings held per week", "per week") == "Meetings held per week"
    assert words.title_with_unit("Sales", "USD") == "Sales (USD)"
    assert words.title_with_unit("Sales", None) == "Sales"
