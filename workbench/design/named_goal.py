"""Name the goal of a design after its measure where nobody has named it: the label that people know, and the unit."""

from __future__ import annotations

from workbench.data.model.panel import Panel
from workbench.design.model import Design


def with_goal_named(design: Design, panel: Panel) -> Design:
    """The design with the label and unit of the measure where its goal has none of its own; for what is shown."""
    goal = design.goal
    if goal is None or (goal.label and goal.unit) or goal.measure not in panel.measure_names:
        return design
    measure = panel.info(goal.measure)
    named = {"label": goal.label or measure.label, "unit": goal.unit or measure.unit}
    return design.model_copy(update={"goal": goal.model_copy(update=named)})
