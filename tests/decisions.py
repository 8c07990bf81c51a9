"""Decisions made by hand, for the tests of what is in force, and of its words and pictures."""

from __future__ import annotations

import datetime as dt

from workbench.data.model.panel import Panel
from workbench.design import decisions
from workbench.design.decisions import Decision, Withdrawal
from workbench.design.model import Design, Goal, Kpi, parse_design
from workbench.design.store import design_id
from workbench.scoring.compare import evaluate_option
from workbench.scoring.known_figures import freeze_data, freeze_figures

DAY = dt.date


def small_design(name: str, weight: float = 10) -> Design:
    """One KPI with an owner and a reason."""
    kpi = {"name": "Calls", "formula": "calls", "target": 20, "weight": weight, "owner": "Ann", "necessary": "It is"}
    return parse_design({"name": name, "goal": {"measure": "sales"}, "kpis": [kpi]})


def decided(name: str, on: str, in_force: str, number: int = 1) -> Decision:
    """A decision for the design of a name, recorded on one day, in force from another."""
    link = decisions.KnownLink(rho=0.5, low=0.1, high=0.8, n=24, n_reps=24, method="spearman")
    known = decisions.KnownFigures(ranks_anybody=True, best_on_top=3, best_sellers=8, unjust=4, called_in=9,
                                   next_period=link, across_reps=link)  # fmt: skip
    data = decisions.KnownData(key="abc", grain="month", n_reps=24, n_periods=18, first=DAY(2024, 1, 1),
                               last=DAY(2025, 6, 1))  # fmt: skip
    return _decision(small_design(name), on, in_force, number, known, data)


def decided_on(panel: Panel, design: Design, on: str, in_force: str, number: int = 1) -> Decision:
    """The same with the figures of a panel."""
    known = freeze_figures(evaluate_option(panel, design))
    return _decision(design, on, in_force, number, known, freeze_data(panel))


def _decision(
    chosen: Design, on: str, in_force: str, number: int, known: decisions.KnownFigures, data: decisions.KnownData
) -> Decision:
    start = DAY.fromisoformat(in_force)
    return Decision(
        id=f"{number:012x}", decided=dt.datetime.fromisoformat(f"{on}T12:00:00+00:00"), design=design_id(chosen),
        chosen=chosen, why="because", in_force=start, review=start + dt.timedelta(days=90), data=data,
        considered=(decisions.Considered(design=design_id(chosen), name=chosen.name, known=known),),
    )  # fmt: skip


def withdrawn(decision: Decision | decisions.Pivot, on: str) -> Withdrawal:
    """The record that withdraws a decision on a day."""
    return Withdrawal(id="f" * 12, decided=dt.datetime.fromisoformat(f"{on}T13:00:00+00:00"), withdraws=decision.id,
                      why="wrong one")  # fmt: skip


def pivoted(kpi: str, step: decisions.PivotStep, on: str, in_force: str, number: int = 1) -> decisions.Pivot:
    """A step with a KPI of the dials floor, recorded on one day, from another on."""
    start = DAY.fromisoformat(in_force)
    data = decisions.KnownData(key="abc", grain="month", n_reps=24, n_periods=18, first=DAY(2024, 1, 1),
                               last=DAY(2025, 6, 1))  # fmt: skip
    return decisions.Pivot(
        id=f"{number:012x}", decided=dt.datetime.fromisoformat(f"{on}T12:00:00+00:00"), by="Ann", step=step,
        kpi=Kpi(name=kpi, formula="dials / workdays", unit="per workday", owner="Ann"), why="Ann says so",
        goal=Goal(measure="sales", label="Sales", unit="USD"), in_force=start, review=start + dt.timedelta(days=90),
        data=data,
    )  # fmt: skip
