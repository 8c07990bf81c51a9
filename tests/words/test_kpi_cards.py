"""Value and trend on a card: of whole periods only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.scoring.panels import random_panel
from workbench.data.model.panel import PERIOD
from workbench.design.model import Kpi
from workbench.scoring.targets import kpi_target_history, team_averages, whole_period_averages
from workbench.words.kpi_cards import card_line, trend_mark

KPI = Kpi(name="Meetings", formula="meetings", target=15, unit="per month")


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        ((1, 1, 1, 2, 2, 2), "↗"),
        ((2, 2, 2, 1, 1, 1), "↘"),
        ((1, 1, 1, 1, 1, 1.1), "→"),
        ((0,) * 6, "→"),
        ((1, 2, 3), ""),
    ],
)
def test_the_last_periods_are_held_against_those_before(values: tuple[float, ...], mark: str) -> None:
    assert trend_mark(values) == mark


def test_a_card_says_now_and_target() -> None:
    assert card_line([10, 12, float("nan")], KPI) == "now 12 · target 15 per month"
    assert card_line([], KPI) == "target 15 per month"


def test_a_period_in_part_is_not_now() -> None:
    panel = random_panel(1)
    last = max(panel.frame[PERIOD])
    found = kpi_target_history(panel, KPI)
    cut = whole_period_averages(found, replace(panel, partial=(last,)))
    assert cut == team_averages(found)["value"].tolist()[:-1]
