"""Other months for a story: everything it tells, and everything that happens in it, some months earlier or later."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from sample_data.dice import Dice, is_thrown

EARLIEST, LATEST = -9, 9
QUARTER = 3
BY_WEEK = ("the-conversation",)
NAMES = tuple(pd.date_range("2024-01-01", periods=12, freq="MS").month_name())
_NAME = "|".join(NAMES)
_TOLD = re.compile(rf"(?:(?:{_NAME})(?:, | and | to ))*(?:{_NAME}) \d{{4}}")
_DAY = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")


def months_on(story: str) -> int:
    """By how many months a story is moved by the throw; 0 for the samples. Told by weeks, it moves by quarters.

    A quarter of a year is 13 weeks, so that weeks stay weeks.
    """
    if not is_thrown():
        return 0
    step = QUARTER if story in BY_WEEK else 1
    options = [str(n) for n in range(EARLIEST, LATEST + 1, step) if n]
    return int(Dice(f"{story} months").pick(options, 1)[0])


def moved(story: str, day: str) -> str:
    """A day or month of the sample, as the throw moves the story."""
    return (move_weeks if story in BY_WEEK else move_day)(day, months_on(story))


def move_day(day: str, months: int) -> str:
    """``YYYY-MM-DD`` or ``YYYY-MM``, moved. The last of a month stays one, and workdays in a month stay workdays."""
    if not months:
        return day
    at = pd.Timestamp(day) + pd.DateOffset(months=months)
    if len(day) == len("2024-01"):
        return f"{at:%Y-%m}"
    if pd.Timestamp(day).is_month_end:
        return f"{at + pd.offsets.MonthEnd(0):%Y-%m-%d}"
    back = max(at.day_of_week - 4, 0)
    return f"{at - pd.Timedelta(days=back if at.day - back > 1 else 0):%Y-%m-%d}"


def move_weeks(day: str, months: int) -> str:
    """``YYYY-MM-DD`` moved by so many quarters of 13 weeks."""
    return f"{pd.Timestamp(day) + pd.Timedelta(weeks=13 * months // QUARTER):%Y-%m-%d}"


def move_words(text: str, months: int) -> str:
    """A text with every month that has a year (``October and November 2024``), and every date, moved."""
    if not months:
        return text
    return _DAY.sub(lambda found: move_day(found[0], months), _TOLD.sub(lambda found: _moved(found[0], months), text))


def move_papers(made: Mapping[str, bytes], months: int) -> dict[str, bytes]:
    """The files of a story with what is told and set in them moved; the data are made in their months."""
    return {name: move_words(content.decode(), months).encode() if name.endswith(".json") else content
            for name, content in made.items()}  # fmt: skip


def _moved(told: str, months: int) -> str:
    """Months of one year, which stands behind the last; each gets its own where they are of two years then."""
    year = told[-4:]
    moved = [pd.Timestamp(f"{name} 1, {year}") + pd.DateOffset(months=months) for name in re.findall(_NAME, told)]
    one_year = len({each.year for each in moved}) == 1
    said = iter(f"{each:%B}" if one_year and each is not moved[-1] else f"{each:%B %Y}" for each in moved)
    return re.sub(rf"(?:{_NAME})(?: \d{{4}})?", lambda _: next(said), told)
