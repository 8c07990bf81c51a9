"""The rows that the tables of a replay show."""

import pandas as pd

from tests.scoring.panels import CALLS, MEETINGS, design_of, random_panel
from workbench.scoring.history import score_history
from workbench.scoring.replay.effort import estimate_effort
from workbench.scoring.replay.replay_tables import known_effort, unjust_reprimands, weighted_outcomes
from workbench.scoring.replay.reprimands import list_reprimands

PANEL = random_panel(3)
DESIGN = design_of({**CALLS, "minutes_each": 5}, MEETINGS, {**CALLS, "name": "Off", "weight": 0, "minutes_each": 5})
HISTORY = score_history(PANEL, DESIGN)


def test_unjust_reprimands_are_those_with_the_goal_made_in_order():
    found = unjust_reprimands(HISTORY)
    assert found["made_goal"].all()
    assert len(found) == list_reprimands(HISTORY)["made_goal"].sum() > 0
    assert found[["period", "rep"]].apply(tuple, axis=1).is_monotonic_increasing


def test_outcomes_of_kpis_without_weight_do_not_count():
    outcomes = pd.DataFrame({"kpi": [None, "Calls", "Off"]})
    assert weighted_outcomes(outcomes, DESIGN)["kpi"].fillna("scorecard").tolist() == ["scorecard", "Calls"]


def test_effort_is_shown_where_it_counts_and_is_known():
    assert known_effort(estimate_effort(PANEL, HISTORY))["kpi"].tolist() == ["Calls"]
