"""Steps of building a panel, as the progress bar and the command line show them."""

from __future__ import annotations

from workbench.data.model.build_step import BuildStep, Stage

STAGES: dict[Stage, str] = {
    "open": "Opening {name}",
    "read": "Reading {name}",
    "aggregate": "Adding up {name}",
    "check": "Checking {name}",
    "roster": "Reading the team list",
    "assemble": "Putting it together",
}


def build_step_label(step: BuildStep) -> str:
    """``Reading calls``."""
    return STAGES[step.stage].format(name=step.name)
