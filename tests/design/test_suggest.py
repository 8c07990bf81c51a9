"""First KPIs worked back from the goal."""

from dataclasses import replace

import numpy as np
import pytest

from tests.scoring.panels import random_panel
from workbench.data.model.panel import MeasureInfo
from workbench.data.model.row_overlap import RowOverlap
from workbench.design.measure_meaning import is_failure, is_success
from workbench.design.model import parse_design
from workbench.design.rules import check_design
from workbench.design.suggest_kpis import suggest_kpis


def panel():
    made = random_panel(5)
    frame = made.frame.assign(workdays=20.0, revenue=made.frame["sales"] * 2, seldom=0.0)
    measures = tuple(
        MeasureInfo(name, "sum" if name in ("sales", "revenue") else "count", source="crm", label=name.title())
        for name in ("calls", "meetings", "closed", "won", "sales", "revenue", "seldom")
    )
    return replace(made, frame=frame, measures=(*measures, MeasureInfo("workdays", "built_in")))


def formulas(*kpis, goal="sales"):
    design = parse_design({"name": "d", "goal": {"measure": goal}, "kpis": kpis})
    return [each.kpi.formula for each in suggest_kpis(design, panel())]


def test_counts_come_rarest_first_and_frequent_ones_per_workday_then_rates():
    found = formulas()
    assert found[:4] == ["won", "closed", "meetings", "calls / workdays"]
    assert "won / closed" in found


def test_months_before_a_file_begins_take_no_suggestion_away():
    made, counts = panel(), ["calls", "meetings", "closed", "won"]
    late = made.frame["period"] == made.frame["period"].min()
    gap = replace(made, frame=made.frame.assign(**{name: made.frame[name].mask(late) for name in counts}),
                  measures=tuple(replace(info, aggregate="sum") if info.name == "calls" else info
                                 for info in made.measures))  # fmt: skip
    design = parse_design({"name": "d", "goal": {"measure": "sales"}})
    found = [each.kpi.formula for each in suggest_kpis(design, gap)]
    assert {"calls / workdays", "won / closed"} <= set(found)


def test_the_goal_its_doubles_and_what_hardly_happens_are_left_out():
    assert not {"sales", "revenue", "seldom"} & set(formulas())
    assert "won" not in formulas(goal="won")


def test_what_the_design_already_has_is_not_suggested_again():
    assert "won / closed" not in formulas({"name": "Win rate", "formula": "( won/closed )"})


def test_every_suggestion_fits_the_panel():
    design = parse_design({"name": "d", "goal": {"measure": "sales", "target": 500}})
    kpis = tuple(each.kpi.model_copy(update={"target": 1.0}) for each in suggest_kpis(design, panel()))
    errors = [
        issue for issue in check_design(design.model_copy(update={"kpis": kpis}), panel()) if issue.level == "error"
    ]
    assert {issue.code for issue in errors} == {"zero_weights"}
    assert np.all([each.kpi.weight == 0 for each in suggest_kpis(design, panel())])


def test_neither_targets_nor_failures_are_suggested():
    made = panel()
    labels = {"calls": "Target amount", "meetings": "Connected - Not Interested", "closed": "Dead End Number",
              "won": "Connected - Interested"}  # fmt: skip
    named = tuple(replace(info, label=labels.get(info.name, info.label)) for info in made.measures)
    design = parse_design({"name": "d", "goal": {"measure": "sales"}, "kpis": []})
    assert [each.kpi.formula for each in suggest_kpis(design, replace(made, measures=named))] == ["won"]


@pytest.mark.parametrize(
    "label", ["Not Interested", "Dead End Number", "Wrong number", "Lost", "Busy", "Voicemail", "No answer"]
)
def test_failures_are_told_from_counts_and_successes(label: str):
    assert is_failure(MeasureInfo("x", "count", label=label))
    assert not is_success(MeasureInfo("x", "count", label=label))
    assert not is_failure(MeasureInfo("x", "count", label="No. of calls"))
    assert is_success(MeasureInfo("x", "count", label="Connected - Interested"))


def test_what_counts_the_rows_of_the_goal_comes_after_what_reps_do_for_it():
    shared = (RowOverlap("sales", "won", 1.0, 1.0, 90), RowOverlap("closed", "sales", 0.6, 1.0, 90),
              RowOverlap("meetings", "sales", 0.1, 0.2, 9))  # fmt: skip
    design = parse_design({"name": "d", "goal": {"measure": "sales"}, "kpis": []})
    found = [each.kpi.formula for each in suggest_kpis(design, replace(panel(), overlaps=shared))]
    assert found[:4] == ["meetings", "calls / workdays", "won", "closed"]
    assert "won / closed" in found
