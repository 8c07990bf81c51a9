"""A formula brings a target and a weight where there is none."""

import numpy as np
import pytest

from tests.scoring.panels import CALLS, MEETINGS, design_of
from workbench.design.model import Kpi
from workbench.scoring.formula_change import formula_fields, measured_fields

DESIGN = design_of(CALLS, MEETINGS)
VALUES = np.arange(1.0, 102.0)


def values_of(kpi):
    return VALUES


def test_a_new_kpi_comes_with_target_and_weight():
    assert measured_fields(DESIGN, Kpi(name="k", formula="quotes"), values_of) == {
        "target": 68.0, "percentile": 67, "weight": 40.0}  # fmt: skip


def test_a_first_formula_brings_what_is_missing():
    assert formula_fields(DESIGN, Kpi(name="k", weight=0), "quotes", values_of) == {
        "formula": "quotes", "weight": 40.0, "target": 68.0, "percentile": 67}  # fmt: skip
    assert formula_fields(DESIGN, Kpi(name="k", weight=5, target=9), "quotes", values_of) == {"formula": "quotes"}


def test_another_formula_keeps_the_percentile_or_the_number():
    at_half = Kpi(name="k", formula="calls", target=9, percentile=50)
    assert formula_fields(DESIGN, at_half, "quotes", values_of) == {
        "formula": "quotes", "target": 51.0, "percentile": 50}  # fmt: skip
    assert formula_fields(DESIGN, Kpi(name="k", formula="calls", target=9), "q", values_of) == {"formula": "q"}


def test_values_that_cannot_be_read_change_no_target():
    at_half = Kpi(name="k", formula="calls", target=9, percentile=50)
    assert formula_fields(DESIGN, at_half, "quotes", lambda kpi: None) == {"formula": "quotes"}


def test_a_ratio_takes_its_first_target_from_the_averages_of_the_reps():
    months, reps = np.linspace(0, 1, 101), np.linspace(0.4, 0.7, 31)
    rate = measured_fields(DESIGN, Kpi(name="k", formula="won / closed"), lambda kpi: months, lambda kpi: reps)
    assert (reps >= rate["target"]).mean() == pytest.approx(1 / 3, abs=0.03)
    count = measured_fields(DESIGN, Kpi(name="k", formula="won"), lambda kpi: months, lambda kpi: reps)
    assert count["target"] == 0.67
    never = measured_fields(DESIGN, Kpi(name="k", formula="won"), lambda kpi: months, lambda kpi: reps / 2)
    assert (reps / 2 >= never["target"]).mean() == pytest.approx(1 / 3, abs=0.03)
