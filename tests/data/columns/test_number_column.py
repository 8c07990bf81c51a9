"""Numbers as people write them; the truth is what a person reads."""

from __future__ import annotations

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.data.reading import codes, column, read
from tests.effort import examples
from workbench.data.columns.read_column import clean_text, parse_numbers
from workbench.data.engine.embedded import Engine


@pytest.fixture(scope="module")
def engine():
    with Engine() as engine:
        yield engine


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["22700", "-3", "+4", "0.5"], [22700, -3, 4, 0.5]),
        (["$22,700.00", "$0.99"], [22700, 0.99]),
        (["€ 3.500,00", "€ 0,99"], [3500, 0.99]),
        (["3.500,00 €", "12 €"], [3500, 12]),
        (["$342.09K", "$1.2M", "2 bn"], [342_090, 1_200_000, 2_000_000_000]),
        (["(1,200.50)", "($3)", "-$5", "$-5", "5-", "−7"], [-1200.5, -3, -5, -5, -5, -7]),
        (["1 234,50", "1\u00a0234\u202f567,25"], [1234.5, 1_234_567.25]),
        (["CHF 1'234.50", "12 kr", "Rs. 5", "USD7"], [1234.5, 12, 5, 7]),
        (["12%", "0.5 %", "-3%"], [0.12, 0.005, -0.03]),
        (["12,34,567.8", "1,23,456"], [1_234_567.8, 123_456]),
        (["1.5E+08", "2e3"], [150_000_000, 2000]),
        (["007", "1,234", "12"], [7, 1234, 12]),
        (["1.234.567", "12"], [1_234_567, 12]),
        ([" 5 ", "\u00a06"], [5, 6]),
    ],
)
def test_what_a_person_reads(engine, written, meant):
    rows = column(engine, written)
    reading = parse_numbers(rows, "v")
    assert read(engine, rows, reading.expr) == pytest.approx(meant)
    assert not [issue for issue in reading.issues if issue.level == "warning"]


@pytest.mark.parametrize(
    "wrong", ["abc", "REP 07", "1.2.3", "12/05", "10:30", "1-2", "x12", "12x", "nan", "inf", "1_000", "0x10", "--5"]
)
def test_what_is_no_number_is_counted_and_never_guessed(engine, wrong):
    rows = column(engine, ["1", "2.5", wrong, wrong])
    reading = parse_numbers(rows, "v")
    assert read(engine, rows, reading.expr) == [1, 2.5, None, None]
    assert [n for code, n in codes(reading.issues).items() if code in ("unreadable", "missing_words")] == [2]


def test_words_for_missing_and_spreadsheet_errors_are_counted_apart(engine):
    rows = column(engine, ["1", "", "-", "n/a", "NULL", "#REF!", "#DIV/0!", "hello", "  "])
    reading = parse_numbers(rows, "v")
    assert read(engine, rows, reading.expr) == [1] + [None] * 8
    assert codes(reading.issues) == {"spreadsheet_errors": 2, "missing_words": 3, "unreadable": 1}


@pytest.mark.parametrize(
    ("written", "meant", "issues"),
    [
        (["1,5", "2,25", "1,234"], [1.5, 2.25, 1.234], {"decimal_comma": 2}),
        (["1.5", "2.25", "1,234"], [1.5, 2.25, 1234], {}),
        (["1,234", "5,678"], [1234, 5678], {"decimal_unclear": 2}),
        (["1.234", "5.678"], [1.234, 5.678], {"decimal_unclear": 2}),
        (["1.234 €", "5.678 €"], [1234, 5678], {"decimal_unclear": 2}),
        (["0.123", "1.234"], [0.123, 1.234], {}),
        (["0,123", "1,234"], [0.123, 1.234], {"decimal_comma": 1}),
        (["1,5", "2,5", "3.5"], [1.5, 2.5, None], {"mixed_decimals": 1, "unreadable": 1}),
    ],
)
def test_the_decimal_sign_is_decided_from_the_whole_column(engine, written, meant, issues):
    rows = column(engine, written)
    reading = parse_numbers(rows, "v")
    assert read(engine, rows, reading.expr) == pytest.approx(meant)
    assert codes(reading.issues) == issues


def test_a_given_decimal_sign_is_kept(engine):
    rows = column(engine, ["1.234", "5.678", "1,5"])
    reading = parse_numbers(rows, "v", decimal=",")
    assert read(engine, rows, reading.expr) == [1234, 5678, 1.5]
    assert reading.issues == ()


def test_two_digits_after_a_comma_are_never_thousands(engine):
    rows = column(engine, ["1.50", "2.50", "12,34"])
    assert read(engine, rows, parse_numbers(rows, "v").expr) == [1.5, 2.5, None]


def test_typed_columns_need_no_reading(engine):
    rows = ibis.memtable({"f": [1.5, float("nan"), float("inf")], "i": [1, 2, 3], "b": [True, False, None]})
    for name, meant in {"f": [1.5, None, None], "i": [1, 2, 3], "b": [1, 0, None]}.items():
        assert read(engine, rows, parse_numbers(rows, name).expr) == meant


def test_numbers_as_text_have_no_needless_point(engine):
    rows = ibis.memtable({"f": [290.0, 1.5, None]})
    assert read(engine, rows, clean_text(rows, "f").expr) == ["290", "1.5", None]


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cents=st.lists(st.integers(-(10**9), 10**9), min_size=3, max_size=8),
    thousands=st.sampled_from([",", ".", " ", "'", ""]),
    decimal=st.sampled_from([".", ","]),
    money=st.sampled_from(["{}", "${}", "{} €", "EUR {}"]),
    negative=st.sampled_from(["-{}", "({})", "{}-"]),
)
def test_any_usual_style_reads_back(engine, cents, thousands, decimal, money, negative):
    if thousands == decimal:
        thousands = ""
    written = []
    for value in cents:
        whole = f"{abs(value) // 100:,}".replace(",", thousands) + f"{decimal}{abs(value) % 100:02}"
        written.append((negative if value < 0 else "{}").format(money.format(whole)))
    rows = column(engine, written)
    assert read(engine, rows, parse_numbers(rows, "v").expr) == pytest.approx([value / 100 for value in cents])
