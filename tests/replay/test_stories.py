"""What the sample stories planted must come out of the replay, and a clean design must raise none of it."""

import pandas as pd
import pytest

from tests.replay.stories import FLOOR, WAYS, reps_with, rewarded_months, story, with_weights
from workbench.scoring.history import score_history
from workbench.scoring.replay.leavers import compare_leavers
from workbench.scoring.replay.prizes import PrizeRule, award_prizes
from workbench.scoring.replay.replay import replay_design
from workbench.scoring.replay.reprimands import list_reprimands, mostly_unjust_reps, reprimands_by_rep
from workbench.scoring.replay.runs import classify_team_outcomes, find_runs
from workbench.scoring.replay.stop_signal import find_stop_signal, panel_as_of
from workbench.scoring.replay.styles import compare_styles
from workbench.scoring.replay.twins import pair_twins


def floor(**weights):
    """Panel of the rewarded months, and the floor's design or the same KPIs under other weights."""
    design = story(FLOOR)[1]
    return rewarded_months(), with_weights(design, **weights) if weights else design


CLEAN = {"Meetings": 50.0, "Quotes": 50.0}


def test_fakers_are_the_winners_while_dials_are_rewarded():
    panel, design = floor()
    scored, fakers = score_history(panel, design, story(FLOOR)[0]), reps_with(story(FLOOR)[2], "faker")
    monthly = award_prizes(panel, scored, PrizeRule(top=3)).rounds
    autumn = monthly["rep"][monthly["won"] & (monthly["round"] >= "2024-08-01")]
    assert autumn.isin(fakers).mean() > 0.8
    once = award_prizes(panel, scored, PrizeRule(top=3, every="all"))
    assert set(once.rounds["rep"][once.rounds["won"]]) <= fakers
    assert (once.rounds["goal_rank"][once.rounds["won"]] > 10).all()
    assert set(once.best_sellers_without(6)) <= reps_with(story(FLOOR)[2], "honest_seller")
    assert len(once.best_sellers_without(6)) == 6


def test_what_the_page_says_of_the_floor_names_fakers_and_honest_sellers():
    panel, design, truth = story(FLOOR)
    found, fakers, honest = replay_design(panel, design), reps_with(truth, "faker"), reps_with(truth, "honest_seller")
    assert len(found.overall.winners_below) == 3
    assert set(found.overall_below) <= fakers == set(truth["verdicts"]["replay"]["winners"])
    monthly = found.prizes.reps.set_index("rep")
    often = {rep for rep in found.prizes.winners_below if monthly.loc[rep, "wins"] >= 2}
    assert len(often) == 6
    assert often <= fakers
    called_in = set(mostly_unjust_reps(found.called_in)["rep"])
    assert len(called_in) == 8  # Samira Haddad's last four days are no month in which she missed the goal
    assert "Samira Haddad" in called_in
    assert called_in <= honest == set(truth["verdicts"]["replay"]["reprimanded"])
    assert {(run.kpi, run.n_periods) for run in found.runs} == {(None, 3), ("Dials", 3)}
    planted = [pd.Timestamp(month) for month in truth["verdicts"]["replay"]["run"]]
    assert {(run.first, run.last) for run in found.runs} == {(planted[0], planted[-1])}


def test_nobody_is_named_for_a_month_or_two():
    panel, design, _ = story(FLOOR)
    found = replay_design(panel, design, until=pd.Timestamp("2024-01-01"))
    assert found.overall.winners_below
    assert found.overall_below == ()
    assert found.called_in["unjust"].sum() > 0
    assert mostly_unjust_reps(found.called_in).empty


def test_of_a_clean_design_the_page_names_nobody():
    panel, design, truth = story(FLOOR)
    found = replay_design(panel, with_weights(design, **CLEAN))
    assert found.overall.winners_below == ()
    assert set(found.overall.reps["rep"][found.overall.reps["wins"] > 0]) <= reps_with(truth, "honest_seller")
    assert mostly_unjust_reps(found.called_in).empty
    assert found.runs == ()
    assert not found.styles.raised


def test_reps_of_other_styles_stand_beside_one_who_sells_alike():
    panel, design, truth = story(WAYS)
    guard = compare_styles(score_history(panel, design))
    found = pair_twins(guard)
    favoured = {
        rep for style in truth["verdicts"]["style"]["favoured"] for rep in truth["verdicts"]["style"]["styles"][style]
    }
    assert set(found["other_rep"]) <= favoured
    assert not set(found["rep"]) & favoured
    assert found["other_rep"].is_unique
    assert len(found) >= 4
    assert found["taken"].mean() > 40
    assert pair_twins(compare_styles(score_history(*story(FLOOR)[:2]))).empty


def test_under_a_clean_design_no_faker_wins_and_best_sellers_do():
    panel, design = floor(**CLEAN)
    given = award_prizes(panel, score_history(panel, design, story(FLOOR)[0]), PrizeRule(top=3, every="quarter"))
    winners = set(given.rounds["rep"][given.rounds["won"]])
    assert winners <= reps_with(story(FLOOR)[2], "honest_seller")


def test_honest_sellers_are_the_ones_called_in_with_their_goal_made():
    panel, design = floor()
    scored = score_history(panel, design, story(FLOOR)[0])
    reprimanded = set(story(FLOOR)[2]["verdicts"]["replay"]["reprimanded"])
    named = reprimands_by_rep(scored, 0)
    assert reprimanded <= set(named["rep"][named["unjust"] >= 1])
    assert set(named["rep"][named["unjust"] >= 2]) <= reprimanded
    assert (named["unjust"] >= 2).sum() == len(reprimanded) - 1
    listed = list_reprimands(scored, 0)
    assert (listed["value"] < listed["target"]).all()
    assert listed["target"].eq(50).all()


def test_a_clean_design_calls_in_honest_sellers_far_less():
    panel, dials = floor()
    _, clean = floor(**CLEAN)
    honest = reps_with(story(FLOOR)[2], "honest_seller")
    unjust = [
        reprimands_by_rep(score_history(panel, design, story(FLOOR)[0])).set_index("rep")["unjust"]
        for design in (dials, clean)
    ]
    assert unjust[1][list(honest)].sum() <= unjust[0][list(honest)].sum() / 2


def test_the_three_month_run_is_found_and_named():
    panel, design, truth = story(FLOOR)
    found = [
        run
        for run in find_runs(classify_team_outcomes(panel, score_history(panel, design)), panel)
        if run.kpi == "Dials"
    ]
    planted = truth["runs"][0]
    assert [(f"{run.first:%Y-%m}", f"{run.last:%Y-%m}", run.n_periods) for run in found] == [
        (planted["first"], planted["last"], planted["n_periods"])
    ]


def test_a_clean_design_has_no_run():
    panel, design, _ = story(FLOOR)
    assert replay_design(panel, with_weights(design, **CLEAN)).runs == ()


def test_the_floors_dials_never_had_a_link_that_could_be_gone():
    """Its three months of hit and missed are told as a run; from August 2024 on not even a weak link is there."""
    panel, design, truth = story(FLOOR)
    found = find_stop_signal(panel, score_history(panel, design), 0)
    assert (found.first, found.why) == (None, "never shown")
    assert not found.readings["shown"].any()
    assert found.readings["gone"].all()
    assert found.periods_earlier(pd.Timestamp(truth["verdicts"]["trials"]["pivot"]), panel.grain) is None
    clean = replay_design(panel, with_weights(design, **CLEAN)).stops
    assert [(stop.first, stop.why) for stop in clean] == [(None, "holds"), (None, "holds")]


def test_rewinding_gives_the_same_answer_as_was_given_then():
    panel, design, _ = story(FLOOR)
    august, september = (panel_as_of(panel, pd.Timestamp(month)) for month in ("2024-08-01", "2024-09-01"))
    now = find_stop_signal(panel, score_history(panel, design), 1).readings
    for then in (august, september):
        readings = find_stop_signal(then, score_history(then, design), 1).readings
        pd.testing.assert_frame_equal(readings, now.iloc[: len(readings)])
    assert find_stop_signal(august, score_history(august, design), 0).why == "too early"
    assert find_stop_signal(september, score_history(september, design), 0).why == "never shown"
    assert august.frame["period"].max() == pd.Timestamp("2024-08-01")
    assert august.reps["end"].isna().all()
    assert "Camille Laurent" not in set(august.reps["rep"])
    assert panel_as_of(panel, panel.frame["period"].max()) is panel


def test_leavers_had_sold_well_and_were_called_in():
    panel, design, truth = story(FLOOR)
    found = compare_leavers(panel, score_history(panel, design))
    assert set(found.reps["rep"]) == set(truth["verdicts"]["replay"]["leavers"])
    assert found.reps["end"].is_monotonic_increasing
    assert (found.reps["goal_rank"] <= 9).all()
    assert found.left["unsung_share"] > 2 * found.stayed["unsung_share"]
    assert found.left["goal"] > found.stayed["goal"]
    assert found.left["n"] == 12


def test_the_style_guard_names_the_dials():
    panel, design, truth = story(WAYS)
    found = compare_styles(score_history(panel, design))
    styles = dict(zip(found.reps["rep"], found.reps["style"], strict=True))
    kpi_of = {"call": "Dials", "e-mail": "E-mails", "social": "Social messages", "campaign": "Campaigns"}
    planted = truth["verdicts"]["style"]
    assert styles == {rep: kpi_of[style] for style, reps in planted["styles"].items() for rep in reps}
    assert found.raised
    assert found.cause == planted["cause"]
    assert set(found.muted) == {kpi_of[style] for style in planted["muted"]}
    assert found.styles["style"].iloc[0] == kpi_of[planted["favoured"][0]]
    assert found.styles["taken"].iloc[1:].min() > 40


def test_points_taken_add_up_over_kpis():
    panel, design, _ = story(WAYS)
    styles = compare_styles(score_history(panel, design)).styles
    by_kpi = styles.filter(like="taken·").sum(axis=1)
    assert by_kpi.to_numpy() == pytest.approx(styles["taken"].to_numpy(), abs=1e-9)


def test_a_design_of_what_all_styles_share_raises_no_guard():
    panel, design, _ = story(WAYS)
    found = compare_styles(score_history(panel, with_weights(design, Conversations=100.0)))
    assert not found.raised
    assert found.muted == ()
    assert found.p > 0.2


def test_a_floor_without_styles_has_nothing_to_guard():
    panel, design, _ = story(FLOOR)
    found = compare_styles(score_history(panel, design))
    assert set(found.reps["style"]) == {"no one way"}
    with_styles = compare_styles(score_history(*story(WAYS)[:2])).styles
    assert list(found.styles) == [name for name in with_styles if not name.startswith("taken·")]
    assert not found.raised
