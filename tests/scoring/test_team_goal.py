"""The team's own goal: sums over the reps, by whole period."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.scoring.panels import panel_of, with_days_at_work
from workbench.design.model import Goal, Within
from workbench.scoring.targets import goal_target_history
from workbench.scoring.team_goal import team_goal
from workbench.words.kpis import proposed_target_sentence, team_goal_sentence

FRAME = pd.DataFrame({
    "rep": ["a", "b", "a", "b", "a"],
    "period": ["2024-01-01", "2024-01-01", "2024-02-01", "2024-02-01", "2024-03-01"],
    "sales": [100.0, 300, 50, 150, 10],
})  # fmt: skip
PANEL = panel_of(FRAME)
GOAL = Goal(measure="sales", label="Sales", unit="USD", target=150)


def test_targets_and_sales_of_all_reps_add_up_by_period():
    found = team_goal(PANEL, GOAL)
    assert (found.period, found.target, found.reached, found.gap) == (pd.Timestamp("2024-03-01"), 150, 10, -140)
    assert (found.hit, found.n_periods) == (1, 3)


def test_an_unfinished_period_is_left_out():
    found = team_goal(replace(PANEL, partial=(pd.Timestamp("2024-03-01"),)), GOAL)
    assert (found.target, found.reached, found.n_periods) == (300, 200, 2)


def test_what_somebody_sold_in_few_days_is_the_teams_too():
    """b left on 4 March 2024, too early for a score, after selling 40."""
    late = pd.concat(
        [FRAME, pd.DataFrame({"rep": ["b"], "period": ["2024-03-01"], "sales": [40.0]})], ignore_index=True
    )
    panel = with_days_at_work(panel_of(late), {"b": [("2024-03-05", "2024-03-31")]})
    found = team_goal(panel, GOAL)
    assert (found.reached, found.n_periods) == (50, 3)
    assert found.target == pytest.approx(150 * (1 + 2 / 21))


def test_of_a_goal_that_is_better_low_less_is_a_hit():
    assert team_goal(PANEL, GOAL.model_copy(update={"direction": "lower"})).hit == 2


@pytest.mark.parametrize("change", [{"target": None}, {"direction": Within(within=(1, 2))}, {"measure": "gone"}],
                         ids=["no target", "a range", "not in the data"])  # fmt: skip
def test_a_goal_without_a_sum_to_reach_has_no_team_number(change: dict):
    assert team_goal(PANEL, GOAL.model_copy(update=change)) is None


def test_a_target_that_was_proposed_is_called_so_until_somebody_sets_one():
    proposed = GOAL.model_copy(update={"percentile": 67.0})
    assert "The team hit its proposed target in 1 of 3 months." in team_goal_sentence(
        team_goal(PANEL, proposed), proposed, "month"
    )
    found = goal_target_history(PANEL, proposed)
    assert proposed_target_sentence(found, proposed, "month") == (
        "This is a proposed target: 40% of rep-months reached it."
    )
    assert proposed_target_sentence(found, GOAL, "month") == ""


def test_the_team_number_is_one_sentence():
    assert team_goal_sentence(team_goal(PANEL, GOAL), GOAL, "month") == (
        "The team reached $10 of $150 in March 2024, $140 short. The team hit its target in 1 of 3 months."
    )
    rich = replace(team_goal(PANEL, GOAL), reached=200.0)
    assert "$50 above the target." in team_goal_sentence(rich, GOAL, "month")
    weekly = GOAL.model_copy(update={"unit": "per week"})
    assert team_goal_sentence(rich, weekly, "week").startswith(
        "The team reached 200 of 150 in the week of 1 March 2024"
    )
    assert team_goal_sentence(None, GOAL, "month") == ""
