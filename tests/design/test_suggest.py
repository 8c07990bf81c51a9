"""First KPIs worked back from the goal."""

from dataclasses import replace

import numpy as np

from tests.scoring.panels import random_panel
from workbench.data.model.panel import MeasureInfo
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
