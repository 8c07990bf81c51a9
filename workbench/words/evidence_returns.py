"""Sentences on what an hour of a KPI, or one more of it, is linked with in the goal's own unit."""

from __future__ import annotations

import math

from workbench.evidence.returns import Returns
from workbench.evidence.slopes import Slopes
from workbench.words.evidence import About
from workbench.words.evidence_parts import p_value, same_period_words
from workbench.words.numbers import pluralize, short_number, with_unit


def returns_answer(found: Returns | None, about: About, unit: str | None) -> str:
    """What goes with an hour, and hours for nothing."""
    if found is None:
        return ""
    hour = found.per_hour
    said = f"An hour of it goes with {goal_amount(hour.value, unit)} of {about.goal}"
    if not math.isfinite(hour.low):
        return f"{said} (no interval: {hour.reason})."
    said += (
        f" ({short_number(hour.low)} to {short_number(hour.high)}, {pluralize(hour.n_reps, 'rep')}), an association."
    )
    hours = f"{found.hours_per_period:,.0f} hours a {about.grain}"
    if found.for_nothing:
        return f"{said} The interval covers zero: nothing shows for the team's {hours}."
    if hour.high < 0:
        return f"{said} Nothing shows for the team's {hours}, rather the opposite."
    return f"{said} The team spends {hours} on it."


def slopes_sentence(found: Slopes, about: About, unit: str | None) -> str:
    """What goes with one more of the KPI, and how much that differs between reps."""
    typical, spread = (goal_amount(value, unit) for value in (found.slope, found.slope_sd))
    return (
        f"One more of it goes with {typical} of {about.goal} {same_period_words(about.grain)}; between reps this "
        "differs by "
        f"± {spread} (standard deviation, p {p_value(found.p_differ)})."
    )


def goal_amount(value: float, unit: str | None) -> str:
    """With its unit, unless that is a rate such as ``per week``."""
    return with_unit(value, None if unit and unit.startswith("per ") else unit)
