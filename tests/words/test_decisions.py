"""What is said of decisions: in force, due, overdue, then and today, as in force or what-if."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.decisions import DAY, decided, decided_on, withdrawn
from tests.scoring.panels import CALLS, MEETINGS, WIN_RATE, design_of, random_panel
from workbench.design.decisions import DecisionLog, Dissent
from workbench.design.in_force import spans_in_force
from workbench.words import decisions as words
from workbench.words.kpis import goal_name

MADE = decided("Fewer dials", "2026-01-10", "2026-02-01")


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (DAY(2026, 4, 1), "Review in 31 days, on 2 May 2026."),
        (DAY(2026, 5, 1), "Review in 1 day, on 2 May 2026."),
        (DAY(2026, 5, 2), "The review is due today."),
        (DAY(2026, 5, 3), "The review was due 1 day ago, on 2 May 2026."),
    ],
)
def test_when_a_review_is_due(today: dt.date, said: str) -> None:
    assert words.review_sentence(MADE, today) == said


def test_reviews_of_the_next_two_weeks_are_near() -> None:
    assert [words.is_review_near(MADE, DAY(2026, 4, day)) for day in (17, 18)] == [False, True]


def test_a_design_kept_at_a_review_is_in_force_since_the_first_time() -> None:
    again = decided("Fewer dials", "2026-05-02", "2026-05-02", 2)
    spans = spans_in_force(DecisionLog((MADE, again)))
    assert words.in_force_sentence(again, DAY(2026, 6, 1), spans) == (
        "“Fewer dials” has been in force since 1 February 2026."
    )
    assert words.in_force_sentence(MADE, DAY(2026, 1, 11)) == "“Fewer dials” comes into force on 1 February 2026."


def test_what_was_recorded_afterwards_says_so() -> None:
    assert words.decision_line(MADE) == "Decided 10 January 2026, counts from 1 February 2026."
    late = decided("A", "2026-03-01", "2026-02-01").model_copy(update={"by": "Ann"})
    assert words.decision_line(late) == (
        "Decided 1 March 2026 by Ann, counts from 1 February 2026, recorded afterwards."
    )
    assert words.withdrawal_line(withdrawn(late, "2026-03-02")) == "Withdrawn 2 March 2026: wrong one"


@pytest.mark.parametrize(
    ("in_force", "said"),
    [
        ([], ""),
        ([None, None], ""),
        ([True, True], "As in force: these rules counted in all 2 months."),
        ([None, True], "What-if: these rules were in force in only 1 of these 2 months."),
        ([False, None], "What-if: these rules were not in force in any of these 2 months."),
        ([False], "What-if: these rules were not in force this month."),
        ([True], "As in force: these rules counted."),
    ],
)
def test_a_replay_says_whether_its_rules_were_in_force(in_force: list[bool | None], said: str) -> None:
    assert words.what_if_sentence(in_force, "month") == said


def test_changed_data_are_told_by_their_fingerprint() -> None:
    panel = replace(random_panel(1), key="one")
    known = decided_on(panel, design_of(CALLS), "2026-01-01", "2026-02-01").data
    assert words.data_since_sentence(known, panel) == "Same data as then: 8 reps × 6 months, January to June 2024."
    assert words.data_since_sentence(known, replace(panel, key="two")) == (
        "The data have changed since, though not in size: 8 reps × 6 months, January to June 2024."
    )
    assert words.data_since_sentence(known, replace(random_panel(1, n_periods=7), key="two")) == (
        "The data have changed since. Then: 8 reps × 6 months, January to June 2024. "
        "Today: 8 reps × 7 months, January to July 2024."
    )


def test_figures_then_stand_beside_those_of_today() -> None:
    today = MADE.known.model_copy(update={"best_on_top": 5})
    rows = words.then_and_today(MADE.known, today)
    assert rows.loc["Best sellers on top"].tolist() == ["3 of 8", "5 of 8"]
    assert list(words.then_and_today(MADE.known, None).columns) == ["Then"]


def test_designs_of_one_name_are_both_listed() -> None:
    twice = MADE.model_copy(update={"considered": MADE.considered * 2})
    assert list(words.considered_table(twice).columns) == ["Fewer dials", "Fewer dials (2)"]


def test_who_disagreed_is_named_with_the_reason_if_there_is_one() -> None:
    said = [words.dissent_line(each) for each in (Dissent(who="Ann", says="too many"), Dissent(who="Ben"))]
    assert said == ["Ann disagreed: too many", "Ben disagreed."]


def test_what_was_chosen_is_said_as_goal_and_weights() -> None:
    design = design_of({**CALLS, "weight": 2}, {**MEETINGS, "weight": 1}, {**WIN_RATE, "weight": 0})
    said = words.chosen_line(MADE.model_copy(update={"chosen": design}))
    assert said == f"Goal {goal_name(design.required_goal)}. Weights: Calls 67%, Meetings 33%."


def test_the_wall_says_what_is_in_force_in_few_words() -> None:
    spans = spans_in_force(DecisionLog((MADE,)))
    said = words.decide_slide_sentence((MADE,), spans, DAY(2026, 4, 1))
    assert said == "“Fewer dials” has been in force since 1 February 2026. Review in 31 days."
    assert len(said.split()) <= 20
    assert words.decide_slide_sentence((), (), DAY(2026, 4, 1)) == words.EMPTY
