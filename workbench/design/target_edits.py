"""Edit a target: its form, its dated steps, the ends of a range. Every edit returns a new target."""

from __future__ import annotations

from typing import Any

import numpy as np

from workbench.data.model.panel import PERIOD, Panel
from workbench.design.measure_meaning import is_target
from workbench.design.model import Target, TargetStep, Within


def fixed_target(target: Target) -> float | None:
    """Return a target of one number; None for another form."""
    return target if isinstance(target, int | float) else None


def target_steps(target: Target) -> tuple[TargetStep, ...]:
    """Return the dated steps of a target; empty for another form."""
    return target if isinstance(target, tuple) else ()


def step_starts(panel: Panel) -> list[str]:
    """List every period of the panel as the start of a step: days for days and weeks (``2024-01-15``), else months."""
    shape = "%Y-%m-%d" if panel.grain in ("day", "week") else "%Y-%m"
    return sorted(panel.frame[PERIOD].dt.strftime(shape).unique())


def quota_measure(panel: Panel) -> str | None:
    """Return the measure that says what each rep had to reach; None if there is none, or several."""
    found = [info.name for info in panel.measures if is_target(info)]
    return found[0] if len(found) == 1 else None


def target_in_form(form: str, target: Target, default: float, panel: Panel, quota: str | None = None) -> Target:
    """Convert a target to another form (``none``, ``number``, ``formula``, ``steps``) and keep its number, if any.

    ``default`` is the number if the target has none; steps begin with the panel's first period. ``quota`` is the
    measure with a target of each rep, which is what a formula begins with.
    """
    fixed = fixed_target(target)
    number = default if fixed is None else fixed
    if form == "none":
        return None
    if form == "formula":
        return quota or f"{number:g}"
    return (TargetStep(start=step_starts(panel)[0], value=number),) if form == "steps" else number


def unused_step_starts(steps: tuple[TargetStep, ...], starts: list[str]) -> list[str]:
    """List the starts at which no step begins yet."""
    taken = {step.start for step in steps}
    return [start for start in starts if start not in taken]


def add_step(steps: tuple[TargetStep, ...], free: list[str]) -> tuple[TargetStep, ...]:
    """Add a step with the last one's value, at the first unused start after it, else at the first unused one.

    Raises IndexError without a step or an unused start.
    """
    last = steps[-1]
    later = [start for start in free if start > last.start] or free
    return (*steps, TargetStep(start=later[0], value=last.value))


def update_step(steps: tuple[TargetStep, ...], place: int, **fields: Any) -> tuple[TargetStep, ...]:
    """Change some fields (``start``, ``value``) of a step."""
    return (*steps[:place], steps[place].model_copy(update=fields), *steps[place + 1 :])


def remove_step(steps: tuple[TargetStep, ...], place: int) -> tuple[TargetStep, ...]:
    """Remove a step."""
    return steps[:place] + steps[place + 1 :]


def good_range(low: float, high: float) -> Within | None:
    """Return the direction "best from low to high"; None if that is no range."""
    return Within(within=(low, high)) if low < high else None


def fraction_meant(target: float | None, values: np.ndarray) -> float | None:
    """Return the share that was probably meant where a target in per cent was typed as a fraction; else None.

    Examples
    --------
    >>> fraction_meant(0.0025, np.array([0.2, 0.3]))
    0.25
    >>> fraction_meant(0.25, np.array([0.2, 0.3])) is None
    True
    """
    typical = float(np.median(values)) if len(values) else 0.0
    return round(target * 100, 9) if target is not None and 0 < target <= 0.01 and typical > 10 * target else None
