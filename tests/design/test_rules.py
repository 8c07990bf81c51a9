"""Every rule: a design that breaks just it, and a clean design that breaks none."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.design.test_model import designs
from tests.scoring.panels import panel_of, random_panel
from workbench.data.model.row_overlap import RowOverlap
from workbench.design.model import parse_design
from workbench.design.rules import RULES, check_design
from workbench.words.issues import describe_issue

PANEL = random_panel(3, n_reps=8, n_periods=6)
CLEAN = {
    "name": "clean",
    "goal": {"measure": "sales", "target": 1000},
    "kpis": [
        {"name": "Meetings", "formula": "meetings", "target": 10, "weight": 60, "necessary": "Nobody buys unseen."},
        {"name": "Win rate", "formula": "won / closed", "target": 0.5, "weight": 40, "necessary": "Lost is lost."},
    ],
}


def found(panel=PANEL, **changes):
    return {(issue.level, issue.code) for issue in check_design(parse_design(CLEAN | changes), panel)}


def kpi(**fields):
    return CLEAN["kpis"][0] | fields


def test_a_clean_design_breaks_no_rule():
    assert found() == set()
    assert found(panel=None) == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"goal": None}, ("error", "no_goal")),
        ({"goal": {"measure": "salez", "target": 1}}, ("error", "unknown_goal")),
        ({"goal": {"measure": "sales"}}, ("warning", "goal_without_target")),
        ({"goal": {"measure": "sales", "direction": {"within": [1, 9]}}}, ("warning", "goal_in_range")),
        ({"goal": {"measure": "sales", "target": "salez / 2"}}, ("error", "formula")),
        ({"kpis": []}, ("error", "no_kpis")),
        ({"kpis": [kpi(weight=0)]}, ("error", "zero_weights")),
        ({"kpis": [kpi(), kpi(formula="calls", target=200, name="meetings ")]}, ("error", "repeated_name")),
        ({"kpis": [kpi(), {"name": "Idea"}]}, ("info", "no_formula")),
        ({"kpis": [kpi(), {"name": "Idea", "weight": 1, "necessary": "y"}]}, ("error", "no_formula")),
        ({"kpis": [kpi(formula="meetngs")]}, ("error", "formula")),
        ({"kpis": [kpi(formula="meetings +")]}, ("error", "formula")),
        ({"kpis": [kpi(target="quota * 2")]}, ("error", "formula")),
        ({"kpis": [kpi(target=None)]}, ("error", "no_target")),
        ({"kpis": [kpi(), kpi(name="Calls", formula="calls", target=None, weight=0)]}, ("warning", "no_target")),
        ({"kpis": [kpi(direction="lower", target=0)]}, ("error", "target_not_positive")),
        ({"kpis": [kpi(target=-3)]}, ("error", "target_not_positive")),
        ({"kpis": [kpi(target=[{"from": "2023", "value": 9}, {"from": "2023-01-01", "value": 1}])]},
         ("error", "repeated_step")),
        ({"scoring": {"points": "minmax"}, "kpis": [kpi()]}, ("error", "no_anchors")),
        ({"scoring": {"points": "minmax"}, "kpis": [kpi(anchors=[4, 4])]}, ("error", "no_anchors")),
        ({"kpis": [{"name": "All", "weight": 1, "necessary": "y", "kpis": [kpi(weight=0)]}]},
         ("error", "zero_inner_weights")),
        ({"kpis": [kpi(drives="Gaol")]}, ("warning", "drives_unknown")),
        ({"kpis": [kpi(drives="B"), kpi(name="B", formula="calls", target=200, drives="Meetings")]},
         ("warning", "drives_circle")),
        ({"kpis": [kpi(formula="sales / calls", target=5)]}, ("warning", "goal_inside")),
        ({"kpis": [kpi(), kpi(name="Again", formula="( meetings )")]}, ("warning", "copy")),
        ({"kpis": [kpi(role="diagnostic")]}, ("info", "diagnostic_with_weight")),
        ({"kpis": [kpi(name=f"K{n}", formula=f"meetings + {n}") for n in range(8)]}, ("info", "many_kpis")),
        ({"kpis": [kpi(necessary=" ")]}, ("info", "no_necessity")),
        ({"scoring": {"window": ["2019-01", "2019-06"]}}, ("error", "window_outside")),
        ({"kpis": [kpi(target=[{"from": "2024-03", "value": 9}])]}, ("warning", "steps_begin_late")),
        ({"kpis": [kpi(formula="meetings / 0")]}, ("error", "all_missing")),
        ({"kpis": [kpi(formula="meetings / (calls > 212)", target=10)]}, ("warning", "mostly_missing")),
        ({"kpis": [kpi(formula="7 + 0 * meetings", target=6)]}, ("warning", "constant")),
        ({"kpis": [kpi(target=1e6)]}, ("warning", "target_idle")),
        ({"kpis": [kpi(), kpi(name="Scaled", formula="meetings * 3 + 1")]}, ("warning", "near_copy")),
    ],
)  # fmt: skip
def test_each_rule_finds_what_it_is_for(changes, expected):
    assert expected in found(**changes)


def test_of_few_reps_it_is_not_known_whether_two_kpis_are_one():
    few = panel_of(PANEL.frame[PANEL.frame["rep"].isin(sorted(PANEL.frame["rep"].unique())[:3])])
    codes = found(few, kpis=[kpi(), kpi(name="Scaled", formula="meetings * 3 + 1")])
    assert ("info", "maybe_near_copy") in codes
    assert ("warning", "near_copy") not in codes


def test_the_goal_by_another_name_is_recognised_by_its_values():
    frame = PANEL.frame.assign(revenue=PANEL.frame["sales"] * 1.19)
    panel = replace(panel_of(frame), key="x")
    assert ("warning", "goal_in_disguise") in found(panel, kpis=[kpi(formula="revenue", target=900)])
    assert ("warning", "goal_in_disguise") not in found(panel)


@pytest.mark.parametrize(
    ("formula", "shared", "expected"),
    [
        ("deals", (1.0, 1.0), "goal_inside"),  # every row of the goal, and no other
        ("deals / calls", (1.0, 1.0), "goal_inside"),  # per call as well
        ("deals", (0.3, 1.0), "goal_inside"),  # √0.3 = 0.55: part of the goal
        ("deals", (0.2, 1.0), "some_of_the_goal"),  # √0.2 = 0.45
        ("meetings + 0.01 * deals", (1.0, 1.0), None),  # the goal's rows are next to nothing of the value
        ("calls / deals", (1.0, 1.0), None),  # a divisor only
        ("deals", (1.0, 0.03), None),  # calls that hold the few that sold: √0.03 = 0.17
    ],
)
def test_a_kpi_that_counts_the_goals_rows_is_the_goal_counted_differently(formula, shared, expected):
    panel = panel_of(PANEL.frame.assign(deals=np.arange(len(PANEL.frame)) % 7 + 1.0))
    panel = replace(panel, overlaps=(RowOverlap("deals", "sales", shared[1], shared[0], 9),))
    codes = {code for _, code in found(panel, kpis=[kpi(formula=formula, target=3)])}
    assert codes & {"goal_inside", "some_of_the_goal"} == ({expected} if expected else set())


def test_nothing_is_said_about_values_of_very_few_rep_periods():
    tiny = panel_of(pd.DataFrame({"rep": ["a", "b"], "period": "2024-01-01", "sales": [1.0, 2], "meetings": [1.0, 2]}))
    assert found(tiny, kpis=[kpi(target=100)]) == set()


def test_a_part_of_a_weightless_composite_is_only_warned_about():
    whole = {"name": "All", "weight": 0, "kpis": [kpi(target=None, weight=5, name="Part")]}
    assert ("warning", "no_target") in found(kpis=[*CLEAN["kpis"], whole])
    assert not any(level == "error" for level, _ in found(kpis=[*CLEAN["kpis"], whole]))


def test_a_range_and_points_that_use_no_target_need_none():
    assert found(kpis=[kpi(target=None, direction={"within": [5, 20]})]) == set()
    assert found(kpis=[kpi(target=None)], scoring={"points": "percentile"}) == set()


def test_unknown_measures_come_with_the_nearest_name_and_all_at_once():
    design = parse_design(CLEAN | {"kpis": [kpi(formula="meetngs / closd"), kpi(name="B", formula="cals", target=2)]})
    fixes = [dict(issue.parts)["near"] for issue in check_design(design, PANEL) if issue.code == "formula"]
    assert fixes == ["meetings", "closed", "calls"]


@given(designs, st.booleans())
def test_any_design_can_be_checked(design, with_panel):
    issues = check_design(design, PANEL if with_panel else None)
    said = [describe_issue(issue) for issue in issues]
    assert all(each.message and each.where for each in said)
    assert all(issue.level in ("error", "warning", "info") for issue in issues)


def test_every_rule_stands_in_the_tuple_once():
    from workbench.design import form_rules, history_rules

    written = {
        value
        for module in (form_rules, history_rules)
        for name, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", "") == module.__name__
        and list(getattr(value, "__annotations__", {})) == ["design", "panel", "return"] and name != "kpi_values"
    }  # fmt: skip
    assert written == set(RULES)
    assert len(RULES) == len(set(RULES))


def test_a_panel_without_rows_is_no_problem():
    empty = replace(PANEL, frame=PANEL.frame.iloc[:0])
    assert {issue.code for issue in check_design(parse_design(CLEAN), empty)} <= {"all_missing"}
