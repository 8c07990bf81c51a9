"""Sizes of effects as people say them: money or numbers per rep and month, percentage points for shares."""

from __future__ import annotations

import math

from workbench.trials.trial_finding import TrialFinding
from workbench.words.numbers import CURRENCIES, MINUS, NONE, pluralize, short_number, with_unit

PER_REP = "per rep and month"


def moves_by_points(found: TrialFinding) -> bool:
    """Whether the measure is a share of something, so that it changes by percentage points."""
    return said_in_percent(found.unit_of_measure, found.ratio, found.level_before)


def said_in_percent(unit: str | None, ratio: bool, level_before: float) -> bool:
    """Whether a measure is said in percent: a ratio without a unit of its own, and no larger than one."""
    return unit is None and ratio and math.isfinite(level_before) and abs(level_before) <= 1


def amount(found: TrialFinding, value: float) -> str:
    """``$3,100``, ``4.2 points``, ``0.8``; the sign as a minus, two figures, a dash when missing."""
    if not math.isfinite(value):
        return NONE
    if moves_by_points(found):
        return f"{short_number(two_figures(100 * value), 2)} points"
    return with_unit_of(two_figures(value), _counted_in(found))


def level(found: TrialFinding, value: float) -> str:
    """A value of the measure itself: ``$21.4k``, ``34%``."""
    if moves_by_points(found):
        return f"{short_number(100 * value)}%" if math.isfinite(value) else NONE
    return with_unit(value, _counted_in(found))


def _counted_in(found: TrialFinding) -> str | None:
    """The unit without the time it is counted by, which ``per_what`` says."""
    unit = found.unit_of_measure
    return None if unit is None or unit.startswith("per ") else unit


def unit_says_what(found: TrialFinding) -> bool:
    """Whether an amount with its unit needs no name of the measure: ``$3,100``, ``4 hours``; not ``0.8``."""
    return not moves_by_points(found) and _counted_in(found) is not None


def with_unit_of(value: float, unit: str | None) -> str:
    """``with_unit`` in two figures."""
    return with_unit(value, unit).replace(short_number(abs(value)), short_number(abs(value), 2), 1)


def two_figures(value: float) -> float:
    """``3,123`` as ``3,100``; zero and missing stay."""
    if not math.isfinite(value) or value == 0:
        return value
    return round(value, 1 - math.floor(math.log10(abs(value))))


def more_or_less(found: TrialFinding, value: float) -> str:
    """``$3,100 more``, ``4 points less``, ``no difference``."""
    if not math.isfinite(value):
        return NONE
    if two_figures(value) == 0:
        return "no difference"
    return f"{amount(found, abs(value))} {'more' if value > 0 else 'less'}"


def signed_amount(found: TrialFinding, value: float) -> str:
    """``+$3,100``, ``−0.8``."""
    if not math.isfinite(value):
        return NONE
    return f"{'+' if value > 0 else MINUS if value < 0 else ''}{amount(found, abs(value))}"


def per_what(found: TrialFinding) -> str:
    """``per rep and month``; of a ratio its own unit, such as ``per workday``, or nothing."""
    if not found.ratio:
        return PER_REP
    unit = found.unit_of_measure or ""
    return unit if unit.startswith("per ") and not moves_by_points(found) else ""


def measured_title(found: TrialFinding) -> str:
    """The title of an axis: ``Sales, $ per rep and month``, ``Close rate``."""
    unit = "" if found.ratio else _counted_in(found) or ""
    money, _, of = unit.partition(" ")
    unit = f"{CURRENCIES[money]} {of}".strip() if money in CURRENCIES else unit
    rest = f"{unit} {per_what(found)}".strip()
    return f"{found.label}, {rest}" if rest else found.label


def range_words(found: TrialFinding, low: float, high: float) -> str:
    """``between $400 and $5,900``, ``between $900 less and $5,000 more``; empty where a bound is missing."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    if low * high >= 0:
        less, more = sorted((abs(low), abs(high)))
        unit = " points" if moves_by_points(found) else ""
        return f"between {amount(found, less).removesuffix(unit)} and {amount(found, more)}"
    return f"between {amount(found, -low)} less and {amount(found, high)} more"


def units_words(found: TrialFinding, n: int) -> str:
    """``8 reps``, ``2 groups``: what was assigned."""
    return pluralize(n, "rep" if found.unit == "rep" else "group")


def sides_words(found: TrialFinding) -> str:
    """``8 against 8 reps``; groups where whole groups were assigned; ``20 reps in 4 waves``; who changed alone."""
    if found.kind == "staggered":
        waves = f"{units_words(found, found.n_treated)} in {pluralize(len(set(found.file.starts.values())), 'wave')}"
        return f"{waves} against {found.n_comparison}" if found.n_comparison else waves
    if found.kind == "no_comparison" or not found.n_comparison:
        return f"{pluralize(found.n_treated_reps, 'rep')}, nobody to compare"
    return f"{found.n_treated} against {units_words(found, found.n_comparison)}"


def periods_words(found: TrialFinding, n: int) -> str:
    """``6 months`` in the grain at which the trial is judged."""
    return pluralize(n, found.grain)
