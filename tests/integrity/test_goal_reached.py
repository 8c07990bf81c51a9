"""The goal by rep and month, beside the counts of activity."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.sample_panels import sample_panel, sample_suspects
from workbench.data.model.panel import PERIOD, REP
from workbench.design.model import Goal
from workbench.integrity.goal_reached import goal_by_month

PANEL = "dials-floor"


def test_every_month_at_work_has_its_goal() -> None:
    panel = sample_panel(PANEL)
    found = goal_by_month(panel, Goal(measure="sales"), ["calls"])
    assert found is not None
    assert len(found) == len(panel.frame)
    assert found["reached"].sum() == pytest.approx(panel.frame["sales"].sum())


def test_a_quarter_counts_in_three_equal_parts() -> None:
    panel = sample_panel(PANEL)
    one = panel.frame[[REP, PERIOD]].iloc[:1].assign(sales=9.0, **{PERIOD: pd.Timestamp("2025-04-01")})
    found = goal_by_month(
        replace(panel, grain="quarter", frame=one, unscored=pd.DataFrame()), Goal(measure="sales"), []
    )
    assert found is not None
    assert found["month"].dt.strftime("%Y-%m").tolist() == ["2025-04", "2025-05", "2025-06"]
    assert found["reached"].tolist() == [3.0, 3.0, 3.0]


@pytest.mark.parametrize(
    "goal", [None, Goal(measure="sales", direction="lower"), Goal(measure="gone"), Goal(measure="tenure")]
)
def test_a_goal_that_does_not_add_up_to_more_tells_nothing(goal: Goal | None) -> None:
    assert goal_by_month(sample_panel(PANEL), goal, []) is None


def test_a_goal_from_a_log_that_is_in_question_tells_nothing() -> None:
    """The meetings of that sample are held, and counted, by whoever enters them."""
    panel, own = sample_panel("the-conversation"), sample_suspects("the-conversation").own_logs
    assert own == {"calls", "meetings"}
    assert goal_by_month(panel, Goal(measure="held"), own) is None
    assert goal_by_month(panel, Goal(measure="meetings_set"), own) is None
    assert goal_by_month(panel, Goal(measure="held"), []) is not None
    assert "orders" not in sample_suspects(PANEL).own_logs
