"""Reps are narrowed by the roster's attributes."""

from dataclasses import replace

import pandas as pd

from tests.scoring.panels import panel_of
from workbench.scoring.attainment import attainment_percent
from workbench.scoring.misjudged import sort_by_distance_to_target
from workbench.scoring.rep_filter import MOST_CHOICES, attribute_choices, reps_in_panel, reps_with
from workbench.scoring.targets import TargetHistory

REPS = pd.DataFrame({"rep": ["a", "b", "c", "d"], "office": ["North", "South", None, "South"], "level": [2, 1, 2, 1],
                     "team": "one"})  # fmt: skip


def test_only_reps_with_a_period_are_offered():
    panel = panel_of(pd.DataFrame({"rep": ["a", "b"], "period": "2024-01", "calls": [1, 2]}))
    assert reps_in_panel(replace(panel, reps=REPS))["rep"].tolist() == ["a", "b"]


def test_choices_are_text_in_order_and_only_where_there_is_a_choice():
    assert attribute_choices(REPS, "office") == ["North", "South"]
    assert attribute_choices(REPS, "level") == ["1", "2"]
    assert attribute_choices(REPS, "team") == []
    many = pd.DataFrame({"rep": range(MOST_CHOICES + 1), "id": range(MOST_CHOICES + 1)})
    assert attribute_choices(many, "id") == []
    assert len(attribute_choices(many[1:], "id")) == MOST_CHOICES


def test_reps_with_a_wanted_value_stay():
    assert reps_with(REPS, "office", ["South"])["rep"].tolist() == ["b", "d"]
    assert reps_with(REPS, "level", ["2"])["rep"].tolist() == ["a", "c"]
    assert len(reps_with(REPS, "office", [])) == 4


def test_the_misjudged_stand_in_order_of_their_distance_from_the_target():
    rows = pd.DataFrame({"rep": list("abcd"), "goal": [50.0, 290, 120, 900], "goal_target": [100.0, 100, 100, 100],
                         "kind": ["box_ticker", "unsung_seller", "unsung_seller", "hit_both"]})  # fmt: skip
    assert sort_by_distance_to_target(rows)["rep"].tolist() == ["b", "a", "c"]
    assert sort_by_distance_to_target(rows, ["hit_both"])["rep"].tolist() == ["d"]


def test_attainment_leaves_out_what_has_no_value_or_no_target_above_zero():
    frame = pd.DataFrame({"value": [5.0, 3, None, 1, 2], "target": [10.0, 2, 1, 0, None]})
    assert attainment_percent(TargetHistory(frame, 0, 0)).tolist() == [50, 150]
