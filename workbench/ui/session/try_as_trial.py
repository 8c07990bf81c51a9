"""*Try it as a trial*: the card that another page hands over, filled from what it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from workbench.data.model.panel import Panel
from workbench.design.model import Design, Goal, Kpi
from workbench.trials.plan_card import measure_choices, plan_card
from workbench.trials.trial_file import BetterWhen
from workbench.words import trial_card as words


def card_for_kpi(panel: Panel, design: Design, kpi: Kpi) -> dict[str, Any] | None:
    """Half of the team works on a KPI, and the goal decides; None where the data do not have the goal."""
    goal = _goal(panel, design)
    if goal is None:
        return None
    decides = next(one for one in measure_choices(panel, design) if one.formula == goal.measure)
    way: BetterWhen = "lower" if kpi.direction == "lower" else "higher"
    return {
        "name": words.card_name_for(kpi.name, way), "change": words.card_change_for(kpi.name),
        "hypothesis": words.card_hypothesis_for(kpi.name, decides.label, decides.direction), "lever": kpi.formula,
        **plan_card(panel, design, goal.measure, dt.date.today()),
    }  # fmt: skip


def card_for_scorecard(panel: Panel, design: Design, option: Design, called: str) -> dict[str, Any] | None:
    """Half of the team is measured by another scorecard, and the goal decides; None where the data do not have it."""
    goal = _goal(panel, design)
    if goal is None:
        return None
    return {
        "name": words.card_name_for_scorecard(called), "change": words.card_change_for_scorecard(called),
        **plan_card(panel, option if option.goal is not None else design, goal.measure, dt.date.today()),
    }  # fmt: skip


def _goal(panel: Panel, design: Design) -> Goal | None:
    goal = design.goal
    return goal if goal is not None and goal.measure in panel.measure_names and not panel.frame.empty else None
