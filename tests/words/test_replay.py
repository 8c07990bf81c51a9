"""The sentences of Replay, from numbers made by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from workbench.design.model import Design, Goal, Within
from workbench.scoring.replay.leavers import Leavers
from workbench.scoring.replay.prizes import PrizeRule, Prizes
from workbench.scoring.replay.reprimands import mostly_unjust_reps
from workbench.scoring.replay.runs import OutcomeRun, group_same_periods
from workbench.scoring.replay.stop_signal import StopSignal
from workbench.scoring.replay.styles import StyleComparison
from workbench.words import replay as words
from workbench.words.lists import ordinal
from workbench.words.replay_leavers import leavers_sentence

JULY, SEPTEMBER = pd.Timestamp("2024-07-01"), pd.Timestamp("2024-09-01")
SALES = Goal(measure="won", label="Sales")
MONEY = SALES.model_copy(update={"unit": "USD"})
DESIGN = Design(name="d", goal=SALES)


def test_a_run_is_told_with_its_length_and_dates():
    run = OutcomeRun("Dials", "kpi_only", JULY, SEPTEMBER, 3)
    said = words.runs_sentence([run], DESIGN, "month")
    assert said == "The team hit Dials but missed Sales 3 months in a row, July 2024 to September 2024."
    once = words.runs_sentence([OutcomeRun(None, "kpi_only", JULY, JULY, 1)], DESIGN, "month")
    assert once == "The team hit the scorecard but missed Sales in July 2024."


def test_runs_over_the_same_months_are_one_warning():
    card, dials = (OutcomeRun(kpi, "kpi_only", JULY, SEPTEMBER, 3) for kpi in (None, "Dials"))
    other = OutcomeRun("Quotes", "kpi_only", JULY, JULY, 3)
    groups = group_same_periods([card, other, dials])
    assert groups == [(card, dials), (other,)]
    assert words.runs_sentence(groups[0], DESIGN, "month").startswith("The team hit the scorecard and Dials but missed")


def test_the_rule_of_the_prize_is_said_on_its_button():
    assert words.rule_words(PrizeRule(3), "week") == "Prize: 3 highest scores, every week"
    assert words.rule_words(PrizeRule(1, every="all"), "week") == "Prize: 1 highest score, once"
    assert words.rule_words(PrizeRule(over_target=True, every="quarter"), "week") == (
        "Prize: everybody on target, every quarter"
    )


def given(wins: list[int]) -> Prizes:
    reps = pd.DataFrame(
        {"rep": list("abcd"), "wins": wins, "rounds": 4, "goal": [4.0, 3, 2, 1], "goal_rank": [1, 2, 3, 4],
         "below_median": [False, False, True, True], "sold": True}
    )  # fmt: skip
    rounds = pd.DataFrame({"won": [True, True, True, True, False], "below_median": [True, False, False, False, True]})
    rounds = rounds.assign(goal=[1.0, 2, 3, 4, 1])
    return Prizes(PrizeRule(top=2), rounds, reps)


def test_prizes_below_the_median_and_the_forgotten():
    assert words.prizes_sentence(given([0, 1, 3, 0]), SALES) == (
        "3 of 4 prizes went to reps below the middle rep in Sales."
    )
    assert words.prizes_sentence(given([2, 1, 1, 0]), SALES) == (
        "1 of 4 prizes went to a rep below the middle rep in Sales."
    )
    assert words.prizes_sentence(given([3, 1, 0, 0]), SALES) == (
        "None of 4 prizes went to a rep below the middle rep in Sales."
    )
    assert "within each round, 1 of 4 prizes went to a rep worse than the median of that round." in words.prizes_method(
        given([0, 1, 3, 0])
    )
    names = {"a": "Ana", "b": "Ben", "c": "Cem", "d": "Dan"}
    assert words.forgotten_sentence(given([0, 1, 3, 0]), names) == "Of the 2 best sellers, Ana never won."
    assert words.forgotten_sentence(given([2, 1, 1, 0]), names) == "Each of the 2 best sellers won at least once."


@pytest.mark.parametrize(
    ("wins", "said"),
    [
        ([0, 0, 1, 3], "One prize went to a rep below the middle rep in Sales; of 3 more it is not known."),
        ([1, 1, 0, 2], "None of 2 prizes went to a rep below the middle rep in Sales; of 2 more it is not known."),
    ],
)
def test_prizes_of_which_the_goal_is_not_known_are_said(wins: list[int], said: str):
    found = given(wins)
    reps = found.reps.assign(goal=[4.0, 3, 2, None], below_median=[False, False, True, False])
    assert words.prizes_sentence(replace(found, reps=reps), SALES) == said


def test_where_less_is_better_the_bad_side_is_above():
    churn = Goal(measure="churn", label="Churn", direction="lower")
    assert (
        words.prizes_sentence(given([0, 1, 3, 0]), churn) == "3 of 4 prizes went to reps above the middle rep in Churn."
    )
    assert words.behind_median(Goal(measure="a", direction=Within(within=(1, 2)))) == "worse than the middle rep in a"


def test_ties_that_make_more_winners_than_asked_for_are_said():
    rounds = pd.DataFrame({"round": [JULY] * 3 + [SEPTEMBER] * 2, "won": [True] * 4 + [False]})
    tied = replace(given([0, 1, 3, 0]), rounds=rounds)
    assert (
        words.shared_places_sentence(tied)
        == "Reps with equal scores share the last place, so there are 4 prizes instead of 3."
    )
    assert words.shared_places_sentence(replace(tied, rule=PrizeRule(over_target=True))) == ""
    assert words.shared_places_sentence(replace(tied, rule=PrizeRule(top=3))) == ""


def test_winners_who_sell_little_are_named_with_their_prizes_and_nobody_else():
    names = {"a": "Ana", "b": "Ben", "c": "Cem", "d": "Dan"}
    assert words.winners_sentence(given([0, 1, 3, 2]), names, SALES) == (
        "Winners below the middle rep in Sales: Cem (3) and Dan (2)."
    )
    assert words.winners_sentence(given([1, 1, 0, 0]), names, SALES) == ""
    assert words.overall_sentence(given([1, 1, 1, 1]), names, SALES) == (
        "2 of the 4 top scorers are below the middle rep in Sales: Cem (3rd) and Dan (4th)."
    )
    assert "1 of the 4 top scorers is below" in words.overall_sentence(given([1, 1, 1, 0]), names, SALES)
    both = replace(given([0, 0, 1, 1]), rounds=pd.DataFrame({"won": [True, True], "below_median": [True, True]}))
    assert "All 2 top scorers are below" in words.overall_sentence(both, names, SALES)
    assert words.overall_sentence(given([1, 1, 0, 0]), names, SALES) == ""


def test_where_all_tie_for_the_best_score_nobody_is_named():
    tied = replace(given([1, 1, 1, 1]), rule=PrizeRule(top=1))
    said = words.overall_sentence(tied, dict.fromkeys("abcd", "Somebody"), SALES)
    assert said == "4 reps share the best scores: the scorecard cannot separate them."


def test_a_goal_without_target_says_what_cannot_be_judged():
    assert words.no_target(DESIGN).startswith("Sales has no target, so reprimands and hits cannot be judged")
    assert words.no_target(Design(name="d", goal=Goal(measure="won", target=5))) == ""


def test_who_was_mostly_called_in_unjustly_is_named():
    table = pd.DataFrame({"rep": ["a", "b", "c"], "periods": [6, 8, 6], "called_in": [6, 8, 6], "unjust": [5, 6, 3]})
    names = {"a": "Ana", "b": "Ben", "c": "Cem"}
    assert mostly_unjust_reps(table)["rep"].tolist() == ["a", "b"]
    assert words.unjust_sentence(mostly_unjust_reps(table), names, "month") == (
        "Reprimanded despite making the goal: Ana in 5 of 6 months and Ben in 6 of 8 months."
    )
    assert words.unjust_sentence(table[:0], names, "month") == ""


@pytest.mark.parametrize(
    ("in_fact", "says"),
    [("2025-01-01", "Sales – 3 months before the team changed course."),
     ("2024-10-01", "Sales – just when the team changed course."),
     ("2024-09-01", "Sales – 1 month after the team changed course.")],
)  # fmt: skip
def test_a_stop_says_how_much_earlier_it_could_have_come(in_fact: str, says: str):
    signal = StopSignal("Dials", pd.DataFrame({"period": [SEPTEMBER]}), SEPTEMBER, "gone")
    assert words.stop_sentence(signal, DESIGN, "month", pd.Timestamp(in_fact)).endswith(says)


def test_reprimands_count_those_with_the_goal_made():
    table = pd.DataFrame({"rep": ["a", "b"], "periods": [6, 6], "called_in": [4, 1], "unjust": [3, 0],
                          "judged": [4, 1]})  # fmt: skip
    assert words.called_in_sentence(table.assign(judged=0, unjust=0), "month") == (
        "There would have been 5 reprimands for missing the scorecard."
    )
    assert words.called_in_sentence(table, "month") == (
        "3 of 5 reprimands would have gone to reps who made the goal that month."
    )
    assert words.called_in_sentence(table.assign(judged=[3, 0]), "month") == (
        "3 of 3 reprimands would have gone to reps who made the goal that month; of 2 more it is not known."
    )
    assert words.called_in_sentence(table.assign(unjust=0), "month").startswith("None of 5 reprimands")
    assert (
        words.called_in_sentence(table.assign(called_in=0, unjust=0, judged=0), "month")
        == "Nobody would have been reprimanded."
    )


@pytest.mark.parametrize(
    ("p", "says"),
    [
        (0.001, "Dials accounts for 90% of the differences"),
        (0.4, "At equal Sales, no way of selling clearly scores lower"),
    ],
    ids=["raised", "chance"],
)
def test_the_style_guard_speaks_only_when_raised(p: float, says: str):
    styles = pd.DataFrame({"style": ["Calls", "E-mail"], "n_reps": [6, 6], "taken": [0.0, 44.0]})
    assert says in words.styles_sentence(StyleComparison(pd.DataFrame(), styles, "Dials", 0.9, p), SALES)


@pytest.mark.parametrize(
    ("why", "says"),
    [("gone", "By the end of September 2024 the data showed that Dials no longer predicted Sales."),
     ("holds", "Dials predicted Sales, and the data gave no reason to stop."),
     ("never shown", "The data never showed that Dials predicts Sales for one and the same rep."),
     ("too early", "It is too early to say whether Dials predicts Sales.")],
)  # fmt: skip
def test_a_stop_is_said_only_where_a_link_was_there_and_is_gone(why: str, says: str):
    signal = StopSignal("Dials", pd.DataFrame({"period": [SEPTEMBER]}), SEPTEMBER if why == "gone" else None, why)
    assert words.stop_sentence(signal, DESIGN, "month") == says
    assert "the end of the week of 1 July 2024" in words.stop_sentence(
        StopSignal("Dials", pd.DataFrame({"period": [JULY]}), JULY, "gone"), DESIGN, "week"
    )


def test_hours_leave_out_what_has_no_weight_and_say_what_is_unknown():
    hours = pd.DataFrame({"share": [0.5, 0.5, 0.0], "hours_asked": [8.25, float("nan"), 12.0]})
    assert words.effort_sentence(hours) == (
        "Hitting every target takes a rep about 8 hours a week. 1 KPI without minutes is not counted."
    )
    assert words.effort_sentence(hours.iloc[1:]).startswith("Enter the minutes")


def test_leavers_stand_beside_those_who_stayed():
    left = {"goal": 21_000.0, "score": 88.0, "unsung_share": 0.5, "n": 13, "n_judged": 12}
    stayed = {"goal": 17_000.0, "score": 92.0, "unsung_share": 0.2, "n": 70, "n_judged": 67}
    found = Leavers(pd.DataFrame({"rep": list("abcd")}), stayed, left)
    assert leavers_sentence(found, MONEY, "month") == (
        "In their last months, 4 leavers sold $21k a month and scored 88. Those who stayed sold $17k and scored 92. "
        "The leavers made the goal but missed the score in 50% of 12 rep-months, those who stayed in 20% of 67."
    )
    nobody = dict.fromkeys(stayed, math.nan) | {"n": 0, "n_judged": 0}
    assert leavers_sentence(replace(found, left=left | {"goal": math.nan, "n_judged": 0}, stayed=nobody), MONEY,
                                  "month") == "In their last months, 4 leavers scored 88."  # fmt: skip
    assert "4 leavers reached 21k deals a month" in leavers_sentence(found, Goal(measure="won", unit="deals"), "month")
    lost = Goal(measure="lost", label="Lost value", unit="USD", direction="lower")
    assert "4 leavers had $21k a month of Lost value and scored 88" in leavers_sentence(found, lost, "month")


def test_places_are_told_as_people_do():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th"]  # fmt: skip
