"""Conditions picked one by one are written as people would write them, and read from whatever means the same."""

import pandas as pd
import pytest

from workbench.formula.formula import evaluate, parse_formula
from workbench.formula.row_conditions import BLANK, Condition, Conditions, Test, is_unreal_date, parse_conditions
from workbench.words.mapping import bound_problem, condition_words

WON = Condition("Status", "is", ("Closed Won",))
NEW = Condition("Type", "is not", ("Renewal",))
OTHERS = Condition("Type", "is not", ("Renewal", "It's old"))
LARGE = Condition("Won value", "at least", ("500",))
EARLY = Condition("closed", "at most", ("2025-01-31",))


@pytest.mark.parametrize(
    ("conditions", "written", "said"),
    [
        (Conditions((WON,)), "Status == 'Closed Won'", "Status is Closed Won"),
        (Conditions((WON, NEW)), "Status == 'Closed Won' and coalesce(Type, '') != 'Renewal'",
         "Status is Closed Won and Type is not Renewal"),
        (Conditions((OTHERS, LARGE), "or"), "coalesce(Type, '') not in ('Renewal', 'It''s old') or `Won value` >= 500",
         "Type is not Renewal or It's old or Won value is at least 500"),
        (Conditions((WON, LARGE, EARLY)),
         "Status == 'Closed Won' and `Won value` >= 500 and closed <= '2025-01-31'",
         "Status is Closed Won and Won value is at least 500 and closed is at most 2025-01-31"),
        (Conditions((Condition("Type", "is not", ("Renewal", BLANK)),)), "Type != 'Renewal'",
         "Type is not Renewal or blank"),
        (Conditions((Condition("Type", "is not", ("Renewal", "Old", BLANK)),)), "Type not in ('Renewal', 'Old')",
         "Type is not Renewal or Old or blank"),
        (Conditions((Condition("Type", "is not", (BLANK,)),)), "Type != ''", "Type is not blank"),
        (Conditions((Condition("Type", "is", (BLANK,)),)), "coalesce(Type, '') == ''", "Type is blank"),
        (Conditions((Condition("My type", "is", ("Old", BLANK)),)), "coalesce(`My type`, '') in ('Old', '')",
         "My type is Old or blank"),
        (Conditions((Condition("value", "at least", ("-5",)),)), "value >= -5", "value is at least -5"),
    ],
)  # fmt: skip
def test_conditions_are_written_and_read(conditions: Conditions, written: str, said: str) -> None:
    assert conditions.formula() == written
    assert parse_conditions(written) == conditions
    assert condition_words(written) == said


@pytest.mark.parametrize("written", ["1,234.5", "-1,234.5", " 1234.5 ", "-0.5", "1200000", "0.00001", "-0.00001"])
def test_amounts_are_taken_as_people_write_them(written: str) -> None:
    value = float(written.replace(",", ""))
    back = parse_conditions(Condition("value", "at least", (written,)).formula())
    assert [float(part.values[0]) for part in (back.parts if back else ())] == [value]
    assert Condition("value", "at least", (written,)).is_complete


@pytest.mark.parametrize(
    "written", ["", "much", "1,23", "31.01.2025", "2025-01-31'", "1 or 1", "2025-02-29", "2024-99"]
)
def test_what_is_no_amount_and_no_day_is_not_complete(written: str) -> None:
    assert not Condition("value", "at least", (written,)).is_complete


@pytest.mark.parametrize(
    ("test", "month", "written", "back"),
    [("at most", "2024-02", "closed <= '2024-02-29'", "2024-02-29"),
     ("at most", "2025-12", "closed <= '2025-12-31'", "2025-12-31"),
     ("at least", "2024-02", "closed >= '2024-02-01'", "2024-02-01")],
)  # fmt: skip
def test_a_month_that_is_picked_is_taken_whole(test: Test, month: str, written: str, back: str) -> None:
    assert Condition("closed", test, (month,)).formula() == written
    assert parse_conditions(written) == Conditions((Condition("closed", test, (back,)),))


@pytest.mark.parametrize(("sign", "test", "day"), [("<=", "at most", "2024-01-31"), (">=", "at least", "2024-02-01")])
def test_a_month_that_is_written_keeps_its_meaning(sign: str, test: Test, day: str) -> None:
    written = f"closed {sign} '2024-02'"
    assert parse_conditions(written) == Conditions((Condition("closed", test, (day,)),))
    days = pd.DataFrame({"closed": ["2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01"]})
    again = Condition("closed", test, (day,)).formula()
    assert evaluate(parse_formula(again), days).eq(evaluate(parse_formula(written), days)).all()


@pytest.mark.parametrize("values", [("Won",), ("Won", BLANK), (BLANK,), ("Won", "Lost"), ("Won", "Lost", BLANK)])
def test_is_and_is_not_part_the_rows_with_the_blank_ones(values: tuple[str, ...]) -> None:
    rows = pd.DataFrame({"stage": ["Won", "Lost", "Open", None]})
    picked = rows["stage"].fillna(BLANK).isin(values).astype(float)
    said, other = (evaluate(parse_formula(Condition("stage", test, values).formula()), rows).fillna(0)
                   for test in ("is", "is not"))  # fmt: skip
    assert said.tolist() == picked.tolist()
    assert other.tolist() == (1 - picked).tolist()


@pytest.mark.parametrize(
    ("written", "unreal"),
    [("2025-02-29", True), ("2024-99", True), ("0000-01", True), ("2024-02-29", False), ("2024-12", False),
     ("much", False), ("1,23", False)],
)  # fmt: skip
def test_a_day_that_no_calendar_has_is_named(written: str, unreal: bool) -> None:
    assert is_unreal_date(written) == unreal
    assert (written in bound_problem(written)) == unreal


@pytest.mark.parametrize(
    "written",
    ["stage == ''", "stage in ('Won', '')", "coalesce(stage, '') == 'Won'", "coalesce(stage, '') != ''",
     "coalesce(stage, '') in ('Won', 'Lost')", "coalesce(stage, 'x') != 'Won'",
     "coalesce(stage, '') not in ('Won', '')", "closed <= '0001-01'",
     "closed >= '2024-99'", "closed <= '2024-02-30'"],
)  # fmt: skip
def test_what_clicks_would_write_in_another_meaning_stays_written(written: str) -> None:
    assert parse_conditions(written) is None


@pytest.mark.parametrize(
    "written",
    ["a == 'x' and b == 'y' or c == 'z'", "value > 5", "not a == 'x'", "a == b and c == 'x'", "a == 'x' and", "abs(v)"],
)
def test_anything_else_stays_written(written: str) -> None:
    assert parse_conditions(written) is None
    assert condition_words(written) == written
