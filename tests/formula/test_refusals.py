"""What a refused formula is told: where it goes wrong, in words that fit on a line, and what to write instead."""

import pytest

from workbench.errors import Where
from workbench.formula.formula import FormulaError, mark_positions, parse_formula
from workbench.formula.parser import MAX_LENGTH
from workbench.words.issues import describe_issue


def refused(text, names=None, **options):
    with pytest.raises(FormulaError) as caught:
        parse_formula(text, names, **options)
    return caught.value


def only(text, names=None, **options):
    (issue,) = refused(text, names, **options).issues
    return issue


def test_the_place_is_shown_with_forty_letters_on_either_side_in_one_line():
    before, after = "a" * 50 + " +\n", "b" * 50
    found = only(before + "?" + after)
    assert describe_issue(found).message == (
        f"“?” has no meaning in a formula (position 54: {'a' * 37} + ▸?{'b' * 39})"
    )


def test_without_a_place_of_its_own_an_issue_says_that_it_is_about_a_formula():
    assert only("won +").where == Where(area="formula")
    assert only("won", ["lost"]).where == Where(area="formula")


@pytest.mark.parametrize(
    ("name", "names", "fix"),
    [
        ("clsed", ["won", "closed"], "Did you mean closed?"),
        ("am", ["won", "Amount in euros"], "Did you mean `Amount in euros`?"),  # begun, but far from the whole name
        ("zzz", ["won", "won value"], "Use one of won, `won value`."),
        ("zzz", [f"m{i}" for i in range(12)], "Use one of m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11."),
        ("zzz", [f"m{i}" for i in range(13)], "Use one of m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11 …"),
        ("zzz", [], "Load data first: no names are known here."),
    ],
)
def test_an_unknown_name_gets_the_nearest_or_the_first_dozen_known(name, names, fix):
    found = only(f"1 + {name}", names)
    assert describe_issue(found).message.startswith(f"There is no “{name}” (position 5: 1 + ▸{name})")
    assert describe_issue(found).fix == fix


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("won closed", "Put an operator such as + - * / before it."),
        ("won 5", "Put an operator such as + - * / before it."),
        ("won 'x'", "Put an operator such as + - * / before it."),
        ("won )", "Remove it."),
        ("WON value", "Put a name with spaces in backticks: `won value`."),
    ],
)
def test_what_stands_beside_a_finished_value_needs_an_operator_or_backticks(text, fix):
    assert describe_issue(only(text, ["won", "closed", "won value"])).fix == fix


@pytest.mark.parametrize(
    ("text", "at", "message", "fix"),
    [
        ("min(won, closed", 15, "“)” is missing here", "Write min(a, b, …)."),
        ("stage in 'Won'", 9, "“(” is missing here", "Write the choices in brackets: in ('Won', 'Lost')."),
        ("stage in ('Won'", 15, "“)” is missing here", "Close the list of choices with a bracket."),
        ("abs(won, closed)", 0, "abs does not take 2 arguments", "Write abs(a)."),
        ("if(won, 1)", 0, "if does not take 2 arguments", "Write if(condition, a, b)."),
        ("log1p()", 0, "log1p does not take 0 arguments", "Write log1p(a)."),
        ("Coalesc(won, 1)", 0, "There is no function “Coalesc”", "Did you mean coalesce?"),
        ("total(won)", 0, "There is no function “total”", "Use one of min, max, abs, log1p, coalesce, if."),
        ("won not 5", 8, "“5” is not expected here", "Put an operator such as + - * / before it."),
        ("`won`(1)", 5, "“(” is not expected here", "Remove it."),
        ("if('a', 1, 2)", 3, "Text cannot be used as a number", "Compare it with == or in ( … )."),
        ("coalesce(won, 'a', 1)", 19, "A number and text cannot be compared or mixed", "Quote both, or neither."),
        ("1 == 2 == 3", 7, "Comparisons cannot be chained", "Write a < b and b < c."),
        ("1 in (won)", 6, "Only texts and numbers can be listed here", "Put texts in quotes: 'Won'."),
        ("won + ?", 6, "“?” has no meaning in a formula", "Remove it."),
        ('won == "a', 7, 'The quote " is not closed', 'Add " at the end of the quoted part.'),
    ],
)  # fmt: skip
def test_each_refusal_says_what_to_write(text, at, message, fix):
    error = refused(text)
    assert error.positions == (at,)
    assert describe_issue(error.issues[0]).message.split(" (position")[0] == message
    assert describe_issue(error.issues[0]).fix == fix


def test_length_and_nesting_are_refused_just_above_their_limits():
    assert parse_formula("won" + " " * (MAX_LENGTH - 3)).names == ("won",)
    assert refused("won" + " " * (MAX_LENGTH - 2)).positions == (MAX_LENGTH,)
    assert parse_formula("(" * 20 + "won" + ")" * 20).names == ("won",)
    assert describe_issue(only("(" * 21 + "won" + ")" * 21)).message.startswith(
        "The formula nests more than 20 levels deep"
    )
    assert parse_formula(" + ".join(["(((won)))"] * 50)).names == ("won",)  # brackets side by side nest no deeper


def test_carets_stand_under_every_place():
    assert mark_positions("a + b", [4, 0]) == "a + b\n^   ^"
    assert mark_positions("a", []) == "a\n"


@pytest.mark.parametrize(
    ("part", "at"),
    [
        ("5", 0), ("-won", 0), ("abs(won)", 0), ("(not won)", 1), ("won + 1", 4), ("(won > 1)", 5), ("(won and 1)", 5),
        ("(won in (1, 2))", 5), ("(won not in (1, 2))", 5),
    ],
)  # fmt: skip
def test_every_part_keeps_its_place_an_operator_that_of_its_sign(part, at):
    """Text compared with anything else is refused at the part on the right."""
    assert refused(f"'a' == {part}").positions == (7 + at,)
