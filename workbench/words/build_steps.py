"""Steps of building a panel, as the progress bar and the command line show them."""

from __future__ import annotations

from workbench.data.model.build_step import BuildStep, Stage
from workbench.words.numbers import pluralize

STAGES: dict[Stage, str] = {
    "open": "Opening {name}",
    "read": "Reading {name}",
    "aggregate": "Adding up {name}",
    "check": "Checking {name}",
    "roster": "Reading the team list",
    "assemble": "Putting it together",
}


def build_step_label(step: BuildStep) -> str:
    """``Opening calls.csv``, ``Adding up 5,000,000 rows of calls``."""
    name = f"{pluralize(step.n_rows, 'row')} of {step.name}" if step.n_rows else step.name
    return STAGES[step.stage].format(name=name)
