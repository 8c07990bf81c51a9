"""Progress through the work in words: what each step is for, and what has been done there."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.data.model.panel import Panel
from workbench.design.model import Design
from workbench.design.named_goal import with_goal_named
from workbench.words.kpis import goal_name
from workbench.words.numbers import pluralize, with_unit
from workbench.words.panels import panel_size

HEADING = "What is our #1 goal, where are we, what next?"
PROMISE = (
    "Start from the team's #1 goal and work backwards to the few KPIs that matter. "
    "See at once who would have been rewarded, and what those reps really sold."
)


@dataclass(frozen=True)
class StepWords:
    """One step: its name in the navigation, what it is for, what its button says when it is next."""

    name: str
    purpose: str
    button: str
    icon: str


STEPS: dict[str, StepWords] = {
    "data": StepWords("Data", "What your team did and sold, per rep and month.", "Bring data", ":material/table:"),
    "goal": StepWords("Goal", "The one number the team exists for.", "Choose the goal", ":material/flag:"),
    "kpis": StepWords(
        "KPIs",
        "The few numbers a rep must reach, and how each is measured.",
        "Choose KPIs",
        ":material/add_chart:",
    ),
    "preview": StepWords(
        "Preview", "Drag the weights and see who would have won.", "Open the preview", ":material/balance:"
    ),
}


def step_progress(page: str, panel: Panel | None, design: Design) -> str:
    """What has been done at a step, in a few words; the step's purpose while nothing has."""
    if page == "data" and panel is not None:
        return f"{panel.name}: {panel_size(panel)}"
    if page == "goal" and design.goal is not None:
        return _goal(with_goal_named(design, panel) if panel else design)
    if page == "kpis" and design.kpis:
        return f"{pluralize(len(design.kpis), 'KPI')}: {', '.join(kpi.name for kpi in design.kpis)}"
    return STEPS[page].purpose


def _goal(design: Design) -> str:
    """``Sales: $20k``; the name alone unless the target is one number."""
    goal = design.required_goal
    name = goal_name(goal)
    return f"{name}: {with_unit(goal.target, goal.unit)}" if isinstance(goal.target, float | int) else name
