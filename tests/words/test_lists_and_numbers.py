"""Lists of names and numbers with their units, as they are read aloud."""

from __future__ import annotations

import math

import pytest

from workbench.words.lists import list_names
from workbench.words.numbers import with_unit


@pytest.mark.parametrize(
    ("names", "most", "said"),
    [
        ([], None, ""),
        (["Ana"], None, "Ana"),
        (["Ana", "Ben", "Cleo"], None, "Ana, Ben and Cleo"),
        (["Ana", "Ben", "Cleo", "Dan"], 2, "Ana, Ben and 2 more"),
        (["Ana", "Ben", "Bo and Co"], 2, "Ana, Ben and 1 more"),
        (["Smith, Ana", "Bo and Co"], None, "Smith, Ana; Bo and Co"),
        (["Smith, Ana", "Ben", "Cleo"], 2, "Smith, Ana; Ben; 1 more"),
        (["1,204 calls", "12 quotes"], None, "1,204 calls and 12 quotes"),
        (["Brandon", "Sandra"], None, "Brandon and Sandra"),
    ],
)
def test_names_are_listed_so_that_each_can_be_told_from_the_next(names: list[str], most: int | None, said: str) -> None:
    assert list_names(names, most) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1.0, "meetings", "1 meeting"),
        (-1.0, "Meetings", "−1 Meeting"),
        (0.9999, "calls per workday", "1 call per workday"),
        (1.0, "activities per day", "1 activity per day"),
        (1.0, "activities", "1 activity"),
        (1.0, "opportunities", "1 opportunity"),
        (2.0, "meetings", "2 meetings"),
        (0.0, "meetings", "0 meetings"),
        (1.25, "meetings", "1.25 meetings"),
        (1.0, "Besuche", "1 Besuche"),
        (1.0, "pts", "1 pts"),
        (1.0, "per day", "1 per day"),
        (5.0, "%", "5%"),
        (5.0, "% of dials", "5% of dials"),
        (0.3, "of dials", "30% of dials"),
        (1.0, "USD", "$1"),
        (math.nan, "meetings", "–"),
    ],
)
def test_a_number_and_its_unit_are_said_as_people_say_them(value: float, unit: str, said: str) -> None:
    assert with_unit(value, unit) == said
