"""Detect date formats from the shapes of a column's values, and the text replacements needed before parsing.

A shape is a value in lower case with every digit as 9: "2 Jan 2024 14:05" has the shape "9 jan 9999 99:99".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from workbench.data.values.numbers import SPACES

Order = Literal["dmy", "mdy", "ymd"]
MONTHS = {
    "jan": "jan jän ene gen янв", "feb": "feb fév fev фев", "mar": "mar mär mrz maa мар", "apr": "apr avr abr апр",
    "may": "may mai mei mag мая май", "jun": "jun juin giu июн", "jul": "jul juil lug июл",
    "aug": "aug aoû aou ago авг", "sep": "sep set сен", "oct": "oct okt out ott окт",
    "nov": "nov ноя", "dec": "dec dez déc dic дек",
}  # fmt: skip
_WEEKDAYS = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|mo|di|mi|do|fr|sa|so"
_ZONE = r"(:\d\d(?:\.\d+)?(?: [ap]m)?) ?(?:z|[a-z]{3,5}|(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?)$"
_MMM = "(" + "|".join(MONTHS) + ")"
Replacement = tuple[str, str]
TIDY: tuple[Replacement, ...] = (
    (rf"[\s{SPACES}]+", " "),
    (rf"^(?:{_WEEKDAYS})[.,]? +", ""),
    (r"(\d)(?:st|nd|rd|th)\b|º", r"\1"),
    (r"(\d)t(\d)", r"\1 \2"),
    (r"(:\d\d) ?([ap])\.? ?m\.?( |$)", r"\1 \2m\3"),
    (r"(:\d\d)[.,](\d{1,6})\d*", r"\1.\2"),
    (_ZONE, r"\1"),
    (r",? +|,", " "),
)
SPELLED: tuple[Replacement, ...] = (
    (rf"(\d)[-/. ']*{_MMM}", r"\1 \2"),
    (rf"{_MMM}[-/. ']*(\d)", r"\1 \2"),
)
_TIMES = (
    (r"\d\d?:\d\d", "%H:%M"),
    (r"\d\d?:\d\d:\d\d", "%H:%M:%S"),
    (r"\d\d?:\d\d:\d\d\.\d+", "%H:%M:%S.%f"),
    (r"\d\d?:\d\d [ap]m", "%I:%M %p"),
    (r"\d\d?:\d\d:\d\d [ap]m", "%I:%M:%S %p"),
)
YEAR_MONTH = "%Y%m"
SIX_DIGITS: dict[Order, str] = {"ymd": "%y%m%d", "dmy": "%d%m%y", "mdy": "%m%d%y"}
"""What six digits can be besides a year and a month."""
DAY_NUMBER = "day number"
"""The format of days as spreadsheets count them: 45292 is 2024-01-01."""
_DATES: tuple[tuple[str, dict[str, str]], ...] = (
    (r"\d{4}([-/. ])\d\d?\1\d\d?", {"": "%Y{s}%m{s}%d"}),
    (r"\d\d?([-/. ])\d\d?\1\d{4}", {"dmy": "%d{s}%m{s}%Y", "mdy": "%m{s}%d{s}%Y"}),
    (r"\d\d?([-/. ])\d\d?\1\d\d", {"dmy": "%d{s}%m{s}%y", "mdy": "%m{s}%d{s}%y", "ymd": "%y{s}%m{s}%d"}),
    (r"\d{8}", {"ymd": "%Y%m%d", "dmy": "%d%m%Y", "mdy": "%m%d%Y"}),
    (r"\d{4}([-/])\d\d", {"": "%Y{s}%m"}),
    (r"\d\d?([-/])\d{4}", {"": "%m{s}%Y"}),
    (r"\d{6}", {"": YEAR_MONTH}),
    (r"\d\d? mmm \d{4}", {"": "%d %b %Y"}),
    (r"\d\d? mmm \d\d", {"": "%d %b %y"}),
    (r"mmm \d\d? \d{4}", {"": "%b %d %Y"}),
    (r"mmm \d{4}", {"": "%b %Y"}),
    (r"mmm \d\d", {"": "%b %y"}),
    (r"\d{4} mmm", {"": "%Y %b"}),
    (r"\d{4} mmm \d\d?", {"": "%Y %b %d"}),
)


@dataclass(frozen=True)
class DatePlan:
    """How to read a column of dates.

    Attributes
    ----------
    steps : replacements that bring the lower-case text into one of the formats.
    certain : formats of unambiguous shapes.
    unclear : by order of day, month and year, the formats of ambiguous shapes.
    n_offset : rows with an offset or zone name after the time.
    n_day_number : rows that look like a spreadsheet's day number, as 45292 for 2024-01-01.
    n_readable, n_all : rows whose shape fits some format; rows that are not blank.
    """

    steps: tuple[Replacement, ...]
    certain: tuple[str, ...]
    unclear: Mapping[str, tuple[str, ...]]
    n_offset: int
    n_day_number: int
    n_readable: int
    n_all: int


def plan_dates(shapes: Mapping[str, int]) -> DatePlan:
    """Choose replacements and formats for a column from its shapes and their row counts."""
    steps = _needed((*TIDY[:2], *_month_steps(shapes), *TIDY[2:], *SPELLED), shapes)
    certain: dict[str, None] = {}
    unclear: dict[str, dict[str, None]] = {}
    readable = 0
    for shape, n in shapes.items():
        formats = candidate_formats(normalise_date_text(shape, steps))
        readable += n if formats else 0
        certain |= {formats[""]: None} if "" in formats else {}
        for order in formats.keys() - {""}:
            unclear.setdefault(order, {})[formats[order]] = None
    return DatePlan(
        steps,
        short_years_first(certain),
        {order: short_years_first(formats) for order, formats in sorted(unclear.items())},
        sum(n for shape, n in shapes.items() if re.search(_ZONE, normalise_date_text(shape, TIDY[:6]))),
        sum(n for shape, n in shapes.items() if re.fullmatch(r"\d{5}(?:\.\d+)?", shape)),
        readable,
        sum(shapes.values()),
    )


def formats_by_hand(form: str) -> tuple[str, ...]:
    """Return a format that somebody chose, alone and with each usual time of day after it."""
    if re.search("%[HIMS]", form):
        return (form,)
    return (form, *(f"{form} {clock}" for _, clock in _TIMES))


def candidate_formats(tidy: str) -> dict[str, str]:
    """Return the strptime formats of a tidied shape, by order of day, month and year ("" for an unambiguous shape)."""
    tidy = re.sub(_MMM, "mmm", tidy)
    day, _, clock = tidy.partition(" ") if re.match(r"[\d\-/.]+ \d+:", tidy) else _split_time(tidy)
    hours = next((form for shape, form in _TIMES if re.fullmatch(shape, clock)), None)
    if clock and not hours:
        return {}
    for shape, formats in _DATES:
        if found := re.fullmatch(shape, day):
            sign = found.group(1) if found.groups() else ""
            return {k: form.format(s=sign) + (f" {hours}" if hours else "") for k, form in formats.items()}
    return {}


def _split_time(tidy: str) -> tuple[str, str, str]:
    """Split into date and time of day, where the date itself may contain spaces."""
    found = re.fullmatch(r"(.*?)(?: (\d\d?:.*))?", tidy)
    return (found.group(1), " ", found.group(2) or "") if found else (tidy, "", "")


def normalise_date_text(value: str, steps: tuple[Replacement, ...]) -> str:
    """Apply the replacements to a lower-case value, as the engine does."""
    for pattern, replacement in steps:
        value = re.sub(pattern, replacement, value)
    return value.strip()


def _month_steps(shapes: Mapping[str, int]) -> tuple[Replacement, ...]:
    """Return one replacement for each month name in the shapes that is not the English abbreviation."""
    words = {word for shape in shapes for word in re.findall(r"[^\W\d_]{3,}\.?", shape)}
    english = {start: name for name, starts in MONTHS.items() for start in starts.split()}
    names = {w: english.get(w[:4]) or english.get(w[:3]) for w in sorted(words, key=len, reverse=True)}
    return tuple((re.escape(w), name) for w, name in names.items() if name and w != name)


def _needed(steps: tuple[Replacement, ...], shapes: Mapping[str, int]) -> tuple[Replacement, ...]:
    """Keep only the replacements that change some shape, to spare the engine the others."""
    needed, values = [], set(shapes)
    for step in steps:
        changed = {normalise_date_text(value, (step,)) for value in values}
        if changed != values:
            needed.append(step)
            values = changed
    return tuple(needed)


def short_years_first(formats: Iterable[str]) -> tuple[str, ...]:
    """Sort %y before %Y, since %Y would also accept a year of two digits."""
    return tuple(sorted(formats, key=lambda form: "%Y" in form))
