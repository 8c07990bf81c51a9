"""A choice of values is written as people would write the condition, and read from whatever means the same."""

import pytest

from workbench.formula.value_choice import Choice, parse_choice


@pytest.mark.parametrize(
    ("column", "values", "written"),
    [
        ("stage", ("Won",), "stage == 'Won'"),
        ("stage", ("Won", "Lost"), "stage in ('Won', 'Lost')"),
        ("deal stage", ("It's won",), "`deal stage` == 'It''s won'"),
    ],
)
def test_a_choice_is_a_comparison_of_one_value_or_a_list_of_several(column, values, written):
    assert Choice(column, values).formula() == written
    assert parse_choice(written) == Choice(column, values)


@pytest.mark.parametrize("condition", ["'Won' == stage", '(stage == "Won")', "stage in ('Won')"])
def test_other_ways_of_writing_the_same_choice_are_read(condition):
    assert parse_choice(condition) == Choice("stage", ("Won",))


@pytest.mark.parametrize(
    "condition",
    ["stage != 'Won'", "stage not in ('Won', 'Lost')", "stage in ('1', 2)", "value == 1", "value in (1, 2)",
     "stage == other", "stage == 'Won' and value > 1", "stage ==", ""],
)  # fmt: skip
def test_anything_else_is_no_choice(condition):
    assert parse_choice(condition) is None
