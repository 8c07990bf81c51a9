"""Conditions picked one by one are written as people would write them, and read from whatever means the same."""

import pytest

from workbench.formula.row_conditions import Condition, Conditions, parse_conditions
from workbench.words.mapping import condition_words

WON = Condition("Status", "is", ("Closed Won",))
NEW = Condition("Type", "is not", ("Renewal",))
OTHERS = Condition("Type", "is not", ("Renewal", "It's old"))
LARGE = Condition("Won value", "at least", ("500",))
EARLY = Condition("closed", "at most", ("2025-01-31",))


@pytest.mark.parametrize(
    ("conditions", "written", "said"),
    [
        (Conditions((WON,)), "Status == 'Closed Won'", "Status is Closed Won"),
        (Conditions((WON, NEW)), "Status == 'Closed Won' and Type != 'Renewal'",
         "Status is Closed Won and Type is not Renewal"),
        (Conditions((OTHERS, LARGE), "or"), "Type not in ('Renewal', 'It''s old') or `Won value` >= 500",
         "Type is not Renewal or It's old or Won value is at least 500"),
        (Conditions((WON, LARGE, EARLY)),
         "Status == 'Closed Won' and `Won value` >= 500 and closed <= '2025-01-31'",
         "Status is Closed Won and Won value is at least 500 and closed is at most 2025-01-31"),
    ],
)  # fmt: skip
def test_conditions_are_written_and_read(conditions: Conditions, written: str, said: str) -> None:
    assert conditions.formula() == written
    assert parse_conditions(written) == conditions
    assert condition_words(written) == said


@pytest.mark.parametrize("written", ["1,234.5", "-1,234.5", " 1234.5 ", "-0.5", "1200000"])
def test_amounts_are_taken_as_people_write_them(written: str) -> None:
    value = float(written.replace(",", ""))
    back = parse_conditions(Condition("value", "at least", (written,)).formula())
    assert back is None or float(back.parts[0].values[0]) == value
    assert Condition("value", "at least", (written,)).is_complete


@pytest.mark.parametrize("written", ["", "much", "1,23", "31.01.2025", "2025-01-31'", "1 or 1"])
def test_what_is_no_amount_and_no_day_is_not_complete(written: str) -> None:
    assert not Condition("value", "at least", (written,)).is_complete


@pytest.mark.parametrize(
    "written",
    ["a == 'x' and b == 'y' or c == 'z'", "value > 5", "not a == 'x'", "a == b and c == 'x'", "a == 'x' and", "abs(v)"],
)
def test_anything_else_stays_written(written: str) -> None:
    assert parse_conditions(written) is None
    assert condition_words(written) == written
