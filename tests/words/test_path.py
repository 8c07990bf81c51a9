"""The path says what is done, what is next, and what was reached, from the state of the work alone."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.data.model.panel import MeasureInfo, Panel
from workbench.design.model import Design, Goal, Kpi
from workbench.design.progress import list_progress
from workbench.words.numbers import pluralize
from workbench.words.panels import panel_size, panel_span, period_name
from workbench.words.path import STEPS, step_progress

FRAME = pd.DataFrame(
    {
        "rep": ["Ana", "Ana", "Ben"],
        "period": pd.to_datetime(["2025-12-01", "2026-01-01", "2026-01-01"]),
        "sales": [1.0, 2.0, 3.0],
    }
)
PANEL = Panel("Deals", "month", FRAME, (MeasureInfo("sales", "sum"),), pd.DataFrame({"rep": ["Ana", "Ben"]}))
EMPTY = Design(name="Empty")
WITH_GOAL = EMPTY.model_copy(update={"goal": Goal(measure="sales", label="Sales")})
WITH_KPI = WITH_GOAL.model_copy(update={"kpis": (Kpi(name="Quotes", formula="sales"),)})
WITH_PARTS = WITH_GOAL.model_copy(update={"kpis": (Kpi(name="All", kpis=(Kpi(name="Part", formula="sales"),)),)})
DRAFT_CARD = WITH_GOAL.model_copy(update={"kpis": (Kpi(name="Idea"),)})


@pytest.mark.parametrize(
    ("panel", "design", "states"),
    [
        (None, EMPTY, ["next", "later", "later", "later"]),
        (None, WITH_KPI, ["next", "later", "later", "later"]),
        (PANEL, EMPTY, ["done", "next", "later", "later"]),
        (PANEL, WITH_GOAL, ["done", "done", "next", "later"]),
        (PANEL, DRAFT_CARD, ["done", "done", "next", "later"]),
        (PANEL, WITH_KPI, ["done", "done", "done", "next"]),
        (PANEL, WITH_PARTS, ["done", "done", "done", "next"]),
    ],
)
def test_exactly_one_step_is_next_and_all_before_it_are_done(panel: Panel, design: Design, states: list[str]) -> None:
    steps = list_progress(panel, design)
    assert [step.page for step in steps] == list(STEPS)
    assert [step.state for step in steps] == states


def test_each_step_says_what_was_reached_there() -> None:
    assert step_progress("data", PANEL, EMPTY) == "Deals: 2 reps × 2 months"
    assert step_progress("goal", PANEL, WITH_GOAL) == "Sales"
    with_target = EMPTY.model_copy(update={"goal": Goal(measure="sales", label="Sales", unit="USD", target=20_000)})
    assert step_progress("goal", PANEL, with_target) == "Sales: $20k"
    assert step_progress("kpis", PANEL, WITH_KPI) == "1 KPI: Quotes"
    assert step_progress("goal", PANEL, EMPTY) == STEPS["goal"].purpose


def test_sizes_and_spans_are_said_as_people_say_them() -> None:
    assert panel_size(PANEL) == "2 reps × 2 months"
    assert panel_span(PANEL) == "December 2025 to January 2026"
    assert pluralize(1, "row") == "1 row"
    assert pluralize(8800, "row") == "8,800 rows"


@pytest.mark.parametrize(
    ("grain", "said"),
    [("day", "6 April 2026"), ("week", "week of 6 April 2026"), ("month", "April 2026"), ("quarter", "Q2 2026")],
)
def test_a_period_is_named_by_its_grain(grain: str, said: str) -> None:
    assert period_name(pd.Timestamp("2026-04-06"), grain) == said
