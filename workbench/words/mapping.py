"""Files, columns and measures in the words of the person who brings them."""

from __future__ import annotations

from workbench.data.model.dataset import Aggregate, Credit, Measure, Source
from workbench.formula.value_choice import parse_choice
from workbench.words.numbers import percent

ROLES: dict[str, str] = {
    "work": "Work and sales",
    "team": "The team list",
    "names": "Names to look up",
    "unused": "Not used",
}
AGGREGATES: dict[Aggregate, str] = {
    "count": "Number of rows",
    "sum": "Sum of a column",
    "mean": "Average of a column",
    "distinct": "Number of different values",
    "min": "Smallest value",
    "max": "Largest value",
}
_SAID: dict[Aggregate, str] = {
    "count": "number of rows",
    "sum": "sum of {column}",
    "mean": "average of {column}",
    "distinct": "different values of {column}",
    "min": "smallest {column}",
    "max": "largest {column}",
}
GRAINS = {"day": "Day", "week": "Week", "month": "Month", "quarter": "Quarter"}


def measure_words(measure: Measure, source: Source) -> str:
    """A measure as a phrase: ``sum of close_value where deal_stage is Won, dated by close_date, in USD``."""
    said = _SAID[measure.aggregate].format(column=measure.column or "?")
    if measure.where:
        said += f" where {condition_words(measure.where)}"
    if measure.date and measure.date != source.date:
        said += f", dated by {measure.date}"
    said += f", in {measure.unit}" if measure.unit else ""
    return said + (f", {credit_words(measure.credit)}" if measure.credit else "")


def credit_words(credit: Credit) -> str:
    """``credited to the last rep of the same case_id where activity is Offer created``."""
    step = f" where {condition_words(credit.where)}" if credit.where else ""
    whom = "all reps" if credit.to == "each" else f"the {credit.to} rep"
    return f"credited to {whom} of the same {credit.case}{step}"


def condition_words(condition: str) -> str:
    """``deal_stage is Won or Lost`` where the condition is such a choice; otherwise as it is written."""
    choice = parse_choice(condition)
    return f"{choice.column} is {' or '.join(choice.values)}" if choice else condition


def owner_words(rep: str, file: str, ours: str, share: float) -> str:
    """``owner in contacts.csv, by contact_id: 98% of the rows match``."""
    return f"{rep} in {file}, by {ours}: {percent(share)} of the rows match"


def measure_name(measure: Measure) -> str:
    """What a measure is called on screen."""
    return measure.label or measure.name
