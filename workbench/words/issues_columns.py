"""How a column was read: the order of its dates, its decimal sign, and values that could not be read."""

from __future__ import annotations

from collections.abc import Callable

from workbench.words.issue_parts import Sentence, one_or_many, quoted
from workbench.words.numbers import pluralize
from workbench.words.reading import pattern_words

ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
REASONS = {
    "closer_together": "since the dates are then far closer together",
    "firsts_of_a_month": "since all dates are then the first of a month",
    "in_order_of_time": "since the rows are then in order of time",
    "separator": "as is usual with this separator",
    "slashes": "as is usual with slashes",
}
SIGNS = {",": "comma", ".": "point"}


def date_order_unclear(n: int, order: str, reason: str, formats: tuple[str, ...]) -> Sentence:
    message = f"No date shows whether day, month or year comes first; read {ORDERS[order]}, {REASONS[reason]}."
    forms = " or ".join(map(pattern_words, formats))
    return message, f"If that is wrong, choose {forms} under “How the file is read”."


def mixed_date_order(n: int, order: str, other: str) -> Sentence:
    dates, them = pluralize(n, "date"), one_or_many(n, "this one counts", f"these {n:,} count")
    message = f"{dates} can only be read {ORDERS[other]}, the rest {ORDERS[order]}; {them} as missing."
    return message, "Write all dates in the same order."


def mixed_decimals(n: int, decimal: str) -> Sentence:
    sign, other = SIGNS[decimal], SIGNS["." if decimal == "," else ","]
    written = f"{pluralize(n, 'number')} {one_or_many(n, 'is', 'are')} written with a decimal {other}"
    message = f"{written}, the rest with a {sign}; all are read with a {sign}."
    return message, "Correct them in the file, or choose the decimal sign under “How the file is read”."


def missing_words(n: int, what: str, examples: tuple[str, ...]) -> Sentence:
    return f"{pluralize(n, 'value')} {one_or_many(n, 'stands', 'stand')} for a missing value ({quoted(examples)}).", ""


def spreadsheet_errors(n: int, what: str, examples: tuple[str, ...]) -> Sentence:
    found = one_or_many(n, "is a spreadsheet error and counts", "are spreadsheet errors and count")
    return f"{pluralize(n, 'value')} {found} as missing ({quoted(examples)}).", "Repair the formulas."


def offsets(n: int, timezone: str | None) -> Sentence:
    if timezone:
        return f"Times carry an offset or zone; they are moved to {timezone}.", ""
    message = "Times carry an offset or zone; the clock time as written counts."
    return message, "To move them to one zone, choose it under “Times are read in”."


def unknown_zone(name: str, near: str | None) -> Sentence:
    hint = f" Did you mean “{near}”?" if near else ""
    return f"There is no time zone called “{name}”.{hint}", "Use a name like Europe/Berlin."


SENTENCES: dict[str, Callable[..., Sentence]] = {
    "date_order": lambda n, order: (f"Dates are read {ORDERS[order]}; {n:,} of them can only be read so.", ""),
    "date_order_unclear": date_order_unclear,
    "day_numbers": lambda n: ("Read as a spreadsheet's day numbers: 45292 is 1 January 2024.", ""),
    "decimal_comma": lambda n: (
        f"Read with a decimal comma, which {pluralize(n, 'number')} can only be read with.",
        "",
    ),
    "decimal_unclear": lambda n, meaning: (
        f"No number shows whether its separator marks thousands or decimals; taken for {meaning}.",
        "If that is wrong, choose the decimal sign under “How the file is read”.",
    ),
    "missing_words": missing_words,
    "mixed_date_order": mixed_date_order,
    "mixed_decimals": mixed_decimals,
    "offsets": offsets,
    "percent": lambda n: ("Percentages are read as shares: 12% is 0.12.", ""),
    "spreadsheet_errors": spreadsheet_errors,
    "timezone": unknown_zone,
}
