"""What is wrong with the form of a data set file or a design file, field by field."""

from __future__ import annotations

from collections.abc import Callable

from workbench.words.issue_parts import Sentence

FieldSentence = Callable[[str, str], Sentence]  # the value given, and the limit or the choices that it had to keep to


def bad_value(problem: str, given: str, limit: str, said: str) -> Sentence:
    """A value that its field does not take; what is not in the table is told as the checker ``said`` it."""
    known = PROBLEMS.get(problem)
    return known(given, limit) if known else (f"{said}.".replace("..", "."), "Correct this value.")


PROBLEMS: dict[str, FieldSentence] = {
    "direction": lambda given, limit: (
        'A direction is "higher", "lower" or {"within": [low, high]}.', "Write one of these three."
    ),
    "target": lambda given, limit: (
        'A target is a number, a formula in quotes, or steps [{"from": "2024-01", "value": 20}].',
        "Write one of these three.",
    ),
    "not_a_date": lambda given, limit: (f"“{given}” is no date.", "Write 2024, 2024-01 or 2024-01-31."),
    "string_pattern_mismatch": lambda given, limit: (
        f"“{given}” is not written as this field needs it.", "Write a date such as 2024, 2024-01 or 2024-01-31."
    ),
    "not_a_day": lambda given, limit: (f"“{given}” is no date.", "Write YYYY-MM-DD."),
    "range_order": lambda given, limit: ("A range needs two numbers, the lower first.", "Put the lower number first."),
    "formula_and_parts": lambda given, limit: (
        "A KPI has either a formula or KPIs of its own, not both.", "Remove one of the two."
    ),
    "floor_and_cap": lambda given, limit: ("The floor must be below the cap.", "Lower the floor, or raise the cap."),
    "literal_error": lambda given, limit: (f"“{given}” is none of the choices here.", f"Write {limit}."),
    "finite_number": lambda given, limit: ("This must be a finite number.", "Write a number."),
    "float_type": lambda given, limit: (f"“{given}” is not a number.", "Write a number."),
    "float_parsing": lambda given, limit: (f"“{given}” is not a number.", "Write a number."),
    "string_type": lambda given, limit: ("This must be text.", "Write text in quotes."),
    "bool_type": lambda given, limit: (f"“{given}” is neither true nor false.", "Write true or false."),
    "bool_parsing": lambda given, limit: (f"“{given}” is neither true nor false.", "Write true or false."),
    "string_too_short": lambda given, limit: ("This field is empty.", "Fill this field in."),
    "too_short": lambda given, limit: ("This list is too short.", f"Add entries until there are at least {limit}."),
    "greater_than_equal": lambda given, limit: (f"{given} is below {limit}.", f"Write a number from {limit} up."),
    "greater_than": lambda given, limit: (f"{given} is not above {limit}.", f"Write a number above {limit}."),
    "less_than_equal": lambda given, limit: (f"{given} is above {limit}.", f"Write a number up to {limit}."),
    "tuple_type": lambda given, limit: ("This must be a list.", "Write a list in [ ]."),
    "dict_type": lambda given, limit: ("This must be an object.", "Write fields in { }."),
    "model_type": lambda given, limit: ("This must be an object.", "Write fields in { }."),
}  # fmt: skip
SENTENCES: dict[str, Callable[..., Sentence]] = {
    "bad_value": bad_value,
    "missing_field": lambda name: (f"The field “{name}” is required.", "Add this field."),
    "unknown_field": lambda name: (f"There is no field called “{name}” here.", "Remove it, or correct its spelling."),
}
