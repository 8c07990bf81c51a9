"""Replay by hand: prize rules, runs, styles and effort on small figures; the command beside the call."""

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from tests.replay.stories import FLOOR, SAMPLES, WAYS, story
from tests.scoring.panels import CALLS, MEETINGS, design_of, panel_of, random_panel
from workbench.cli.main import main
from workbench.scoring.history import score_history
from workbench.scoring.replay.effort import estimate_effort
from workbench.scoring.replay.leavers import compare_leavers
from workbench.scoring.replay.prizes import PrizeRule, award_prizes, usual_prizes
from workbench.scoring.replay.replay import replay_design
from workbench.scoring.replay.reprimands import list_reprimands
from workbench.scoring.replay.runs import classify_team_outcomes, count_outcome, find_runs
from workbench.scoring.replay.stop_signal import find_stop_signal
from workbench.scoring.replay.styles import compare_styles
from workbench.scoring.replay.twins import pair_twins

MONTHS = [f"2024-{month:02}" for month in range(1, 7)]


def given(frame, rule, **scoring):
    panel = panel_of(frame)
    return award_prizes(panel, score_history(panel, design_of(CALLS, cap=300, **scoring)), rule)


TWO_MONTHS = pd.DataFrame(
    {
        "rep": ["a", "b", "c", "d"] * 2,
        "period": ["2024-03"] * 4 + ["2024-04"] * 4,
        "calls": [250, 250, 100, 200, 10, 300, 20, 30],
        "sales": [5, 1, 9, 3, 5, 1, 9, 4],
    }
)


def test_top_n_of_each_period_with_ties():
    found = given(TWO_MONTHS, PrizeRule(top=1))
    won = found.rounds[found.rounds["won"]]
    assert list(zip(won["round"].dt.strftime("%Y-%m"), won["rep"], strict=True)) == [
        ("2024-03", "a"), ("2024-03", "b"), ("2024-04", "b")]  # fmt: skip
    assert found.reps[["rep", "wins"]].to_numpy().tolist() == [["b", 2], ["a", 1], ["c", 0], ["d", 0]]
    assert (found.n_prizes, found.share_below_median) == (3, pytest.approx(2 / 3))
    assert found.best_sellers_without(2) == ("c",)


def test_data_without_one_whole_month_are_replayed_and_say_it_is_too_early():
    panel = panel_of(TWO_MONTHS)
    cut = replace(panel, partial=tuple(panel.frame["period"].unique()))
    found = replay_design(cut, design_of(CALLS))
    assert [(signal.why, len(signal.readings)) for signal in found.stops] == [("too early", 0)]


def test_everybody_over_the_target_and_one_prize_for_all_the_data():
    over = given(TWO_MONTHS, PrizeRule(over_target=True))
    assert sorted(over.rounds["rep"][over.rounds["won"]]) == ["a", "b", "b", "d"]
    once = given(TWO_MONTHS, PrizeRule(top=2, every="all"))
    assert once.rounds["rep"][once.rounds["won"]].tolist() == ["a", "b"]
    assert once.rounds["score"].tolist() == pytest.approx([65, 137.5, 30, 57.5])


@pytest.mark.parametrize(("n_reps", "prizes"), [(1, 1), (3, 1), (6, 2), (9, 3), (200, 3)])
def test_a_prize_goes_to_at_most_a_third_of_the_team(n_reps, prizes):
    assert usual_prizes(n_reps) == prizes


def test_a_quarter_is_scored_as_one():
    found = given(TWO_MONTHS, PrizeRule(top=1, every="quarter"))
    assert found.rounds["round"].dt.strftime("%Y-%m").unique().tolist() == ["2024-01", "2024-04"]
    one = given(TWO_MONTHS.assign(period=["2024-04"] * 4 + ["2024-05"] * 4), PrizeRule(top=1, every="quarter"))
    assert one.rounds["score"].tolist() == pytest.approx([65, 137.5, 30, 57.5])


def test_below_the_median_turns_round_where_less_is_better():
    panel = panel_of(TWO_MONTHS)
    scored = score_history(panel, design_of(CALLS, cap=300, goal={"measure": "sales", "direction": "lower"}))
    assert award_prizes(panel, scored, PrizeRule(top=1)).share_below_median == pytest.approx(1 / 3)


def test_prizes_of_rounds_whose_goal_is_unknown_are_not_above_the_median():
    """Two months of three prizes' worth; in the second nothing of the goal is known."""
    both = given(TWO_MONTHS, PrizeRule(top=1)).share_below_median
    months = TWO_MONTHS["period"].unique()
    later = TWO_MONTHS.assign(sales=TWO_MONTHS["sales"].where(TWO_MONTHS["period"] == months[0]))
    first = TWO_MONTHS[TWO_MONTHS["period"] == months[0]]
    assert given(later, PrizeRule(top=1)).share_below_median == given(first, PrizeRule(top=1)).share_below_median
    assert given(later, PrizeRule(top=1)).share_below_median != both
    assert np.isnan(given(TWO_MONTHS.assign(sales=np.nan), PrizeRule(top=1)).share_below_median)


def test_no_prize_has_no_share():
    assert np.isnan(given(TWO_MONTHS.assign(calls=1), PrizeRule(over_target=True)).share_below_median)


def test_called_in_with_an_unknown_goal_is_neither_just_nor_unjust():
    frame = pd.DataFrame({"rep": ["a", "b", "c"], "period": "2024-01", "calls": [1, 1, 1], "sales": [2000, 5, np.nan]})
    found = list_reprimands(score_history(panel_of(frame), design_of(CALLS)))
    assert found["made_goal"].astype(object).where(found["made_goal"].notna(), None).tolist() == [True, False, None]


def strip(calls_hit, goal_hit, months=MONTHS):
    frame = pd.DataFrame({"rep": "a", "period": months, "calls": calls_hit, "sales": goal_hit}) * 1
    return panel_of(frame.assign(calls=frame["calls"] * 200, sales=frame["sales"] * 1000))


def test_the_four_outcomes_and_their_runs():
    panel = strip([1, 1, 0, 0, 1, 1], [1, 0, 1, 0, 0, 0])
    found = classify_team_outcomes(panel, score_history(panel, design_of(CALLS)))
    assert found["outcome"][found["kpi"] == "Calls"].tolist() == [
        "both_hit", "kpi_only", "goal_only", "both_missed", "kpi_only", "kpi_only"]  # fmt: skip
    assert found["kpi"].isna().sum() == 6
    two = [run for run in find_runs(found, panel, least=2) if run.kpi == "Calls"]
    assert [(f"{run.first:%m}", f"{run.last:%m}", run.n_periods) for run in two] == [("05", "06", 2)]
    assert find_runs(found, panel) == []
    assert count_outcome(found) == (3, 6)
    cut = found.assign(partial=found["period"] == found["period"].max())
    cut.loc[cut["period"] == cut["period"].min(), "outcome"] = None
    assert count_outcome(cut) == (2, 4), "partial periods and those not judged are left out"


def test_a_missing_month_ends_a_run():
    panel = strip([1, 1, 1, 1], [0, 0, 0, 0], ["2024-01", "2024-02", "2024-04", "2024-05"])
    found = classify_team_outcomes(panel, score_history(panel, design_of(CALLS)))
    assert find_runs(found, panel) == []
    assert {run.n_periods for run in find_runs(found, panel, least=2)} == {2}


def test_a_run_is_drawn_from_its_third_period_and_says_no_stop():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame([(f"r{r:02}", m) for r in range(12) for m in MONTHS], columns=["rep", "period"])
    calls = 200 + 40 * rng.random(len(frame))
    frame = frame.assign(calls=calls, sales=calls * 4 + rng.normal(0, 5, len(frame)))
    panel = panel_of(frame)
    found = find_stop_signal(panel, score_history(panel, design_of(CALLS)), 0, window=3)
    assert found.readings["run"].tolist() == [True] * 4
    assert (found.first, found.why) == (None, "too early")
    assert not found.readings["stop"].any()
    assert len(found.readings) == 4


def test_a_kpi_where_less_is_better_keeps_its_link():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame([(f"r{r:02}", m) for r in range(12) for m in MONTHS], columns=["rep", "period"])
    days = rng.uniform(5, 15, len(frame))
    panel = panel_of(frame.assign(calls=days, sales=3000 - 100 * days))
    lower = {**CALLS, "direction": "lower", "target": 10}
    found = find_stop_signal(panel, score_history(panel, design_of(lower)), 0, window=3)
    assert found.readings["rho"].min() == pytest.approx(1)
    assert found.first is None


def test_levels_at_equal_sales_are_those_of_an_analysis_of_covariance():
    panel, design, _ = story(WAYS)
    found = compare_styles(score_history(panel, design))
    fitted = smf.ols("score ~ C(style) + goal", found.reps).fit()
    at_mean = pd.DataFrame({"style": found.styles["style"], "goal": found.reps["goal"].mean()})
    assert found.styles["at_equal_sales"].to_numpy() == pytest.approx(fitted.predict(at_mean).to_numpy())


def test_styles_of_chance_seldom_raise_the_guard():
    raised = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        frame = pd.DataFrame({"rep": [f"r{i:02}" for i in range(24)], "period": "2024-01"})
        frame = frame.assign(calls=200 * rng.gamma(4, 0.25, 24), meetings=10 * rng.gamma(4, 0.25, 24))
        talks = rng.normal(100, 15, 24)
        panel = panel_of(frame.assign(talks=talks, sales=10 * talks + rng.normal(0, 30, 24)))
        talk = {"name": "Talks", "formula": "talks", "target": 100, "weight": 1}
        off = [{**CALLS, "weight": 0}, {**MEETINGS, "weight": 0}]
        raised += compare_styles(score_history(panel, design_of(talk, *off)), draws=199).raised
    assert raised <= 3


def test_days_to_answer_are_no_style_to_lead_on():
    """A KPI where less is better is an activity only where it is named as one."""
    panel = panel_of(pd.DataFrame({"rep": list("abcd"), "period": "2024-01", "calls": [1, 1, 1, 9], "sales": 1}))
    scored = score_history(panel, design_of({**CALLS, "direction": "lower"}))
    assert compare_styles(scored).reps["style"].tolist() == ["no one way"] * 4
    named = compare_styles(scored, ["Calls"])
    assert named.reps["style"].tolist() == ["no one way"] * 3 + ["Calls"]
    assert named.styles.empty


def test_effort_counts_units_a_week_and_points_an_hour():
    frame = pd.DataFrame(
        {"rep": ["a", "b"], "period": "2024-01", "dials": [840, 420], "quotes": [10, 20], "won": 1, "workdays": 21,
         "sales": 1}
    )  # fmt: skip
    panel = panel_of(frame, workdays="built_in")
    kpis = [
        {"name": "Dials", "formula": "dials / workdays", "target": 50, "weight": 60, "minutes_each": 2},
        {"name": "Desk", "weight": 40, "kpis": [
            {"name": "Quotes", "formula": "quotes", "target": 8, "weight": 3, "minutes_each": 30},
            {"name": "Win rate", "formula": "won / quotes", "target": 0.3, "weight": 1, "minutes_each": 5}]},
    ]  # fmt: skip
    found = estimate_effort(panel, score_history(panel, design_of(*kpis))).set_index("kpi")
    weeks = 365.25 / 12 / 7
    assert found.loc["Dials", ["asked", "done"]].tolist() == pytest.approx([50 * 21 / weeks, 30 * 21 / weeks])
    assert found.loc["Dials", "hours_asked"] == pytest.approx(50 * 21 / weeks * 2 / 60)
    assert found.loc["Dials", "points_per_hour"] == pytest.approx(60 / found.loc["Dials", "hours_asked"])
    assert found.loc["Quotes", "share"] == pytest.approx(0.3)
    assert found.loc["Quotes", "hours_done"] == pytest.approx(15 / weeks / 2)
    assert found.loc["Win rate", ["asked", "hours_asked", "points_per_hour"]].isna().all()


def test_without_end_dates_nobody_left():
    panel = random_panel(1)
    found = compare_leavers(panel, score_history(panel, design_of(CALLS)))
    assert (len(found.reps), found.left["n"]) == (0, 0)


@pytest.mark.usefixtures("samples_built_once")
def test_the_command_and_its_refusal(capsys):
    files = [str(SAMPLES / WAYS / f"{WAYS}.{kind}.json") for kind in ("dataset", "design")]
    assert main(["replay", *files, "--json", "--every", "quarter", "--until", "2025-03-31"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out["styles"]["cause"] == "Dials"
    assert {winner["round"][:4] for winner in out["prizes"]["winners"]} == {"2024", "2025"}
    assert max(row["period"] for row in out["team_periods"]) == "2025-03-01"
    assert set(out["prizes"]) >= {"rule", "winners_below", "overall", "overall_below"}
    assert out["mostly_unjust"][0] == "Haruto Sato"
    assert np.mean([twin["taken"] for twin in out["styles"]["twins"]]) > 30
    assert main(["replay", *files]) == 0
    assert "mostly through Dials" in capsys.readouterr().out
    assert main(["replay", *files, "--until", "spring"]) == 2
    assert "spring" in capsys.readouterr().err


@pytest.mark.usefixtures("samples_built_once")
def test_the_command_says_of_each_link_whether_it_was_shown_and_is_gone(capsys):
    files = [str(SAMPLES / FLOOR / f"{FLOOR}.{kind}.json") for kind in ("dataset", "design")]
    assert main(["replay", *files, "--in-fact", "2025-01-01"]) == 0
    said = capsys.readouterr().out
    assert "The data never showed that Dials predicts Sales for one and the same rep." in said.splitlines()
    assert "worse than the middle rep in the goal: Kyle Jensen, Andre Watson, Ricardo Lima" in said
    assert "making the goal, most of the time: Hana Kobayashi" in said


def test_winners_below_turn_round_where_less_is_better():
    panel = panel_of(TWO_MONTHS)
    scored = score_history(panel, design_of(CALLS, cap=300, goal={"measure": "sales", "direction": "lower"}))
    assert award_prizes(panel, scored, PrizeRule(top=1)).winners_below == ("a",)
    assert given(TWO_MONTHS, PrizeRule(top=1)).winners_below == ("b",)


def test_twins_are_reps_who_sold_about_the_same() -> None:
    """Reps further apart are not paired, or the table would call a fifth more "almost equal"."""
    styles = pd.DataFrame({"style": ["Calls", "E-mails"]})
    reps = pd.DataFrame({"rep": ["a", "b", "c", "d"], "style": ["Calls", "Calls", "E-mails", "E-mails"],
                         "goal": [100.0, 300.0, 120.0, 285.0], "score": [90.0, 80.0, 60.0, 50.0]})  # fmt: skip
    found = pair_twins(SimpleNamespace(styles=styles, reps=reps))
    assert found[["rep", "other_rep", "taken"]].to_numpy().tolist() == [["d", "b", 30.0]]
    reps["goal"] = [100.0, 300.0, 120.0, 200.0]
    assert pair_twins(SimpleNamespace(styles=styles, reps=reps)).empty
