"""Dates as people write them; the oracle is Python's own calendar."""

from __future__ import annotations

import datetime as dt

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.data.reading import codes, column, opened, read
from tests.effort import examples
from workbench.data.columns.read_column import parse_dates
from workbench.data.engine.embedded import ROW, Engine
from workbench.errors import InputError
from workbench.words.issues import describe_issue

MARCH = dt.datetime(2024, 3, 2)
AFTERNOON = dt.datetime(2024, 3, 2, 14, 5)


@pytest.fixture(scope="module")
def engine():
    with Engine() as engine:
        yield engine


def moments(engine, written, **options):
    rows = column(engine, written)
    reading = parse_dates(rows, "v", **options)
    return read(engine, rows, reading.expr), codes(reading.issues)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-03-02", MARCH),
        ("2024/3/2", MARCH),
        ("20240302", MARCH),
        ("2 March 2024", MARCH),
        ("2nd Mar, 2024", MARCH),
        ("March 2, 2024", MARCH),
        ("Saturday, March 2, 2024", MARCH),
        ("02-MAR-24", MARCH),
        ("02Mar2024", MARCH),
        ("2. März 2024", MARCH),
        ("2 mars 2024", MARCH),
        ("2 марта 2024", MARCH),
        ("2024-03-02 14:05", AFTERNOON),
        ("2024-03-02T14:05:00", AFTERNOON),
        ("2024-03-02T14:05:00.000000000", AFTERNOON),
        ("2024-03-02 14:05:00,000", AFTERNOON),
        ("2024/03/02 2:05 PM", AFTERNOON),
        ("Mar 2, 2024 2:05:00 p.m.", AFTERNOON),
        ("Sat, 02 Mar 2024 14:05:00 GMT", AFTERNOON),
        ("2024-03-02T14:05:00+02:00", AFTERNOON),
        ("2024-03", dt.datetime(2024, 3, 1)),
        ("03/2024", dt.datetime(2024, 3, 1)),
        ("202403", dt.datetime(2024, 3, 1)),
        ("Mar 2024", dt.datetime(2024, 3, 1)),
        ("Mar-24", dt.datetime(2024, 3, 1)),
        ("Sept 2024", dt.datetime(2024, 9, 1)),
        ("45353", MARCH),
        ("45353.5", MARCH + dt.timedelta(hours=12)),
        ("2024\u00a003\u00a002", MARCH),
    ],
)
def test_what_a_person_reads(engine, written, meant):
    values, issues = moments(engine, [written, "", written])
    assert values == [meant, None, meant]
    assert "unreadable" not in issues


@pytest.mark.parametrize(
    ("written", "months", "issues"),
    [
        (["01/02/2024", "13/02/2024", "05/06/2024"], [2, 2, 6], {"date_order": 1}),
        (["01/02/2024", "02/13/2024", "05/06/2024"], [1, 2, 5], {"date_order": 1}),
        (["1.2.24", "28.2.24"], [2, 2], {"date_order": 1}),
        (["24-01-30", "23-12-31"], [1, 12], {"date_order_unclear": 2}),
        (["01-02-2024 10:00", "20-02-2024"], [2, 2], {"date_order": 1}),
        (["01/02/2024", "03/04/2024"], [1, 3], {"date_order_unclear": 2}),
        (["01.02.2024", "03.04.2024"], [2, 4], {"date_order_unclear": 2}),
        (["01/01/2024", "01/02/2024", "01/03/2024"], [1, 2, 3], {"date_order_unclear": 3}),
        (
            ["12/30/2024", "12/31/2024", "31/12/2024"],
            [12, 12, None],
            {"date_order": 2, "mixed_date_order": 1, "unreadable": 1},
        ),
    ],
)
def test_the_order_of_day_and_month_is_decided_from_the_whole_column(engine, written, months, issues):
    values, found = moments(engine, written)
    assert [value.month if value else None for value in values] == months
    assert found == issues


def test_rows_in_order_of_time_speak_for_an_order(engine):
    rows = column(engine, ["05/01/2024", "06/01/2024", "07/01/2024", "01/02/2024", "02/02/2024"])
    rows = rows.mutate(**{ROW: ibis.row_number().cast("int64") + 1})
    reading = parse_dates(rows, "v")
    assert [value.month for value in read(engine, rows, reading.expr)] == [1, 1, 1, 2, 2]
    assert [(issue.level, "DD/MM/YYYY" in describe_issue(issue).fix) for issue in reading.issues] == [("warning", True)]


@pytest.mark.parametrize("form", ["%d/%m/%Y", "DD/MM/YYYY", "dd/mm/yyyy"])
def test_a_given_format_settles_it(engine, form):
    values, issues = moments(engine, ["01/02/2024", "03/04/2024"], date_format=form)
    assert [value.month for value in values] == [2, 4]
    assert issues == {}


def test_a_given_format_with_a_time(engine):
    values, issues = moments(engine, ["01.02.2024 14:05"], date_format="DD.MM.YYYY HH:mm")
    assert (values, issues) == ([dt.datetime(2024, 2, 1, 14, 5)], {})


@pytest.mark.parametrize("form", ["%Q", "DD.MM.%", "%d.%m.%e"])
def test_what_is_no_format_reads_nothing(engine, form):
    values, issues = moments(engine, ["01.02.2024"], date_format=form)
    assert (values, issues) == ([None], {"unreadable": 1})


def test_what_is_no_date_is_counted_and_never_guessed(engine):
    values, issues = moments(engine, ["2024-03-02", "2024-02-30", "soon", "n/a", "#REF!", "3", "24:00"])
    assert values == [MARCH] + [None] * 6
    assert issues == {"unreadable": 4, "missing_words": 1, "spreadsheet_errors": 1}


def test_times_with_an_offset_are_moved_to_the_zone_that_is_asked_for(engine):
    written = ["2024-07-01T23:30:00Z", "2024-01-01T23:30:00+05:30", "2024-01-02 03:04", "2024-01-01T20:00:00-0800"]
    values, issues = moments(engine, written, timezone="Europe/Berlin")
    assert values == [
        dt.datetime(2024, 7, 2, 1, 30),
        dt.datetime(2024, 1, 1, 19, 0),
        dt.datetime(2024, 1, 2, 3, 4),
        dt.datetime(2024, 1, 2, 5, 0),
    ]
    assert issues == {"offsets": 3}


def test_without_a_zone_the_clock_as_written_counts(engine):
    values, issues = moments(engine, ["2024-07-01T23:30:00Z", "2024-07-01T23:30:00+05:30"])
    assert values == [dt.datetime(2024, 7, 1, 23, 30)] * 2
    assert issues == {"offsets": 2}


def test_an_unknown_zone_is_refused_with_the_nearest(engine):
    with pytest.raises(InputError, match=r"timezone at .*near='Europe/Berlin'"):
        moments(engine, ["2024-07-01"], timezone="Europe/Berlim")


def test_typed_columns_need_no_reading(engine):
    rows = ibis.memtable({"d": [dt.date(2024, 3, 2)], "t": [AFTERNOON]})
    assert read(engine, rows, parse_dates(rows, "d").expr) == [MARCH]
    assert read(engine, rows, parse_dates(rows, "t").expr) == [AFTERNOON]


def test_day_first_files_with_few_clear_dates(engine, tmp_path):
    lines = [f"{day:02}/{month:02}/2024" for month in range(1, 13) for day in range(1, 13)] + [
        "13/01/2024",
        "25/12/2024",
    ]
    table = opened(engine, tmp_path / "f.csv", "when,n\n" + "".join(f"{line},1\n" for line in lines))
    reading = parse_dates(table.rows, "when")
    expected = [dt.datetime.strptime(line, "%d/%m/%Y") for line in lines]
    assert read(engine, table.rows.order_by(ROW), parse_dates(table.rows.order_by(ROW), "when").expr) == expected
    assert codes(reading.issues) == {"date_order": 2}


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2060, 1, 1)), min_size=1, max_size=6),
    form=st.sampled_from(
        [
            "%Y-%m-%d",
            "%d/%m/%Y",
            "%m/%d/%Y",
            "%d.%m.%y",
            "%d %b %Y",
            "%B %d, %Y",
            "%Y-%m-%dT%H:%M:%SZ",
            "%d-%b-%y %I:%M %p",
        ]
    ),
)
def test_any_usual_style_reads_back(engine, days, form):
    proof = dt.datetime(2024, 12, 25, 15, 0)  # a date that is clear in every style
    days = [day for day in days if form.find("%y") < 0 or 1970 <= day.year <= 2060] + [proof]
    written = [day.strftime(form) for day in days]
    values, _ = moments(engine, written)
    assert values == [dt.datetime.strptime(each, form) for each in written]
