"""Sentences on what an hour of a KPI, or one more, is linked with in the goal's own unit."""

from __future__ import annotations

import math

from workbench.evidence.returns import Returns
from workbench.evidence.slopes import Slopes
from workbench.words.evidence_about import About
from workbench.words.evidence_parts import same_period_words
from workbench.words.evidence_reasons import OPPOSITE
from workbench.words.numbers import p_value, pluralize, with_unit


def returns_answer(found: Returns | None, about: About, unit: str | None) -> str:
    """What an hour is linked with, and hours without a return; ``returns_figures`` has the likely range."""
    if found is None:
        return ""
    hour = found.per_hour
    said = f"An extra hour is linked with {_more_goal(hour.value, about, unit)}"
    if not math.isfinite(hour.low):
        return f"{said} (no likely range: {hour.reason})."
    said += "."
    hours = f"{found.hours_per_period:,.0f} hours a {about.grain}"
    if found.for_nothing:
        return f"{said} The likely range includes zero: no return shows for the team's {hours}."
    if hour.high < 0:
        return f"{said} The team's {hours} show the opposite of a return."
    return f"{said} The team spends {hours} on this KPI."


def returns_figures(found: Returns | None, unit: str | None) -> str:
    """The likely range of what an hour is linked with, and its n."""
    if found is None or not math.isfinite(found.per_hour.low):
        return ""
    low, high = goal_amount(found.per_hour.low, unit), goal_amount(found.per_hour.high, unit)
    return f"likely range {low} to {high}, {pluralize(found.per_hour.n_reps, 'rep')}"


def slopes_sentence(found: Slopes, about: About, unit: str | None) -> str:
    """What a KPI better by 1 is linked with, more or less of it, and how much that differs between reps."""
    return (
        f"Better by 1 is linked with {_more_goal(found.slope, about, unit)} {same_period_words(about.grain)}. Between "
        f"reps this varies by ± {goal_amount(found.slope_sd, unit)} (standard deviation, p {p_value(found.p_differ)})."
    )


def _more_goal(value: float, about: About, unit: str | None) -> str:
    """``$500 more Sales``; ``5 less Churn`` for what is better of a goal that is better low."""
    return f"{goal_amount(abs(value), unit)} {about.more if value >= 0 else OPPOSITE[about.more]} {about.goal}"


def goal_amount(value: float, unit: str | None) -> str:
    """With its unit, unless that is a rate such as ``per week``."""
    return with_unit(value, None if unit and unit.startswith("per ") else unit)
