"""What is asked where a user says in the goal's own unit what difference matters."""

from __future__ import annotations

from workbench.evidence.step import Step
from workbench.words.evidence_about import About
from workbench.words.numbers import short_number

OPEN = "What difference matters?"
APPLY = "Use for all KPIs"


def amount_label(step: Step, about: About, kpi: str, unit: str | None) -> str:
    """``Smallest difference in Sales that matters, for a month with Meetings better by 10, in USD``.

    Better is less of some KPIs.
    """
    asked = f"Smallest difference in {about.goal} that matters, for a {about.grain} with {kpi} better by"
    return ", ".join(filter(None, [f"{asked} {short_number(step.size)}", f"in {unit}" if unit else ""]))


def amount_help(step: Step, smallest: float) -> str:
    """Say which link the amount is."""
    return f"A link of {smallest:g} is {short_number(step.smallest)} here. Other KPIs are held to the same link."
