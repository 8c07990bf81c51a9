"""Months cut by joining, leaving or vacation: targets for the days worked, and too short to be judged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, panel_of, random_panel, with_days_at_work
from workbench.data.model.panel import Panel
from workbench.formula.degree import formula_degree
from workbench.formula.formula import parse_formula
from workbench.scoring.backtest import run_backtest
from workbench.scoring.classification import classify_rep_periods, rank_reps
from workbench.scoring.history import score_history
from workbench.scoring.replay.leavers import compare_leavers
from workbench.scoring.replay.prizes import PrizeRule, award_prizes
from workbench.scoring.replay.replay import replay_design
from workbench.scoring.replay.reprimands import reprimands_by_rep
from workbench.scoring.targets import kpi_target_history

FEBRUARY = 21  # weekdays of February 2024, of which the 1st to the 14th are 10
HALF = ("2024-02-15", "2024-02-29")
MOST = ("2024-02-08", "2024-02-29")  # 5 days left


def paced(per_day: dict[str, float], away: dict[str, list[tuple[str, str]]], n_months: int = 4) -> Panel:
    """Each rep makes the same number of calls, and sells as much, on every day at work."""
    months = pd.date_range("2024-01-01", periods=n_months, freq="MS")
    frame = pd.DataFrame([{"rep": rep, "period": month} for rep in per_day for month in months])
    panel = with_days_at_work(panel_of(frame.assign(calls=0.0, sales=0.0, won=1.0, closed=2.0)), away)
    rate = panel.frame["rep"].map(per_day)
    worked = panel.frame["days_at_work"]
    return replace(panel, frame=panel.frame.assign(calls=rate * worked, sales=100 * rate * worked))


def month_of(panel: Panel, rep: str, month: str) -> int:
    return int(np.flatnonzero((panel.frame["rep"] == rep) & (panel.frame["period"] == month))[0])


@pytest.mark.parametrize("calls", [
    {"target": "10 * workdays"},
    {"formula": "calls / workdays", "target": 10},
    {"formula": "calls / days_at_work", "target": 10},
    {"formula": "2 * calls", "target": "20 * workdays"},
    {"formula": "log1p(calls)", "target": "log1p(10 * workdays)"},
    {"direction": "lower", "target": "10 * workdays"},
    {"target": "if(calls > 0, 10, 20) * workdays"},
])  # fmt: skip
def test_whoever_does_what_is_asked_on_every_day_at_work_has_all_points(calls):
    panel = paced({"ana": 10, "ben": 10}, {"ana": [HALF]})
    scored = score_history(panel, design_of(CALLS | calls, goal={"measure": "sales", "target": "1000 * workdays"}))
    for level in (scored.rep_periods, scored.reps, scored.team):
        assert level.points == pytest.approx(np.full((len(level), 1), 100.0))
        assert level.goal_rate == pytest.approx(level.goal_target / level.goal_worked)


def test_half_a_month_is_held_against_half_of_the_target_and_counted_as_it_was():
    panel = paced({"ana": 10, "ben": 10}, {"ana": [HALF]})
    level = score_history(panel, design_of(CALLS, WIN_RATE)).rep_periods
    cut = month_of(panel, "ana", "2024-02-01")
    assert level.values[cut] == pytest.approx([100, 0.5])
    assert level.targets[cut] == pytest.approx([200 * 10 / FEBRUARY, 0.5])
    assert (level.goal[cut], level.goal_target[cut]) == pytest.approx((10_000, 1000 * 10 / FEBRUARY))
    assert level.rates[cut] == pytest.approx([210, 0.5])


@pytest.mark.parametrize("points", ["percentile", "zscore", "minmax", "attainment"])
@pytest.mark.parametrize("direction", ["higher", "lower", {"within": [190, 205]}])
def test_points_of_a_cut_month_are_those_of_a_whole_one_at_the_same_pace(points, direction):
    panel = random_panel(3, n_reps=5)
    cut = with_days_at_work(panel, {"rep 02": [HALF]})
    at = month_of(cut, "rep 02", "2024-02-01")
    frame = cut.frame.copy()
    frame.loc[at, ["calls", "meetings", "sales"]] *= 10 / FEBRUARY
    calls = CALLS | {"direction": direction, "anchors": [150, 250], "target": 200}
    whole = score_history(panel, design_of(calls, points=points))
    found = score_history(replace(cut, frame=frame), design_of(calls, points=points))
    assert found.rep_periods.points == pytest.approx(whole.rep_periods.points)
    assert classify_rep_periods(found)["kind"].tolist() == classify_rep_periods(whole)["kind"].tolist()


def test_too_few_days_make_no_score_and_the_rest_of_the_rep_stands():
    panel = paced({"ana": 10, "ben": 8}, {"ana": [MOST]})
    panel.frame.loc[month_of(panel, "ana", "2024-02-01"), ["calls", "sales"]] = 0
    design = design_of(CALLS, goal={"measure": "sales", "target": 18_000})
    scored = score_history(panel, design)
    at = month_of(panel, "ana", "2024-02-01")
    assert np.isnan(scored.rep_periods.score[at])
    assert np.isnan(scored.rep_periods.targets[at]).all()
    assert classify_rep_periods(scored)["kind"].isna().sum() == 1
    assert scored.reps.values[:, 0] == pytest.approx([10 * (23 + 21 + 22) / 3, 8 * (23 + 21 + 21 + 22) / 4])
    called = reprimands_by_rep(scored).set_index("rep")
    assert called["periods"].to_dict() == {"ana": 3, "ben": 4}
    assert called.loc["ana", "called_in"] == 0
    rounds = award_prizes(panel, scored, PrizeRule(top=1)).rounds
    assert "ana" not in set(rounds["rep"][rounds["round"] == "2024-02-01"])
    assert rounds["won"].sum() == 4


def test_a_rep_with_no_month_long_enough_has_no_score_even_where_missing_counts_as_zero():
    panel = paced({"ana": 10, "ben": 8}, {"ana": [("2024-01-05", "2024-04-27")]})
    for missing in ("reweight", "zero", "exclude"):
        scored = score_history(panel, design_of(CALLS, missing=missing)).weighted([2.0])
        assert np.isnan(scored.reps.score).tolist() == [True, False]
        assert np.isnan(scored.rep_periods.score[:4]).all()
        assert rank_reps(scored).set_index("rep")["goal_rank"].isna().to_dict() == {"ana": True, "ben": False}


def test_the_team_sells_what_it_sold_against_a_target_for_the_days_worked():
    panel = paced({"ana": 10, "ben": 10}, {"ana": [MOST]})
    design = design_of(CALLS, goal={"measure": "sales", "target": 21_000})
    found = run_backtest(panel, design, draws=9)
    february = found.team.set_index("period").loc["2024-02-01"]
    assert february["goal"] == pytest.approx(10 * 100 * (5 + FEBRUARY))
    assert february["goal_target"] == pytest.approx(21_000 * (5 + FEBRUARY) / FEBRUARY)
    assert february["goal_hit"] == 1
    assert found.goal_total == panel.frame["sales"].sum()


def test_totals_stay_totals():
    panel = paced({"ana": 10, "ben": 10}, {"ana": [HALF]})
    totals = score_history(panel, design_of(CALLS, basis="totals")).reps
    plain = score_history(replace(panel, exposure=None), design_of(CALLS, basis="totals")).reps
    assert totals.values == pytest.approx(plain.values)
    assert totals.points == pytest.approx(plain.points)


@pytest.mark.parametrize("basis", ["per_period", "totals"])
def test_whole_months_change_nothing_at_all(basis):
    panel = random_panel(5, gaps=True)
    design = design_of(CALLS, MEETINGS, WIN_RATE, basis=basis)
    with_days, without = (score_history(one, design) for one in (with_days_at_work(panel, {}), panel))
    for one, other in ((with_days.rep_periods, without.rep_periods), (with_days.reps, without.reps),
                       (with_days.team, without.team)):  # fmt: skip
        for name in ("values", "targets", "points", "score", "goal", "goal_target"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_a_newcomer_ranks_by_whole_months():
    """On months as counted the newcomer was 21st of 24; on whole months she is 15th."""
    pace = {f"rep {place:02}": 10 - 0.2 * place for place in range(1, 25)}
    joined = {"rep 15": [("2024-01-01", "2024-03-15")]}
    panel = paced(pace, joined, n_months=4)
    panel = replace(panel, frame=panel.frame[panel.frame["days_at_work"] > 0].reset_index(drop=True))
    design = design_of(CALLS)
    places = {
        name: rank_reps(score_history(one, design)).set_index("rep").loc["rep 15", ["score_rank", "goal_rank"]].tolist()
        for name, one in {"by days": panel, "as counted": replace(panel, exposure=None)}.items()
    }
    assert places["by days"] == [15, 15]
    assert places["as counted"] == [24, 24]


def test_the_last_months_of_a_leaver_are_those_long_enough():
    panel = paced({"ana": 10, "ben": 10, "eva": 10}, {"ana": [("2024-04-05", "2024-04-30")]})
    left = panel.reps.assign(end=pd.to_datetime(["2024-04-04", None, None]))
    panel = replace(panel, reps=left)
    found = compare_leavers(panel, score_history(panel, design_of(CALLS)), before=2)
    assert found.reps["n_last"].tolist() == [2]
    assert found.reps["last_goal"].tolist() == pytest.approx([100 * 10 * (21 + 21) / 2])
    assert found.left["score"] == pytest.approx(found.stayed["score"])


def test_a_replay_hands_no_prize_to_four_lucky_days():
    """One sale in a week made a month of 120 points a day; a prize for it would be a prize for joining late."""
    panel = paced({"ana": 9, "ben": 8}, {"ana": [MOST]})
    panel.frame.loc[month_of(panel, "ana", "2024-02-01"), "calls"] = 190
    found = replay_design(panel, design_of(CALLS), PrizeRule(top=1))
    won = found.prizes.rounds[found.prizes.rounds["won"]].set_index("round")["rep"]
    assert won.loc["2024-02-01"] == "ben"


def test_targets_are_held_against_whole_months():
    panel = paced({"ana": 10, "ben": 8}, {"ana": [HALF]})
    found = kpi_target_history(panel, design_of(CALLS).kpis[0])
    assert found.values.min() == pytest.approx(8 * 21)
    assert found.frame["target"].unique() == pytest.approx([200])
    assert (found.hit, found.n, found.too_short, found.missing) == (4, 8, 0, 0)
    short = kpi_target_history(paced({"ana": 10, "ben": 8}, {"ana": [MOST]}), design_of(CALLS).kpis[0])
    assert (short.hit, short.n, short.too_short, short.missing) == (3, 7, 1, 0)


def test_calls_that_only_share_vacations_with_sales_agree_with_nothing():
    """Whoever is away neither calls nor sells: as counted, noise agreed with sales within reps."""
    rng = np.random.default_rng(11)
    pace = {f"rep {i:02}": 10.0 for i in range(20)}
    away = {rep: [(f"2024-{month:02}-01", f"2024-{month:02}-15") for month in rng.choice(np.arange(1, 13), 4, False)]
            for rep in pace}  # fmt: skip
    panel = paced(pace, away, n_months=12)
    noise = rng.gamma(20, 1 / 20, (2, len(panel.frame)))
    frame = panel.frame.assign(calls=panel.frame["calls"] * noise[0], sales=panel.frame["sales"] * noise[1])
    panel, design = replace(panel, frame=frame), design_of(CALLS)
    by_days, counted = (run_backtest(one, design, draws=9).kpis[0].agreement
                        for one in (panel, replace(panel, exposure=None)))  # fmt: skip
    assert counted.within_reps.low > 0.2
    assert by_days.within_reps.low < 0 < by_days.within_reps.high
    assert by_days.next_period.n == counted.next_period.n == 220


@pytest.mark.parametrize(("text", "expected"), [
    ("calls", 1), ("calls + 2 * won", 1), ("calls / won", 0), ("calls * won / calls", 1), ("calls + 5", None),
    ("log1p(calls)", None), ("log1p(calls / won)", None), ("max(calls, won)", 1), ("max(calls, 10)", None),
    ("max(calls, 0)", 1), ("coalesce(calls, 0) + 0", 1), ("if(calls > won, calls, won)", 1), ("-abs(calls)", 1),
    ("if(calls > 20, 1, 0)", None), ("calls > won", 0), ("price", 0), ("calls * price", 1), ("3", 0),
    ("if(price in (1, 2), calls, 0)", 1), ("if(calls in (1, 2), calls, 0)", None), ("calls * won", 2),
    ("if(not (price > 2) and calls > 0, calls, won)", 1), ("calls / 0", float("nan")),
])  # fmt: skip
def test_how_a_formula_grows_with_the_days(text, expected):
    names = ("calls", "won", "price")
    found = formula_degree(parse_formula(text, names).tree, lambda name: 0.0 if name == "price" else 1.0)
    assert found == pytest.approx(expected, nan_ok=True) if expected is not None else found is None
