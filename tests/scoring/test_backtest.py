"""The whole backtest: promised keys, figures known from elsewhere, and what must not change it."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import examples
from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, maven, panel_of, random_panel
from workbench.cli.main import without_nan
from workbench.data.model.row_overlap import RowOverlap
from workbench.design.model import design_json, parse_design
from workbench.errors import InputError
from workbench.scoring.backtest import run_backtest
from workbench.scoring.classification import give_awards
from workbench.scoring.history import score_history
from workbench.scoring.live_matrix import build_live_matrix
from workbench.scoring.ranks import rank_values
from workbench.scoring.scorecard import scores_from_points

MAVEN = {
    "name": "x",
    "goal": {"measure": "won_value", "target": 33000},
    "kpis": [
        {"name": "Opportunities", "formula": "opportunities", "target": 26, "weight": 50},
        {"name": "Win rate", "formula": "won / closed", "target": 0.63, "weight": 50},
    ],
    "scoring": {"basis": "totals"},
}
A_KEYS = {"rho", "low", "high", "n", "method"}
READINGS = {"across_reps", "within_reps", "rep_periods", "next_period"}


def figures(found):
    """What must stay the same under another order, unit or notation."""
    return [found.scorecard.across_reps.rho, found.scorecard.within_reps.rho, found.scorecard.next_period.low,
            *found.reps.sort_values("rep")["score"], *found.reps.sort_values("rep")["score_rank"],
            *found.counts.values()]  # fmt: skip


def test_maven_win_rate_and_opportunities_against_won_value():
    found = run_backtest(maven(), parse_design(MAVEN))
    across = {kpi.name: kpi.agreement.across_reps for kpi in found.kpis}
    assert across["Win rate"].rho == pytest.approx(-0.2067, abs=0.0006)
    assert across["Opportunities"].rho == pytest.approx(0.538, abs=0.0006)
    assert {a.n for a in across.values()} == {30}
    assert found.goal_total == 10005534


def test_the_promised_keys():
    content = run_backtest(random_panel(1), design_of(CALLS, MEETINGS, WIN_RATE)).as_json()
    assert json.loads(json.dumps(without_nan(content))) == without_nan(content)
    assert {"n_reps", "n_periods", "n_rep_periods", "goal", "kpis", "scorecard", "baselines", "misjudged",
            "team_periods", "awards", "reps"} <= set(content)  # fmt: skip
    assert set(content["goal"]) == {"measure", "total", "target"}
    assert set(content["baselines"]) == {"equal_weights", "best_single_kpi", "last_period_goal", "shuffled"}
    for holder in (*content["kpis"], content["scorecard"], *content["baselines"].values()):
        assert set(holder["agreement"]) >= READINGS
        assert all(set(reading) >= A_KEYS for reading in holder["agreement"].values())
    assert set(content["misjudged"]) >= {"hit_both", "box_ticker", "unsung_seller", "missed_both"}
    assert set(content["team_periods"][0]) >= {"period", "goal", "goal_hit", "scorecard_hit", "kpis_hit"}
    assert set(content["awards"]) == {"top", "winners", "best_sellers", "overlap"}
    assert set(content["reps"][0]) == {"rep", "score", "score_rank", "goal", "goal_rank"}
    assert [kpi["share"] for kpi in content["kpis"]] == [0.3, 0.5, 0.2]


FOUR_KINDS = panel_of(
    pd.DataFrame(
        {
            "rep": ["both", "boxes", "unsung", "neither", "unknown"],
            "period": ["2024-01"] * 5,
            "calls": [200, 250, 100, 10, np.nan],
            "sales": [1000, 10, 2000, 0, 5000],
        }
    )
)


def test_four_kinds_of_rep_periods():
    found = run_backtest(FOUR_KINDS, design_of(CALLS))
    kinds = dict(zip(found.rep_periods["rep"], found.rep_periods["kind"].fillna("not judged"), strict=True))
    assert kinds == {"both": "hit_both", "boxes": "box_ticker", "unsung": "unsung_seller", "neither": "missed_both",
                     "unknown": "not judged"}  # fmt: skip
    assert found.counts == {"hit_both": 1, "box_ticker": 1, "unsung_seller": 1, "missed_both": 1}
    listed = found.as_json()["misjudged"]["rep_periods"]
    assert [(one["rep"], one["period"]) for one in listed] == [("boxes", "2024-01-01"), ("unsung", "2024-01-01")]


def test_without_a_goal_target_nobody_is_judged():
    found = run_backtest(FOUR_KINDS, design_of(CALLS, goal={"measure": "sales"}))
    assert found.rep_periods["kind"].isna().all()
    assert found.as_json()["team_periods"][0]["goal_hit"] is None


def test_team_periods_add_up_the_goal_and_compare_the_average_rep():
    panel = panel_of(
        pd.DataFrame(
            {
                "rep": ["A", "B", "A"],
                "period": ["2024-01", "2024-01", "2024-02"],
                "calls": [300, 100, 150],
                "won": [3, 0, 0],
                "closed": [4, 1, 2],
                "sales": [1500, 400, 2000],
            }
        )
    )
    team = run_backtest(panel, design_of(CALLS, WIN_RATE)).as_json()["team_periods"]
    assert [(t["goal"], t["goal_target"], t["goal_hit"], t["n_reps"]) for t in team] == [
        (1900, 2000, False, 2), (2000, 1000, True, 1)]  # fmt: skip
    assert [t["kpis_hit"] for t in team] == [{"Calls": True, "Win rate": True}, {"Calls": False, "Win rate": False}]
    assert [t["scorecard_hit"] for t in team] == [True, False]


def test_awards_and_ranks():
    found = run_backtest(FOUR_KINDS, design_of(CALLS, cap=200), top=2)
    assert found.awards.winners == ("boxes", "both")
    assert found.awards.best_sellers == ("unknown", "unsung")
    assert found.awards.overlap == 0
    assert found.reps["rep"].tolist() == ["boxes", "both", "unsung", "neither", "unknown"]
    assert run_backtest(random_panel(1, n_reps=40), design_of(CALLS), draws=9).awards.top == 10


@settings(max_examples=examples(8))
@given(st.randoms(use_true_random=False), st.sampled_from([1000.0, 0.001, 7.0]), st.sampled_from([10, 0.1]))
def test_rep_names_units_and_scale_of_weights_do_not_matter(order, unit, scale):
    panel = random_panel(2, gaps=True)
    names = [f"name {i}" for i in range(8)]
    order.shuffle(names)
    named = dict(zip(sorted(panel.frame["rep"].unique()), names, strict=True))
    other = panel_of(
        panel.frame.assign(rep=panel.frame["rep"].map(named), calls=panel.frame["calls"] * unit)[
            ["rep", "period", "calls", "meetings", "closed", "won", "sales"]
        ]
    )
    once = run_backtest(panel, design_of(CALLS, MEETINGS, WIN_RATE), draws=9)
    calls = {**CALLS, "target": 200 * unit}
    kpis = [{**kpi, "weight": kpi["weight"] * scale} for kpi in (calls, MEETINGS, WIN_RATE)]
    again = run_backtest(other, design_of(*kpis), draws=9)
    back = {new: old for old, new in named.items()}
    again = replace(again, reps=again.reps.assign(rep=again.reps["rep"].map(back)))
    assert figures(again) == pytest.approx(figures(once), rel=1e-9)


def test_direction_turned_round_with_its_values_is_the_same_scorecard():
    panel = random_panel(2)
    turned = {**MEETINGS, "formula": "1 / (1 + meetings)", "target": 1 / 11, "direction": "lower"}
    straight = {**MEETINGS, "formula": "(1 + meetings) / 1", "target": 11}
    once, again = (score_history(panel, design_of(kpi)).rep_periods.score for kpi in (straight, turned))
    assert again == pytest.approx(once)


def test_a_design_saved_and_loaded_scores_the_same():
    design = design_of(
        CALLS, {**MEETINGS, "target": [{"from": "2024-02", "value": 9}]}, points="zscore", window=["2024-01", "2024-03"]
    )
    loaded = parse_design(json.loads(json.dumps(design_json(design))))
    panel = random_panel(2)
    assert figures(run_backtest(panel, loaded)) == figures(run_backtest(panel, design))


def test_looking_at_some_reps_does_not_move_their_scores():
    panel, design = random_panel(3, gaps=True), design_of(CALLS, MEETINGS, points="percentile", basis="totals")
    some = run_backtest(panel, design, reps=["rep 01", "rep 02", "rep 06"]).reps.set_index("rep")["score"]
    everybody = run_backtest(panel, design).reps.set_index("rep")["score"]
    assert some.to_dict() == everybody[["rep 01", "rep 02", "rep 06"]].to_dict()


def test_a_frozen_window_is_all_that_percentiles_look_at():
    design = design_of(CALLS, points="percentile", window=["2024-02", "2024-03"])
    panel = random_panel(3)
    inside = panel.frame["period"].between("2024-02-01", "2024-03-01")
    changed = replace(panel, frame=panel.frame.assign(calls=panel.frame["calls"].where(inside, 9999.0)))
    assert np.array_equal(
        score_history(changed, design).rep_periods.score[inside], score_history(panel, design).rep_periods.score[inside]
    )


def test_the_live_matrix_gives_the_scores_of_the_backtest():
    panel, design = random_panel(4, gaps=True), design_of(CALLS, MEETINGS, WIN_RATE)
    live = build_live_matrix(panel, design)
    found = run_backtest(panel, design, draws=9).reps.set_index("rep")
    scores = scores_from_points(live.points, [30, 50, 20], design.scoring)
    assert dict(zip(live.reps, scores, strict=True)) == found["score"].to_dict()
    assert dict(zip(live.reps, live.goal, strict=True)) == found["goal"].to_dict()


def test_a_kpi_that_contains_the_goal_is_said_to():
    found = run_backtest(random_panel(1), design_of({**CALLS, "formula": "sales / calls"}, MEETINGS), draws=9)
    assert [kpi.by_construction for kpi in found.kpis] == [True, False]


def test_a_kpi_that_counts_the_goals_rows_agrees_by_construction_too():
    panel = replace(random_panel(1), overlaps=(RowOverlap("sales", "calls", 1.0, 0.8, 99),))
    found = run_backtest(panel, design_of(CALLS, MEETINGS), draws=9)
    assert [kpi.by_construction for kpi in found.kpis] == [True, False]


def test_no_goal_unknown_goal_and_no_rows_are_said_at_once():
    empty = replace(random_panel(1), frame=random_panel(1).frame.iloc[:0])
    with pytest.raises(InputError) as refused:
        run_backtest(empty, design_of(CALLS).model_copy(update={"goal": None}))
    assert [issue.code for issue in refused.value.issues] == ["no_goal", "no_rows"]
    with pytest.raises(InputError) as refused:
        score_history(FOUR_KINDS, design_of(CALLS, goal={"measure": "seals", "target": 1}))
    (unknown,) = refused.value.issues
    assert (unknown.level, unknown.code, unknown.where.design) == ("error", "unknown_measure", "d")
    assert "seals" in str(refused.value)
    with pytest.raises(InputError, match="profit"):
        run_backtest(random_panel(1), design_of(CALLS, goal={"measure": "profit"}))


def test_team_periods_are_told_by_their_first_day_with_totals_and_hits():
    """Four reps with calls average 140 against 200; the five sold 8,010 against 5 × 1,000."""
    (told,) = run_backtest(FOUR_KINDS, design_of(CALLS), draws=9).as_json()["team_periods"]
    assert (told["period"], told["n_reps"], told["goal"], told["goal_target"]) == ("2024-01-01", 5, 8010, 5000)
    assert (told["goal_hit"], told["scorecard_hit"], told["kpis_hit"]) == (True, False, {"Calls": False})
    assert told["score"] == pytest.approx(70)


def standing(scores, goals) -> pd.DataFrame:
    reps = [f"r{i:02}" for i in range(len(scores))]
    ranked = {"score_rank": rank_values(np.array(scores, float)), "goal_rank": rank_values(np.array(goals, float))}
    return pd.DataFrame({"rep": reps, "score": np.array(scores, float), "goal": np.array(goals, float), **ranked})


@pytest.mark.parametrize(("n_reps", "prizes"), [(1, 1), (4, 1), (5, 2), (30, 10), (31, 10), (90, 10)])
def test_a_third_of_the_reps_win_at_least_one_and_at_most_ten(n_reps, prizes):
    found = give_awards(standing(range(1, n_reps + 1), range(1, n_reps + 1)))
    assert (found.top, len(found.winners), found.overlap) == (prizes, prizes, prizes)


def test_who_ties_for_the_last_prize_wins_and_so_does_who_ties_among_the_best_sellers():
    found = give_awards(standing([9, 5, 5, 1], [1, 1, 5, 1]), top=2)
    assert found.winners == ("r00", "r01", "r02")
    assert found.best_sellers == ("r02", "r00", "r01", "r03")
    assert found.overlap == 3


def test_ties_at_nothing_are_no_winners_and_no_best_sellers():
    """60 of 68 people had sold nothing, shared rank 9, and “11 of 10 best sellers” were in the top 10."""
    found = give_awards(standing([9, 5, 0, 0, 0, 0], [7, 0, 0, 0, 0, 0]), top=3)
    assert (len(found.winners), len(found.best_sellers), found.overlap) == (2, 1, 1)
    nothing = give_awards(standing([0, 0, 0], [0, 0, 0]))
    assert (nothing.winners, nothing.best_sellers) == ((), ())
