"""Files, columns and measures in the words of the person who brings them."""

from __future__ import annotations

from workbench.data.mapping.count_conditions import RowsLeft
from workbench.data.model.dataset import Aggregate, Credit, Measure, Source
from workbench.formula.row_conditions import BLANK, Condition, is_unreal_date, parse_conditions
from workbench.words.numbers import percent, pluralize
from workbench.words.totals import total

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
BLANK_WORDS = "blank"
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
    """``deal_stage is Won or Lost and amount is at least 500`` where it is picked so; otherwise as it is written."""
    picked = parse_conditions(condition)
    if picked is None:
        return condition
    return f" {picked.joined} ".join(map(_picked_words, picked.parts))


def _picked_words(part: Condition) -> str:
    test = part.test if part.test in ("is", "is not") else f"is {part.test}"
    return f"{part.column} {test} {' or '.join(value if value != BLANK else BLANK_WORDS for value in part.values)}"


def bound_problem(written: str) -> str:
    """What is wrong with an amount or a day that was typed for *at least* or *at most*."""
    if is_unreal_date(written):
        return f"The calendar has no {written.strip()}. Correct the day or the month."
    return "Write an amount such as 500, or a day such as 2025-01-31."


def listed_value_words(value: str, n_rows: int | None) -> str:
    """``Won  (1,204 rows)``; without a number where it is not counted."""
    said = value if value != BLANK else BLANK_WORDS
    return said if n_rows is None else f"{said}  ({pluralize(n_rows, 'row')})"


def cut_list_words(n_listed: int, n_values: int) -> str:
    """That a list of values does not have all of them."""
    return f"The list has the {n_listed:,} most frequent of {n_values:,} values. Type any other."


def rows_left_words(left: RowsLeft, all_rows: RowsLeft, unit: str | None) -> str:
    """``1,204 of 8,800 rows, adding up to $2,913,000``."""
    said = f"{left.n_rows:,} of {pluralize(all_rows.n_rows, 'row')}"
    return said if left.total is None else f"{said}, adding up to {total(left.total, unit)}"


def owner_words(rep: str, file: str, ours: str, share: float) -> str:
    """``owner in contacts.csv, by contact_id: 98% of the rows match``."""
    return f"{rep} in {file}, by {ours}: {percent(share)} of the rows match"


def measure_name(measure: Measure) -> str:
    """What a measure is called on screen."""
    return measure.label or measure.name
