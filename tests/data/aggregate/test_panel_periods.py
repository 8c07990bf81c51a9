"""Grains, weeks, active time, partial periods, already aggregated tables."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.panels import build, cells, issue, issues, refused, source
from workbench.data.aggregate.measure_totals import measure_totals
from workbench.data.model.panel import Panel
from workbench.data.model.periods import period_ends, period_number, period_starts, span_days, starts_from_numbers
from workbench.words.issues import describe_issue

GRAINS = ("day", "week", "month", "quarter")


def events(*days: str, rep: str = "Ann") -> dict[str, str]:
    return {"calls.csv": "rep,date\n" + "".join(f"{rep},{day}\n" for day in days)}


def partial(panel: Panel) -> list[str]:
    return [f"{period:%Y-%m-%d}" for period in panel.partial]


@pytest.mark.parametrize(
    ("grain", "week_start", "period"),
    [
        ("day", "monday", "2024-03-03"),
        ("week", "monday", "2024-02-26"),
        ("week", "sunday", "2024-03-03"),
        ("month", "monday", "2024-03-01"),
        ("quarter", "monday", "2024-01-01"),
    ],
)
def test_a_sunday_in_each_grain(tmp_path: Path, grain: str, week_start: str, period: str) -> None:
    panel = build(tmp_path, events("2024-03-03"), grain=grain, week_start=week_start)
    assert cells(panel, "n") == {("Ann", period): 1}


@given(day=st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), grain=st.sampled_from(GRAINS))
def test_periods_cover_time_without_gap_or_overlap(day: dt.date, grain: str) -> None:
    days = pd.Series(pd.to_datetime([day]))
    start, end = period_starts(days, grain)[0], period_ends(days, grain)[0]
    assert start <= days[0] <= end
    assert period_starts(pd.Series([end + pd.Timedelta(days=1)]), grain)[0] == end + pd.Timedelta(days=1)
    assert starts_from_numbers(period_number(days, grain) + 1, grain)[0] == end + pd.Timedelta(days=1)


@given(first=st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), length=st.integers(-5, 400))
def test_working_days_counted_one_by_one(first: dt.date, length: int) -> None:
    between = [first + dt.timedelta(days=n) for n in range(length + 1)]
    low, high = (pd.Series(pd.to_datetime([day])) for day in (first, first + dt.timedelta(days=length)))
    days, workdays = span_days(low, high)
    assert (days[0], workdays[0]) == (len(between), sum(day.weekday() < 5 for day in between))


def test_a_period_between_two_events_is_zero_and_no_others_exist(tmp_path: Path) -> None:
    panel = build(tmp_path, events("2024-01-31", "2024-03-01"))
    assert cells(panel, "n") == {("Ann", "2024-01-01"): 1, ("Ann", "2024-02-01"): 0, ("Ann", "2024-03-01"): 1}


DEALS = "rep,date,stage,closed\nAnn,2024-01-05,Lost,\nAnn,2024-03-05,Open,2024-08-01\nAnn,2024-02-05,Won,2024-05-20\n"
WON = {"name": "won", "where": "stage == 'Won'", "date": "closed"}


def test_a_rep_is_active_from_the_sources_own_date_even_when_everything_counts_by_another(tmp_path: Path) -> None:
    """The first deal was opened in January: four months of work before anything closed, not a rep who began in May."""
    panel = build(tmp_path, {"calls.csv": DEALS}, source(measures=[WON]))
    assert list(cells(panel, "won")) == [("Ann", f"2024-0{month}-01") for month in (1, 2, 3, 4, 5)]
    assert list(cells(panel, "won").values()) == pytest.approx([math.nan] * 4 + [1], nan_ok=True)


def test_a_second_date_makes_nobody_active_in_rows_that_do_not_count_there(tmp_path: Path) -> None:
    """The open deal expects to close in August: June to August have not happened, so they are not zero months."""
    panel = build(tmp_path, {"calls.csv": DEALS}, source(measures=[{"name": "opened"}, WON]))
    assert [period for _, period in cells(panel, "won")] == [f"2024-0{month}-01" for month in (1, 2, 3, 4, 5)]
    assert list(cells(panel, "opened").values()) == pytest.approx([1, 1, 1, math.nan, math.nan], nan_ok=True)


def test_days_run_from_the_first_to_the_last_event(tmp_path: Path) -> None:
    panel = build(tmp_path, events("2024-01-31", "2024-03-01"))
    assert list(cells(panel, "days").values()) == [1, 29, 1]
    assert list(cells(panel, "workdays").values()) == [1, 21, 1]
    assert list(cells(panel, "tenure").values()) == [0, 1, 2]


def test_counts_are_zero_but_means_are_missing_without_events(tmp_path: Path) -> None:
    text = "rep,date,v,who\nAnn,2024-01-31,4,x\nAnn,2024-01-30,8,x\nAnn,2024-03-01,6,y\n"
    aggregates = ("count", "sum", "mean", "min", "max", "distinct")
    measures = [
        {"name": name, "aggregate": name, "column": "who" if name == "distinct" else "v" if name != "count" else None}
        for name in aggregates
    ]
    frame = build(tmp_path, {"calls.csv": text}, source(measures=measures)).frame
    assert frame["sum"].tolist() == [12, 0, 6]
    assert frame["distinct"].tolist() == [1, 0, 1]
    assert frame["mean"].dropna().tolist() == [6, 6]
    assert frame[["mean", "min", "max"]].isna().all(axis=1).tolist() == [False, True, False]
    assert frame[["mean·sum", "mean·n"]].to_numpy().tolist() == [[12, 2], [0, 0], [6, 1]]


def test_the_mean_of_everything_weighs_by_events(tmp_path: Path) -> None:
    text = "rep,date,v\nAnn,2024-01-01,1\nAnn,2024-01-02,1\nAnn,2024-01-03,1\nBob,2024-01-03,5\n"
    panel = build(tmp_path, {"calls.csv": text}, source(measures=[{"name": "m", "aggregate": "mean", "column": "v"}]))
    assert measure_totals(panel) == {"m": 2}


def test_a_blank_amount_adds_nothing_to_events(tmp_path: Path) -> None:
    text = "rep,date,v\nAnn,2024-01-01,\nAnn,2024-01-02,\nAnn,2024-02-02,3\n"
    panel = build(tmp_path, {"calls.csv": text}, source(measures=[{"name": "s", "aggregate": "sum", "column": "v"}]))
    assert cells(panel, "s") == {("Ann", "2024-01-01"): 0, ("Ann", "2024-02-01"): 3}
    found = issue(panel, "no_amount")
    assert (found.n_rows, found.level) == (2, "warning")
    assert "2 of 3 rows counted here have no amount in “v”" in describe_issue(found).message


def test_a_few_blank_amounts_are_no_warning(tmp_path: Path) -> None:
    text = "rep,date,v\nAnn,2024-01-01,\nAnn,2024-01-02,4\nAnn,2024-02-02,3\n"
    panel = build(tmp_path, {"calls.csv": text}, source(measures=[{"name": "s", "aggregate": "sum", "column": "v"}]))
    assert issue(panel, "no_amount").level == "info"


def test_a_blank_stays_missing_in_a_table_of_one_row_per_rep_and_period(tmp_path: Path) -> None:
    text = "rep,date,v\nAnn,2024-01-01,\nAnn,2024-02-01,3\nAnn,2024-04-01,0\n"
    panel = build(tmp_path, {"calls.csv": text}, source(measures=[{"name": "s", "aggregate": "sum", "column": "v"}]))
    assert panel.frame["s"].isna().tolist() == [True, False, False, False]
    assert panel.frame["s"].tolist()[1:] == [3, 0, 0]


@pytest.mark.parametrize("days", [("2024-01-01", "2024-02-01"), ("2024-01-31", "2024-02-29")], ids=["first", "last"])
def test_a_monthly_table_covers_its_months_whole(tmp_path: Path, days: tuple[str, str]) -> None:
    panel = build(tmp_path, events(*days))
    assert list(cells(panel, "days").values()) == [31, 29]
    assert partial(panel) == []


def test_monthly_rows_in_quarters_cover_their_months(tmp_path: Path) -> None:
    panel = build(tmp_path, events("2024-01-01", "2024-02-01", "2024-04-01"), grain="quarter")
    assert list(cells(panel, "days").values()) == [91, 30]


def weekdays(first: str, last: str) -> list[str]:
    return [f"{day:%Y-%m-%d}" for day in pd.bdate_range(first, last)]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-01-02", "2024-03-29", []),  # New Year's Day and a weekend are no gap
        ("2024-01-15", "2024-03-29", ["2024-01-01"]),
        ("2024-01-02", "2024-03-12", ["2024-03-01"]),
        ("2024-01-15", "2024-03-12", ["2024-01-01", "2024-03-01"]),
    ],
)
def test_partial_first_and_last_periods(tmp_path: Path, first: str, last: str, expected: list[str]) -> None:
    assert partial(build(tmp_path, events(*weekdays(first, last)))) == expected


def test_days_that_a_file_is_said_to_cover_are_not_cut_off(tmp_path: Path) -> None:
    days, said = events(*weekdays("2024-01-15", "2024-03-12")), ["2024-01-01", "2024-03-31"]
    assert partial(build(tmp_path, days, source(covers=said))) == []
    assert partial(build(tmp_path, days, source(covers=["2024-01-01", "2024-03-14"]))) == ["2024-03-01"]
    other = {**days, "deals.csv": days["calls.csv"]}
    both = build(tmp_path, other, source(covers=said), source("deals", "deals.csv", measures=[{"name": "deals"}]))
    assert partial(both) == ["2024-01-01", "2024-03-01"]  # nobody has said so of the deals


def test_a_limit_does_not_make_a_month_partial_that_goes_on_in_the_file(tmp_path: Path) -> None:
    days = events(*[day for day in weekdays("2024-01-02", "2024-06-12") if int(day[-2:]) <= 20])
    assert partial(build(tmp_path, days, to="2024-05")) == []
    assert partial(build(tmp_path, days)) == ["2024-06-01"]
    assert partial(build(tmp_path, days, to="2024-06")) == ["2024-06-01"]  # nothing follows
    assert partial(build(tmp_path, events(*weekdays("2024-01-15", "2024-03-29")), **{"from": "2024-01"})) == [
        "2024-01-01"
    ]


def test_weeks_of_working_days_are_whole(tmp_path: Path) -> None:
    assert partial(build(tmp_path, events(*weekdays("2024-01-08", "2024-02-02")), grain="week")) == []
    assert partial(build(tmp_path, events(*weekdays("2024-01-10", "2024-02-02")), grain="week")) == ["2024-01-08"]


def test_plans_ahead_do_not_hide_where_the_events_stop(tmp_path: Path) -> None:
    files = events(*weekdays("2024-01-02", "2024-03-12")) | {"plan.csv": "rep,month,target\n" + "".join(
        f"Ann,2024-{month:02}-01,5\n" for month in range(1, 13))}  # fmt: skip
    plan = source(
        "plan", "plan.csv", date="month", measures=[{"name": "target", "aggregate": "sum", "column": "target"}]
    )
    panel = build(tmp_path, files, source(), plan)
    assert partial(build(tmp_path, files, source(), plan, to="2024-03")) == ["2024-03-01"]
    assert partial(panel) == ["2024-03-01"]
    assert describe_issue(issue(panel, "coverage")).message.startswith(
        "“n”, dated by “date”, covers January to March 2024, while the data set goes from January to December 2024."
    )
    assert math.isnan(cells(panel, "n")[("Ann", "2024-12-01")])
    assert cells(panel, "target")[("Ann", "2024-12-01")] == 5


def test_a_date_far_off_is_refused_with_advice_rather_than_filling_memory(tmp_path: Path) -> None:
    names = "".join(f"rep {n},1951-01-01\nrep {n},2099-12-31\n" for n in range(400))
    text = "rep,date\n" + names
    found = refused(tmp_path, {"calls.csv": text}, grain="day")
    assert [each.code for each in found] == ["too_many_periods"]


def test_a_moment_without_an_offset_counts_as_written(tmp_path: Path) -> None:
    days = ("2024-01-31 23:30:00", "2024-02-10 12:00:00")
    panel = build(tmp_path, events(*days), timezone="Europe/Berlin")
    assert cells(panel, "n") == {("Ann", "2024-01-01"): 1, ("Ann", "2024-02-01"): 1}


def test_no_partial_periods_by_day(tmp_path: Path) -> None:
    panel = build(tmp_path, events("2024-01-31", "2024-02-03"), grain="day")
    assert (partial(panel), len(panel.frame), issues(panel, "coverage")) == ([], 4, [])


def test_a_slip_in_the_year_stretches_nobodys_time(tmp_path: Path) -> None:
    days = weekdays("2024-01-02", "2024-06-28")
    files = events(*days, "2042-03-01") | {"team.csv": "rep,left\nAnn,\nBob,\n"}
    files["calls.csv"] += "".join(f"Bob,{day}\n" for day in days)
    roster = {"location": "team.csv", "rep": "rep", "end": "left"}
    panel = build(tmp_path, files, roster=roster)
    found = issue(panel, "far_dates")
    assert (found.level, found.n_rows) == ("warning", 1)
    assert "“1 March 2042”" in describe_issue(found).message
    assert panel.reps["n_periods"].tolist() == [7, 6]
    assert cells(panel, "n")[("Ann", "2042-03-01")] == 1
    assert partial(panel) == []


def test_old_events_in_a_small_file_are_no_slip(tmp_path: Path) -> None:
    panel = build(tmp_path, events("2022-01-05", "2024-01-05"))
    assert len(panel.frame) == 25
    assert not issues(panel, "far_dates")
