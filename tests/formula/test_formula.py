"""The formula language: what it means, what it refuses, and that the engine and pandas agree on every formula."""

import math

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.effort import examples
from workbench.errors import Where
from workbench.formula.evaluation import expanded_size
from workbench.formula.formula import (
    FormulaError,
    evaluate,
    has_ratio,
    is_condition,
    mark_positions,
    parse_formula,
    quote_name,
    to_ibis,
)
from workbench.words.issues import describe_issue

NAN = math.nan
FRAME = pd.DataFrame(
    {
        "dials": [1.0, 2.0, NAN, 0.0, -3.5],
        "won": [3.0, 0.0, 1.0, 2.0, 4.0],
        "won value": [10.0, NAN, 30.0, 0.0, 5.0],
        "stage": ["Won", None, "Lost", "won", ""],
        "written": ["1", "2.5", "x", None, "-3"],
    }
)
TABLE = ibis.memtable(pa.Table.from_pandas(FRAME))


def in_memory(text):
    return evaluate(parse_formula(text), FRAME).to_numpy()


def in_engine(*texts):
    columns = {f"c{at}": to_ibis(parse_formula(text), TABLE).cast("float64") for at, text in enumerate(texts)}
    answer = TABLE.select(**columns).to_pyarrow()
    return [answer[name].to_numpy(zero_copy_only=False).astype(float) for name in columns]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("won / dials", [3, 0, NAN, NAN, 4 / -3.5]),
        ("won - 2 - 1", [0, -3, -2, -1, 1]),
        ("won + 2 * 3", [9, 6, 7, 8, 10]),
        ("(won + 2) * 3", [15, 6, 9, 12, 18]),
        ("-won * 2", [-6, 0, -2, -4, -8]),
        ("12 / 2 / 3", [2, 2, 2, 2, 2]),
        ("`won value` + 1", [11, NAN, 31, 1, 6]),
        ("dials >= 1", [1, 1, NAN, 0, 0]),
        ("dials > 0 and won > 0", [1, 0, NAN, 0, 0]),
        ("dials > 0 and won > 100", [0, 0, 0, 0, 0]),
        ("dials > 0 or won > 0", [1, 1, 1, 1, 1]),
        ("dials > 0 or won > 100", [1, 1, NAN, 0, 0]),
        ("not dials > 0 and won == 2", [0, 0, 0, 1, 0]),
        ("won > 0 or won > 5 and won > 9", [1, 0, 1, 1, 1]),
        ("if(dials > 0, won, 0 - 1)", [3, 0, NAN, -1, -1]),
        ("if(won, 1, 2)", [1, 2, 1, 1, 1]),
        ("min(dials, won, 2)", [1, 0, NAN, 0, -3.5]),
        ("max(dials, won)", [3, 2, NAN, 2, 4]),
        ("abs(dials)", [1, 2, NAN, 0, 3.5]),
        ("log1p(dials)", [math.log(2), math.log(3), NAN, 0, NAN]),
        ("coalesce(dials, `won value`)", [1, 2, 30, 0, -3.5]),
        ("stage == 'Won'", [1, NAN, 0, 0, 0]),
        ("stage in ('Won', 'Lost')", [1, NAN, 1, 0, 0]),
        ("stage not in ('Won', 'Lost')", [0, NAN, 0, 1, 1]),
        ("dials in (1, -3.5)", [1, 0, NAN, 0, 1]),
        ("coalesce(stage, 'none') == 'none'", [0, 1, 0, 0, 0]),
        ("stage != written", [1, NAN, 1, NAN, 1]),
        ("stage < 'b'", [1, NAN, 1, 0, 1]),
        ("written * 2", [2, 5, NAN, NAN, -6]),
        ("won < `won value`", [1, NAN, 1, 0, 1]),  # as numbers: 3 is less than 10
        ("written >= 2", [0, 1, NAN, NAN, 0]),  # a number beside it says that the text is read as numbers
        ("(won > 1) + (won > 2)", [2, 0, 0, 1, 2]),
        ("1e308 * 10 + won", [NAN] * 5),
        ("won AND dials", [1, 0, NAN, 0, 1]),
        ("if(won > 1, 'big', 'small') == 'big'", [1, 0, 0, 1, 1]),
        ("if(won > 1, stage, 'none') == 'none'", [0, 1, 1, 0, 0]),
    ],
)
def test_meaning_in_memory_and_in_the_engine(text, expected):
    np.testing.assert_allclose(in_memory(text), expected, rtol=1e-12)
    np.testing.assert_allclose(in_engine(text)[0], expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "position", "says", "fix"),
    [
        ("", 0, "empty", "measure"),
        ("dials = 2", 6, "“=”", "=="),
        ("won / clsed", 6, "clsed", "closed"),
        ("won value", 4, "“value”", "`won value`"),
        ("sum(won)", 0, "no function “sum”", "min, max"),
        ("maxx(won, 1)", 0, "no function", "max"),
        ("min(won)", 0, "does not take 1", "min(a, b"),
        ("(won", 4, "“)” is missing", "Close"),
        ("won)", 3, "not expected", "Remove"),
        ("won + 'a'", 6, "Text cannot", "=="),
        ("0 < won < 2", 8, "chained", "and"),
        ("stage in (won)", 10, "Only texts and numbers", "quotes"),
        ("stage == 'Won", 9, "not closed", "'"),
        ("won <> 2", 4, "“<>”", "!="),
        ("won && dials", 4, "“&&”", "and"),
        ("won * ", 5, "ends too early", "Finish"),
        ("won dials", 4, "not expected", "operator"),
        ("1e999", 0, "too large", "smaller"),
        ("if(won, 'a', 1) == 'a'", 13, "cannot be compared", "Quote"),
        ("'won'", 0, "text, not a number", "=="),
        ("won.__class__", 3, "“.”", "Remove"),
        ("stage == ‘Won’", 9, "“‘”", "straight"),
    ],
)
def test_refusals_point_at_the_place_and_say_what_to_do(text, position, says, fix):
    with pytest.raises(FormulaError) as caught:
        parse_formula(text, ["won", "dials", "closed", "won value", "stage"], where=Where(kpi="Win rate"))
    (issue,) = caught.value.issues
    assert (issue.code, issue.level, issue.where) == ("formula", "error", Where(kpi="Win rate"))
    assert caught.value.positions == (position,)
    said = describe_issue(issue)
    assert dict(issue.parts)["position"] == position + 1
    assert f"position {position + 1}" in said.message
    assert says in said.message
    assert fix in said.fix


def test_every_unknown_name_is_named_at_once_with_its_first_place():
    with pytest.raises(FormulaError) as caught:
        parse_formula("clsed / wn + clsed", ["closed", "won"])
    assert caught.value.positions == (0, 8)
    parts = [dict(issue.parts) for issue in caught.value.issues]
    assert [(each["problem"], each["near"]) for each in parts] == [("unknown_name", "closed"), ("unknown_name", "won")]
    assert mark_positions("clsed / wn", caught.value.positions).splitlines()[1] == "^       ^"


def test_a_condition_can_be_asked_for():
    for text in ("stage == 'Won'", "if(won, won > 1, dials > 1)", "coalesce(won > 1, dials > 1)", "not won"):
        assert is_condition(parse_formula(text, condition=True))
    for text in ("won", "if(won > 1, 1, won > 2)", "coalesce(won, dials > 1)", "-won"):
        assert not is_condition(parse_formula(text))
    with pytest.raises(FormulaError, match="problem='no_condition'"):
        parse_formula("won + 1", condition=True)


@pytest.mark.parametrize("opening", ["(", "-", "not ", "min(1, ", "if(1, 2, ", "1 + (", "1 in (", "`a` + log1p("])
def test_endless_nesting_is_refused_and_never_crashes(opening):
    with pytest.raises(FormulaError):
        parse_formula(opening * 50_000 + "1")
    with pytest.raises(FormulaError):
        parse_formula(opening * 500 + "1")


def test_a_sum_of_a_hundred_terms_works_and_a_longer_one_is_refused():
    text = " + ".join(["won"] * 100)
    np.testing.assert_array_equal(in_memory(text), FRAME["won"] * 100)
    np.testing.assert_array_equal(in_engine(text)[0], FRAME["won"] * 100)
    with pytest.raises(FormulaError, match=r"most=100, .*too_many_terms"):
        parse_formula(text + " + won")


def test_a_formula_that_would_explode_in_the_engine_is_refused_there_and_still_works_in_memory():
    text = "min(" * 15 + "won" + ", dials)" * 15
    np.testing.assert_array_equal(in_memory(text), [1, 0, NAN, 0, -3.5])
    with pytest.raises(FormulaError, match="nested_for_engine"):
        to_ibis(parse_formula(text), TABLE)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("won", 1),
        ("won + dials", 3),
        ("won / dials", 4),  # NULLIF writes the divisor twice
        ("won / (dials + 1)", 8),
        ("if(won, dials, 2)", 5),  # CASE looks at the condition once for each outcome
        ("if(won > 1, dials, 2)", 9),
        ("won in (1, 2)", 1),  # a column is looked up, whatever the list
        ("won + 1 in (1, 2)", 9),  # anything else is written once and again for each choice
        ("min(won, dials)", 6),  # NULLIF around LEAST
        ("log1p(won)", 4),
        ("abs(won)", 2),
        ("coalesce(won, dials)", 3),
    ],
)
def test_parts_that_the_engine_plans(text, parts):
    assert expanded_size(parse_formula(text).tree) == parts


def test_the_engine_takes_as_many_parts_as_allowed_and_not_one_more(monkeypatch):
    monkeypatch.setattr("workbench.formula.formula.MAX_EXPANDED", 4)
    to_ibis(parse_formula("won / dials"), TABLE)
    with pytest.raises(FormulaError, match="nested_for_engine") as caught:
        to_ibis(parse_formula("-(won / dials)"), TABLE)
    assert (caught.value.positions, describe_issue(caught.value.issues[0]).fix) == ((0,), "Write it flatter.")


def test_a_formula_keeps_the_index_of_its_frame_and_its_own_text():
    found = evaluate(parse_formula("won + 1"), FRAME.set_axis([5, 4, 3, 2, 1]))
    assert (list(found.index), found.name, str(found.dtype)) == ([5, 4, 3, 2, 1], "won + 1", "float64")


def test_names_come_in_order_once_each_and_missing_columns_are_an_input_fault():
    formula = parse_formula("won / dials + won + `won value`")
    assert formula.names == ("won", "dials", "won value")
    with pytest.raises(FormulaError, match="won value"):
        evaluate(formula, FRAME[["won", "dials"]])
    with pytest.raises(FormulaError, match="won value"):
        to_ibis(formula, TABLE.select("won", "dials"))


def test_equal_means_the_same_tree_whatever_the_spaces_and_brackets():
    assert parse_formula("won/dials") == parse_formula(" ( won ) / dials ")
    assert hash(parse_formula("won/dials")) == hash(parse_formula("(won / dials)"))
    assert parse_formula("won/dials") != parse_formula("dials/won")


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("won / dials", True),
        ("won / 2", False),
        ("won / (2 * 3)", False),
        ("1 + max(won / (dials + 1), 2)", True),
        ("won * dials", False),
        ("if(won / dials > 1, 1, 0)", True),
    ],
)
def test_a_ratio_is_a_division_by_anything_but_a_fixed_number(text, ratio):
    assert has_ratio(parse_formula(text)) is ratio


@pytest.mark.parametrize("name", ["won", "won value", "in", "a`b", "5th", "prix/unité", "名前", "if", "m·sum", "A·"])
def test_a_quoted_name_reads_back_as_that_name(name):
    assert parse_formula(f"{quote_name(name)} + 1").names == (name,)


def test_typed_columns_are_used_for_numbers_and_dates_compare_as_days():
    rows = pa.table(
        {"amount": ["$1,000", "$20", None], "at": pd.to_datetime(["2024-01-31 17:00", "2024-02-01 00:00", None])}
    )
    table = ibis.memtable(rows)
    typed = {"amount": table.amount.replace("$", "").replace(",", "").cast("float64")}
    answer = table.select(
        big=to_ibis(parse_formula("amount > 100"), table, typed),
        text=to_ibis(parse_formula("amount == '$20'"), table, typed),
        early=to_ibis(parse_formula("at <= '2024-01-31'"), table),
    )
    assert answer.to_pyarrow().to_pydict() == {
        "big": [True, False, None],
        "text": [False, True, None],
        "early": [True, False, None],
    }


def test_hostile_texts_stay_data_in_the_engine():
    evil = "'; DROP TABLE users; --"
    table = ibis.memtable(pa.table({"stage": [evil, "Won"], 'a"b`; --': [1.0, 2.0]}))
    same = to_ibis(parse_formula("stage == '" + evil.replace("'", "''") + "'"), table)
    named = to_ibis(parse_formula(quote_name('a"b`; --') + " * 2"), table)
    assert table.select(same=same, named=named).to_pyarrow().to_pydict() == {"same": [True, False], "named": [2.0, 4.0]}


NUMBERS = st.sampled_from(["0", "1", "2.5", ".5", "3e2", "won", "dials", "`won value`", "written"])
TEXTS = st.sampled_from(["'Won'", "'won'", "''", "stage", "'it''s'"])


def faults_of(text, names):
    """Where the text is refused; nothing when it is a formula. Any other exception is a bug."""
    try:
        parse_formula(text, names)
    except FormulaError as error:
        return error.positions
    return ()


def combine(inner):
    number = inner
    truth = st.one_of(
        st.tuples(number, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), number).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        st.tuples(st.just("stage"), st.sampled_from(["==", "!=", "<", ">="]), TEXTS).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        number.map(lambda a: f"({a} in (1, 2.5, -3.5))"),
        st.sampled_from(["stage in ('Won', '')", "stage not in ('won')", "(written == '1')"]),
    )
    return st.one_of(
        st.tuples(number, st.sampled_from("+-*/"), number).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(st.sampled_from(["min", "max", "coalesce"]), number, number).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
        st.tuples(truth, number, number).map(lambda t: f"if({t[0]}, {t[1]}, {t[2]})"),
        number.map(lambda a: f"abs({a})"),
        number.map(lambda a: f"log1p({a})"),
        number.map(lambda a: f"-{a}"),
        st.tuples(truth, st.sampled_from(["and", "or"]), truth).map(lambda t: f"({t[0]} {t[1]} not {t[2]})"),
    )


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.recursive(NUMBERS, combine, max_leaves=6), min_size=1, max_size=12))
def test_engine_and_memory_agree_on_every_formula(texts):
    for text, answer in zip(texts, in_engine(*texts), strict=True):
        np.testing.assert_allclose(answer, in_memory(text), rtol=1e-9, atol=1e-9, err_msg=text)


@settings(max_examples=examples(60))
@given(
    st.recursive(
        st.sampled_from(["1", "2", "7.5", "won"]),
        lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*", " < ", " and ", " or "]), inner).map(
            lambda t: f"{t[0]} {t[1]} {t[2]}"
        ),
        max_leaves=8,
    )
)
def test_precedence_is_the_one_python_has(text):
    """Oracle: Python's own grammar. Chained comparisons are left out, as the language refuses them."""
    assume(not faults_of(text, None))
    formula = parse_formula(text)
    expected = [
        float(bool(answer)) if is_condition(formula) else float(answer)
        for answer in (eval(text, {"won": won}) for won in FRAME["won"])
    ]
    np.testing.assert_allclose(evaluate(formula, FRAME), expected)


@settings(max_examples=examples(300))
@given(st.text(alphabet=st.sampled_from(list("aw 1.5(),+-*/<>=!'\"`&|in not\n½é")), max_size=40))
def test_any_text_either_parses_or_is_refused_with_a_place(text):
    faults = faults_of(text, ["a", "w"])
    assert all(0 <= position <= len(text) for position in faults)
