"""What may be written next in a formula: whatever is offered leads to a text that can be read or be finished."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formula.completion import OPERATORS, complete_formula, labels_for_names, names_for_labels
from workbench.formula.formula import FormulaError, parse_formula

NAMES = ("won", "won value", "closed", "calls made")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("", {"won": "won", "won value": "`won value`", "closed": "closed", "calls made": "`calls made`"}),
        ("won / cl", {"closed": "won / closed"}),
        ("`calls m", {"calls made": "`calls made`"}),
        ("closed", {"+": "closed + ", "-": "closed - ", "*": "closed * ", "/": "closed / "}),
        ("zzz", {}),
        ("CLO", {"closed": "closed"}),  # capitals do not matter
        ("2 * VAL", {"won value": "2 * `won value`"}),  # the middle of a name finds it too
        ("(won) ", {"+": "(won) + ", "-": "(won) - ", "*": "(won) * ", "/": "(won) / "}),
        ("`won value`", {"+": "`won value` + ", "-": "`won value` - ", "*": "`won value` * ", "/": "`won value` / "}),
        ("closed / won v", {"won value": "closed / `won value`"}),  # a name of two words
        ("1.5", {"+": "1.5 + ", "-": "1.5 - ", "*": "1.5 * ", "/": "1.5 / "}),
    ],
)
def test_what_is_offered(text, offered):
    assert complete_formula(text, NAMES) == offered


def test_a_name_that_begins_another_can_go_on_or_be_used():
    assert set(complete_formula("won", NAMES)) == {"+", "-", "*", "/", "won value"}


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_clicking_what_is_offered_always_gives_a_formula_after_a_name(picks):
    text, wants_name = "", True
    for pick in picks:
        offered = complete_formula(text, NAMES)
        options = list(NAMES) if wants_name else [operator.strip() for operator in OPERATORS]
        text = offered[options[pick % len(options)]]
        wants_name = not wants_name
    if wants_name:
        with pytest.raises(FormulaError, match="ends_early"):
            parse_formula(text, NAMES)
    else:
        assert set(parse_formula(text, NAMES).names) <= set(NAMES)


LABELS = {"Won close value": "won_close_value", "Won": "won", "Closed (finance)": "closed 2", "dials": "dials"}


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("won_close_value / won", "Won close value / Won"),
        ("dials + `closed 2`", "dials + Closed (finance)"),
        ("if(won > 0, won_close_value / won, 0)", "if(Won > 0, Won close value / Won, 0)"),
        ("", ""),
        ("won +", "Won +"),
    ],
)
def test_a_formula_is_shown_in_plain_names_and_read_back(kept, shown):
    assert labels_for_names(kept, LABELS) == shown
    assert names_for_labels(shown, LABELS) == kept


def test_a_label_in_backticks_is_a_label_too():
    assert names_for_labels("`Won close value` / dials", LABELS) == "won_close_value / dials"


def test_a_label_that_is_the_name_of_another_measure_is_not_shown():
    """It would be read back as the other measure."""
    swapped = {"calls": "dials", "Calls made": "calls"}
    assert labels_for_names("dials / calls", swapped) == "dials / calls"
