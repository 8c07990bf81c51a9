"""A target changes its form and keeps its number; steps come, go and move."""

import pandas as pd
import pytest

from tests.scoring.panels import panel_of
from workbench.design.model import TargetStep, Within
from workbench.design.target_edits import (
    add_step,
    fixed_target,
    good_range,
    quota_measure,
    remove_step,
    step_starts,
    target_in_form,
    target_steps,
    unused_step_starts,
    update_step,
)

PANEL = panel_of(
    pd.DataFrame({"rep": ["a", "b", "a"], "period": ["2024-02", "2024-01", "2024-03"], "calls": [1, 2, 3]})
)
STEPS = (TargetStep(start="2024-01", value=10), TargetStep(start="2024-03", value=20))


@pytest.mark.parametrize(
    ("form", "target", "expected"),
    [
        ("none", 5.0, None),
        ("number", 5.0, 5.0),
        ("number", "quota", 40.0),
        ("formula", 5.0, "5"),
        ("formula", None, "40"),
        ("steps", None, (TargetStep(start="2024-01", value=40),)),
        ("steps", 5.0, (TargetStep(start="2024-01", value=5),)),
    ],
)
def test_another_form_keeps_the_number_or_begins_with_the_default(form, target, expected):
    assert target_in_form(form, target, 40.0, PANEL) == expected


def test_a_target_per_rep_begins_with_the_measure_that_says_it():
    """With a file of targets at hand the formula was the number over again, to be replaced by typing."""
    frame = PANEL.frame[["rep", "period"]].assign(sales=[1.0, 2.0, 3.0], target_amount=[2.0, 2.0, 2.0])
    assert quota_measure(panel_of(frame)) == "target_amount"
    assert target_in_form("formula", 5.0, 40.0, PANEL, "target_amount") == "target_amount"
    assert quota_measure(PANEL) is None
    assert quota_measure(panel_of(frame.assign(quota=[1.0, 1.0, 1.0]))) is None


def test_a_target_has_one_number_or_steps_or_neither():
    assert [fixed_target(target) for target in (5, 5.5, "quota", None, STEPS)] == [5, 5.5, None, None, None]
    assert target_steps(STEPS) == STEPS
    assert target_steps("quota") == ()


def test_steps_start_at_periods_of_the_panel():
    assert step_starts(PANEL) == ["2024-01", "2024-02", "2024-03"]
    assert unused_step_starts(STEPS, step_starts(PANEL)) == ["2024-02"]


def test_a_new_step_comes_after_the_last_where_it_can():
    assert add_step(STEPS[:1], ["2024-02", "2024-03"])[-1] == TargetStep(start="2024-02", value=10)
    assert add_step(STEPS, ["2024-02"])[-1] == TargetStep(start="2024-02", value=20)


def test_a_step_is_changed_or_removed_and_the_others_stay():
    assert update_step(STEPS, 1, value=30.0) == (STEPS[0], TargetStep(start="2024-03", value=30))
    assert remove_step(STEPS, 0) == STEPS[1:]


def test_a_range_goes_up():
    assert good_range(1, 2) == Within(within=(1, 2))
    assert good_range(2, 2) is None
